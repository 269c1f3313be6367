"""The sentences that lead to an outcome, one for each stage that had a say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rdflib.term import Node

from hyte_graph.compliance.assessment import Evidence
from hyte_graph.compliance.duties import Duty
from hyte_graph.compliance.outcomes import Circumstances, Outcome
from hyte_graph.compliance.trace import Trace
from hyte_graph.compliance.windows import is_open
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import say
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import slug

_SILENT = ("evidence-missing", "overdue", "not-yet-due", "not-fulfilled", "guidance-gap", "contested")


@dataclass(frozen=True, slots=True)
class Judged:
    """A duty with the outcome that was found for it."""

    duty: Duty
    outcome: Outcome
    readings: tuple[tuple[str, Outcome], ...]
    circumstances: Circumstances
    is_ready: bool  # the documents that the duty belongs to are finished
    is_both: bool  # the data say that the thing is done and that it is not
    evidence: tuple[Evidence, ...]
    is_settled: bool = False  # a person judged, and without it the outcome would be another


def reasons_of(judged: Judged, trace: Trace, on: date) -> tuple[Text, ...]:
    """Return the reasons of a verdict in the order of the stages."""
    duty, result = judged.duty, judged.outcome
    found = [*duty.reasons, _window(duty, on)]
    if duty.norm.first_due_by and duty.period.closes is None:
        found.append(say("reason-first-due", day=duty.norm.first_due_by))
    if judged.is_ready and is_open(duty.period, duty.norm, on):
        found.append(say("reason-due-with"))
    if judged.evidence:
        listed = (
            "; ".join(f"{item.id} {item.label.within(language)}" for item in judged.evidence) for language in LANGUAGES
        )
        found.append(say("reason-tested", facts=Text(*listed)))
    if result != "fulfilled":
        found += trace.set_aside(duty)
    found += [_answer(node, trace) for node in duty.answers]
    found += _silence(judged, trace)
    found += [judged_reason(node, trace) for node in duty.judgements]
    if judged.is_both:
        found.append(say("reason-both"))
    if result == "contested":
        spoken = {name: trace.knowledge.code("outcome", value) for name, value in judged.readings}
        found.append(say("reason-contested", **spoken))
    if result == "guidance-gap":
        found.append(say("reason-capped"))
    return tuple(found)


def _window(duty: Duty, on: date) -> Text:
    return _told_window(duty.period.opens, duty.period.closes, on, is_timeless=duty.norm.applies_from is None)


@lru_cache(maxsize=1024)
def _told_window(opens: date, closes: date | None, on: date, *, is_timeless: bool) -> Text:
    if closes is None and is_timeless:
        return say("reason-timeless")
    if closes is None:
        return say("reason-standing" if opens <= on else "reason-standing-later", opens=opens)
    return say("reason-window", opens=opens, closes=closes, on=on, state=say(_state(opens, closes, on)))


def _state(opens: date, closes: date, on: date) -> str:
    if on < opens:
        return "window-ahead"
    return "window-closed" if on >= closes else "window-open"


def _answer(node: Node, trace: Trace) -> Text:
    answer = slug(str(trace.graph.value(node, HYTE.hasAnswer)))
    return _answered(trace.knowledge.code("answer", answer))


@lru_cache(maxsize=64)
def _answered(answer: Text) -> Text:
    return say("reason-answer", answer=answer)


def _silence(judged: Judged, trace: Trace) -> list[Text]:
    if judged.outcome not in _SILENT:
        return []
    subject = trace.knowledge.code("subject", judged.duty.norm.recorded_under)
    if judged.circumstances.is_complete:
        return [_of_subject("reason-complete", subject)]
    return [_of_subject("reason-silence", subject)] if judged.outcome == "evidence-missing" else []


@lru_cache(maxsize=1024)
def _of_subject(key: str, subject: Text) -> Text:
    return say(key, subject=subject)


def judged_reason(node: Node, trace: Trace) -> Text:
    """Return who judged a duty, when and why."""
    values = {
        name: str(trace.graph.value(node, predicate) or "")
        for name, predicate in (("role", HYTE.isJudgedByRole), ("day", HYTE.hasDate), ("reason", HYTE.hasReason))
    }
    return say("reason-judged", **values)
