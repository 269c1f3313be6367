"""The report as a calendar (RFC 5545): the last day of each duty that is still open and not fulfilled.

What has fallen due before the day or on it is no date to come and stays in the other reports. A duty keeps its UID
over all runs, so a newer calendar takes the place of an older one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.compliance.windows import is_open
from hyte_graph.errors import UsageError
from hyte_graph.messages import say
from hyte_graph.reports import ics
from hyte_graph.reports.told import Report, Told, tell
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import iri

_UNSETTLED = ("not-yet-due", "partly-fulfilled", "needs-judgement", "contested")


def render(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> str:
    """Return assessments as a calendar; the same input gives the same bytes.

    Raises:
        UsageError: no duty falls due after the day; a calendar without any event is not allowed.
    """
    reports = [tell(made, knowledge, language) for made in assessments]
    events = [line for report in reports for line in _events(report)]
    if not events:
        raise UsageError(say("report-calendar-empty"))
    names = ", ".join(report.organisation for report in reports)
    notes = dict.fromkeys(note for report in reports for note in report.notes())
    told = [*notes, *(f"{name}: {value}" for report in reports for name, value in report.basis())]
    return ics.calendar(names, told, events, language)


def due(verdict: Verdict, on: date) -> date | None:
    """Return the last day of a duty that is open after a day and not fulfilled, else None.

    Silence that has another outcome than "not yet due" says that the duty was closed before its period.
    """
    period = verdict.period
    if period is None or verdict.outcome not in _UNSETTLED or not is_open(period, verdict.norm, on):
        return None
    return period.closes or verdict.norm.first_due_by


def _events(report: Report) -> Iterator[str]:
    """Yield the lines of one event for each duty that falls due, the earliest first."""
    found = [(due(item.verdict, report.made.on), item) for item in report.verdicts]
    dated = [(day, item) for day, item in found if day]
    for day, item in sorted(dated, key=lambda pair: (pair[0], pair[1].name)):
        yield from _event(day, item, report)


def _event(day: date, item: Told, report: Report) -> Iterator[str]:
    language = report.page.language
    summary = say("report-due", name=report.organisation, label=item.title, citation=item.citation).within(language)
    event = ics.Event(
        duty=item.name,
        stamp=report.made.on,
        day=day,
        summary=summary,
        told=tuple(_told(day, item, report)),
        category=item.family,
        address=item.link or item.verdict.norm.iri,
    )
    yield from ics.lines(event, language)


def _told(day: date, item: Told, report: Report) -> Iterator[str]:
    """Yield what the event says: outcome, what kind of day it is, reasons, what to do, and where it comes from."""
    kind = "report-first-due" if day == item.verdict.norm.first_due_by else "report-period-ends"
    yield f"{item.sign} {item.outcome}"
    yield from report.page.marks()
    yield report.page.say(kind)
    yield from (*item.reasons, *item.remarks, *item.missing, *item.repair)
    yield f"{item.citation} {item.link}".strip()
    yield iri("duty", item.name)
    yield from (f"{name}: {value}" for name, value in report.basis())
