"""What falls due by the law alone, as a calendar (RFC 5545) with citations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from hyte_graph.compliance.calendar import Due
from hyte_graph.errors import UsageError
from hyte_graph.messages import say
from hyte_graph.model import Actor
from hyte_graph.reports import ics
from hyte_graph.reports.plain import one_line
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.versions import content_digest
from hyte_graph.vocabulary import iri


def render(actor: Actor, found: Sequence[Due], knowledge: Knowledge, on: date, language: str) -> str:
    """Return the last days of the duties of an actor as a calendar; the same input gives the same bytes.

    Raises:
        UsageError: nothing falls due; a calendar without any event is not allowed.
    """
    if not found:
        raise UsageError(say("report-calendar-empty"))
    events = [line for due in found for line in ics.lines(_event(due, actor, knowledge, on, language), language)]
    told = [say("calendar-foot").within(language), f"ontology {content_digest('ontology')}"]
    return ics.calendar(one_line(actor.label.within(language)), told, events, language)


def _event(due: Due, actor: Actor, knowledge: Knowledge, on: date, language: str) -> ics.Event:
    norm, period = due.norm, due.period
    name = period.term.label.within(language) if period.term else period.slug
    citation = one_line(norm.provision.citation.within(language))
    label = f"{one_line(norm.label.within(language))} ({name})"
    owner = one_line(actor.label.within(language))
    summary = say("report-due", name=owner, label=label, citation=citation).within(language)
    return ics.Event(
        duty=f"{norm.slug}--{actor.slug}--{period.slug}",
        stamp=on,
        day=due.last_day,
        summary=summary,
        told=tuple(_told(due, actor, knowledge, language)),
        category=knowledge.code("subject", norm.family).within(language),
        address=norm.provision.link.within(language) or norm.iri,
    )


def _told(due: Due, actor: Actor, knowledge: Knowledge, language: str) -> Iterator[str]:
    """Yield what an event says: what is asked, how strong it is, what kind of day it is, and where it comes from."""
    norm = due.norm
    kind = "report-first-due" if due.last_day == norm.first_due_by else "report-period-ends"
    yield norm.definition.within(language)
    yield knowledge.code("strength", norm.strength).within(language)
    yield say(kind).within(language)
    yield f"{norm.provision.citation.within(language)} {norm.provision.link.within(language)}".strip()
    yield iri("duty", f"{norm.slug}--{actor.slug}--{due.period.slug}")
