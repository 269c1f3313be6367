"""Stored results: the JSON report read back as assessments.

What was said then is said again: names, citations, outcomes and sentences come from the file. The graph only lends
what the file does not hold, such as the definition of a norm and the name of a council term.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hyte_graph.compliance.applicability import own_dates
from hyte_graph.compliance.assessment import Assessment, Evidence, File, Judgement, Source, Verdict
from hyte_graph.compliance.outcomes import OUTCOMES, Outcome
from hyte_graph.errors import FilingError
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import nearest, say
from hyte_graph.model import Actor, CouncilTerm, Norm, Period
from hyte_graph.reports.json_report import SCHEMA
from hyte_graph.store.knowledge import Knowledge

_SHOWN = 80  # characters of a wrong name in a message
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Stored:
    """What a file of results holds: assessments, and the names of refused descriptions with why."""

    assessments: tuple[Assessment, ...]
    refused: tuple[tuple[str, tuple[Text, ...]], ...]


def read_results(content: bytes, name: str, knowledge: Knowledge) -> Stored:
    """Return what a JSON report of one or several organisations holds.

    Raises:
        FilingError: the file is no JSON, holds no result, is of a form that is not known, or names an unknown norm.
    """
    values = [_Values(value, name, "", knowledge) for value in _parsed(content, name)]
    for value in values:
        value.check_schema()
    refused = [value.refusal() for value in values if value.is_refusal()]
    made = [value.assessment() for value in values if not value.is_refusal()]
    return Stored(tuple(made), tuple(refused))


def _parsed(content: bytes, name: str) -> list[Any]:
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise FilingError(say("stored-not-json", name=name, line=error.lineno)) from error
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise FilingError(say("stored-not-json", name=name, line=1)) from error
    found = value if isinstance(value, list) else [value]
    if not found or not all(isinstance(item, dict) and "schema" in item for item in found):
        raise FilingError(say("stored-no-result", name=name))
    return found


class _Values:
    """A JSON object with its place in the file; what is not as the schema has it is an error that names the place."""

    def __init__(self, value: Any, name: str, place: str, knowledge: Knowledge) -> None:
        self._name = name
        self._place = place
        self._knowledge = knowledge
        self._value: dict[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            raise self._unsound(place)

    def _unsound(self, key: str) -> FilingError:
        place = f"{self._place}.{key}" if self._place and key != self._place else key
        return FilingError(say("stored-unsound", name=self._name, place=place))

    def _is(self, key: str, kind: type) -> Any:
        """Return the value of a key that is of a type."""
        value = self._value.get(key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self._unsound(key)
        return value

    def _inner(self, key: str, value: Any) -> _Values:
        return _Values(value, self._name, f"{self._place}.{key}" if self._place else key, self._knowledge)

    def _part(self, key: str) -> _Values:
        return self._inner(key, self._is(key, dict))

    def _parts(self, key: str) -> Iterator[_Values]:
        for at, value in enumerate(self._is(key, list)):
            yield self._inner(f"{key}[{at}]", value)

    def _slug(self, key: str) -> str:
        told: str = self._is(key, str)
        if not _SLUG.fullmatch(told):
            raise self._unsound(key)
        return told

    def _day(self, key: str) -> date:
        try:
            return date.fromisoformat(self._is(key, str))
        except ValueError as error:
            raise self._unsound(key) from error

    def _outcome(self, key: str) -> Outcome:
        found = next((outcome for outcome in OUTCOMES if outcome == self._value.get(key)), None)
        if found is None:
            raise self._unsound(key)
        return found

    def _text(self, key: str) -> Text:
        return self._part(key)._whole()

    def _whole(self) -> Text:
        """Return the object itself as a text."""
        code = self._value.get("code")
        told = {language: self._is(language, str) for language in LANGUAGES}
        return Text.of(told, code if isinstance(code, str) else "")

    def _texts(self, key: str) -> tuple[Text, ...]:
        return tuple(part._whole() for part in self._parts(key))

    def _by_language(self, key: str) -> tuple[Text, ...]:
        """Return sentences that stand by language; each language has the same number of them."""
        part = self._part(key)
        spoken = [part._is(language, list) for language in LANGUAGES]
        are_text = all(isinstance(text, str) for texts in spoken for text in texts)
        if not are_text or len({len(texts) for texts in spoken}) != 1:
            raise self._unsound(key)
        return tuple(Text(*texts) for texts in zip(*spoken, strict=True))

    def check_schema(self) -> None:
        """Raise an error unless the form of the result is known."""
        told = self._value["schema"]
        if told != SCHEMA:
            raise FilingError(say("stored-unknown-schema", name=self._name, schema=str(told)[:_SHOWN], known=SCHEMA))

    def is_refusal(self) -> bool:
        """Return whether the object tells why a description could not be assessed."""
        return bool(self._is("dataErrors", list))

    def refusal(self) -> tuple[str, tuple[Text, ...]]:
        """Return the name of a description that could not be assessed, and why."""
        return self._part("input")._is("name", str), self._texts("dataErrors")

    def assessment(self) -> Assessment:
        """Return the object as an assessment."""
        actor, given = self._actor(), self._part("input")
        made = Assessment(
            actor=actor,
            name=given._is("name", str),
            digest=given._is("sha256", str),
            law_on=self._day("lawOn" if "lawOn" in self._value else "on"),
            on=self._day("on"),
            known_on=self._day("knownOn"),
            reference_date=self._is("referenceDate", str),
            verdicts=tuple(part._verdict(actor) for part in self._parts("verdicts")),
            findings=(),
            engine=self._is("engine", str),
            versions=self._versions(),
            states_facts=self._value.get("statesFacts") is not False,
            assumed=self._files("assumed"),
            judged=self._files("judged"),
        )
        if made.summary() != self._is("summary", dict):
            raise self._unsound("summary")
        return made

    def _files(self, key: str) -> tuple[File, ...]:
        """Return the files that were laid over the description; results of the first versions do not tell any."""
        parts = self._parts(key) if key in self._value else ()
        return tuple(File(part._is("name", str), part._is("sha256", str)) for part in parts)

    def _versions(self) -> tuple[tuple[str, str], ...]:
        part = self._part("versions")
        return tuple((name, part._is(name, str)) for name in part._value)

    def _actor(self) -> Actor:
        part = self._part("organisation")
        slug, label, kind = part._slug("id"), part._text("name"), str(part._value.get("type", ""))
        is_invented = part._is("fictitious", bool)
        known = self._knowledge.actors.get(slug)
        if known:
            return replace(known, label=label)
        return Actor(slug, part._is("iri", str), label, kind, frozenset(), (), is_fictitious=is_invented)

    def _verdict(self, actor: Actor) -> Verdict:
        rules = self._is("rules", list)
        if not all(isinstance(rule, str) for rule in rules):
            raise self._unsound("rules")
        reading = self._part("reading") if "reading" in self._value else None
        return Verdict(
            norm=own_dates(self._norm(), actor) if rules else self._norm(),
            actor=actor,
            period=self._period(actor) if rules else None,
            outcome=self._outcome("outcome"),
            readings=tuple((name, reading._outcome(name)) for name in reading._value) if reading else (),
            reasons=self._by_language("reasons"),
            remarks=self._by_language("remarks") if "remarks" in self._value else (),
            evidence=tuple(part._evidence() for part in self._parts("evidence")),
            missing=self._texts("missing"),
            untested=self._texts("untested"),
            repair=self._texts("repair"),
            rules=tuple(rules),
            judgements=tuple(part._judgement() for part in self._parts("judgements"))
            if "judgements" in self._value
            else (),
            changed_from=self._outcome("changedFrom") if "changedFrom" in self._value else None,
        )

    def _norm(self) -> Norm:
        """Return the norm of the graph, with what the file says of it."""
        slug = self._is("norm", str)
        norm = self._knowledge.norms.get(slug)
        if norm is None:
            close = nearest(slug, self._knowledge.norms)
            raise FilingError(say("stored-unknown-norm", name=self._name, norm=slug[:_SHOWN], nearest=close))
        provision = replace(
            norm.provision, iri=self._is("provision", str), citation=self._text("citation"), link=self._text("link")
        )
        family, strength = self._slug("family"), self._slug("strength")
        return replace(norm, label=self._text("label"), provision=provision, family=family, strength=strength)

    def _period(self, actor: Actor) -> Period:
        """Return the period of a duty; one without a last day stands since a day, or since ever."""
        if self._value.get("period") is None:
            since = self._value.get("since")
            return Period("standing", date.min if since is None else self._day("since"), None)
        part = self._part("period")
        slug, opens = part._slug("id"), part._day("start")
        return Period(slug, opens, part._day("end"), _term(slug, opens, actor, self._knowledge.terms))

    def _evidence(self) -> Evidence:
        return Evidence(
            id=self._is("id", str),
            iri=self._is("iri", str),
            label=self._text("label"),
            kind=self._text("kind"),
            certainty=self._is("certainty", str),
            sources=self._sources(),
            line=None if self._value.get("line") is None else self._is("line", int),
        )

    def _sources(self) -> tuple[Source, ...]:
        return tuple(Source(part._is("title", str), part._is("url", str)) for part in self._parts("sources"))

    def _judgement(self) -> Judgement:
        return Judgement(
            id=self._is("id", str),
            iri=self._is("iri", str),
            role=self._is("role", str),
            day=self._is("date", str),
            reason=self._is("reason", str),
            outcome=self._outcome("outcome"),
            sources=self._sources(),
            file=self._is("file", str),
            settles=self._is("settles", bool),
        )


def _term(slug: str, opens: date, actor: Actor, terms: Sequence[CouncilTerm]) -> CouncilTerm | None:
    """Return the council term that a period is, or None where it is a year."""
    of = "municipality" if actor.type == "Municipality" else "county"
    found = (term for term in terms if slug == f"term-{term.starts.year}-{term.ends.year}" and term.starts == opens)
    return next((term for term in found if term.of == of), None)
