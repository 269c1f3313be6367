"""Does a norm bind an actor on a day? Kind of actor, exceptions, conditions and dates, each with its citation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import say
from hyte_graph.model import Actor, Norm, NormException
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import iri

State = Literal["applies", "not-applicable", "not-in-force"]

_ENDING = ("Disapplication", "Substitution", "OwnDutySection")


@dataclass(frozen=True, slots=True)
class Applicability:
    """Whether a norm binds an actor on a day, and why; `norm` carries the actor's own dates."""

    state: State
    norm: Norm
    reasons: tuple[Text, ...]


def applicability(norm: Norm, actor: Actor, on: date, knowledge: Knowledge) -> Applicability:
    """Return whether a norm binds an actor on a day."""
    taken_out = _exemption(norm, actor)
    if taken_out:
        return Applicability("not-applicable", norm, (_cited(taken_out),))
    kinds = [kind for kind in norm.binds if binds(kind, actor, knowledge)]
    if not kinds:
        bearers = Text(*(_listed(norm, knowledge, language) for language in LANGUAGES))
        return Applicability("not-applicable", norm, (say("reason-binds-others", bearers=bearers),))
    unmet = [item for item in norm.conditions if item.kinds and not actor.kinds & set(item.kinds)]
    if unmet:
        return Applicability("not-applicable", norm, (say("reason-condition", text=unmet[0].text),))
    return _on_the_day(norm, actor, on, kinds[0], knowledge)


def binds(kind: str, actor: Actor, knowledge: Knowledge) -> bool:
    """Return whether a norm for a kind of actor binds this actor, itself or through its organ."""
    if kind in actor.kinds or kind == actor.slug:
        return True
    of = knowledge.outline.organs.get(iri("actor-kind", kind))
    return of is not None and of.rsplit("/", 1)[-1] in actor.kinds


def is_describable(norm: Norm, knowledge: Knowledge) -> bool:
    """Return whether the norm binds some actor that can be described: a county, a municipality, Helsinki or HUS."""
    return any(binds(kind, actor, knowledge) for kind in norm.binds for actor in knowledge.actors.values())


def _exemption(norm: Norm, actor: Actor) -> NormException | None:
    return next((item for item in norm.exceptions if item.kind in _ENDING and item.exempts in actor.kinds), None)


def _cited(exception: NormException) -> Text:
    """Return the text of an exception with its citation, where the text does not hold it already."""
    if all(text.en in exception.text.en for text in exception.warrants):
        return say("reason-exception-bare", text=exception.text)
    warrants = Text(*("; ".join(text.within(language) for text in exception.warrants) for language in LANGUAGES))
    return say("reason-exception", text=exception.text, warrants=warrants)


def _listed(norm: Norm, knowledge: Knowledge, language: str) -> str:
    return ", ".join(_bearer(kind, knowledge).within(language) for kind in norm.binds)


def _bearer(kind: str, knowledge: Knowledge) -> Text:
    """Return the label of a kind of actor, or of the one actor to which local guidance speaks."""
    return knowledge.actors[kind].label if kind in knowledge.actors else knowledge.code("actor-kind", kind)


def _on_the_day(norm: Norm, actor: Actor, on: date, kind: str, knowledge: Knowledge) -> Applicability:
    norm = own_dates(norm, actor)
    if norm.applies_from and on < norm.applies_from:
        return Applicability("not-in-force", norm, (say("reason-not-in-force-yet", day=norm.applies_from),))
    if norm.applies_until and on > norm.applies_until:
        return Applicability("not-in-force", norm, (say("reason-not-in-force-any-more", day=norm.applies_until),))
    reasons = [_bound(norm, kind, knowledge)]
    reasons += [_cited(item) for item in norm.exceptions if item.kind not in _ENDING and item.exempts in actor.kinds]
    reasons += [say("reason-condition-open", text=item.text) for item in norm.conditions if not item.kinds]
    return Applicability("applies", norm, tuple(reasons))


def _bound(norm: Norm, kind: str, knowledge: Knowledge) -> Text:
    if norm.applies_from is None:
        return say("reason-speaks", kind=_bearer(kind, knowledge))
    return say("reason-applies", kind=_bearer(kind, knowledge), day=norm.applies_from)


def own_dates(norm: Norm, actor: Actor) -> Norm:
    """Return the norm with the dates that hold for this actor (earlier application, first due day)."""
    for item in norm.exceptions:
        if item.exempts is None or item.exempts in actor.kinds:
            norm = replace(
                norm,
                applies_from=item.applies_from or norm.applies_from,
                first_due_by=item.first_due_by or norm.first_due_by,
            )
    return norm
