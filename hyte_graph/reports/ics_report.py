"""The report as a calendar (RFC 5545): the last day of each duty that is still open and not fulfilled.

What has fallen due before the day or on it is no date to come and stays in the other reports. A duty keeps its UID
over all runs, so a newer calendar takes the place of an older one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.compliance.windows import is_open
from hyte_graph.errors import UsageError
from hyte_graph.messages import say
from hyte_graph.reports.plain import printable
from hyte_graph.reports.told import Report, Told, caution, tell
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.versions import package_version
from hyte_graph.vocabulary import iri

_OCTETS = 75
_UNSETTLED = ("not-yet-due", "partly-fulfilled", "needs-judgement", "contested")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def render(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> str:
    """Return assessments as a calendar; the same input gives the same bytes.

    Raises:
        UsageError: no duty falls due after the day; a calendar without any event is not allowed.
    """
    reports = [tell(made, knowledge, language) for made in assessments]
    events = [line for report in reports for line in _events(report)]
    if not events:
        raise UsageError(say("report-calendar-empty"))
    lines = ["BEGIN:VCALENDAR", *_head(reports, language), *events, "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def due(verdict: Verdict, on: date) -> date | None:
    """Return the last day of a duty that is open after a day and not fulfilled, else None.

    Silence that has another outcome than "not yet due" says that the duty was closed before its period.
    """
    period = verdict.period
    if period is None or verdict.outcome not in _UNSETTLED or not is_open(period, verdict.norm, on):
        return None
    return period.closes or verdict.norm.first_due_by


def _head(reports: Sequence[Report], language: str) -> Iterator[str]:
    names = ", ".join(report.organisation for report in reports)
    title = say("report-calendar", name=names).within(language)
    told = [*caution(language), *(f"{name}: {value}" for report in reports for name, value in report.basis())]
    yield "VERSION:2.0"
    yield f"PRODID:-//HYTE Graph//hyte-graph {package_version()}//{language.upper()}"
    yield "CALSCALE:GREGORIAN"
    yield f"NAME;LANGUAGE={language}:{_text(title)}"
    yield f"X-WR-CALNAME:{_text(title)}"
    yield f"DESCRIPTION;LANGUAGE={language}:{_text(_joined(told))}"


def _events(report: Report) -> Iterator[str]:
    """Yield the lines of one event for each duty that falls due, the earliest first."""
    found = [(due(item.verdict, report.made.on), item) for item in report.verdicts]
    dated = [(day, item) for day, item in found if day]
    for day, item in sorted(dated, key=lambda pair: (pair[0], pair[1].name)):
        yield from _event(day, item, report)


def _event(day: date, item: Told, report: Report) -> Iterator[str]:
    language = report.page.language
    summary = say("report-due", name=report.organisation, label=item.title, citation=item.citation).within(language)
    address = iri("duty", item.name)
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(NAMESPACE_URL, address)}"
    yield f"DTSTAMP:{report.made.on:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY;LANGUAGE={language}:{_text(summary)}"
    yield f"DESCRIPTION;LANGUAGE={language}:{_text(_joined(_told(day, item, report)))}"
    yield f"CATEGORIES;LANGUAGE={language}:{_text(item.family)}"
    yield f"URL:{item.link or item.verdict.norm.iri}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _told(day: date, item: Told, report: Report) -> Iterator[str]:
    """Yield what the event says: outcome, what kind of day it is, reasons, what to do, and where it comes from."""
    kind = "report-first-due" if day == item.verdict.norm.first_due_by else "report-period-ends"
    yield f"{item.sign} {item.outcome}"
    yield report.page.say(kind)
    yield from (*item.reasons, *item.remarks, *item.missing, *item.repair)
    yield f"{item.citation} {item.link}".strip()
    yield iri("duty", item.name)
    yield from (f"{name}: {value}" for name, value in report.basis())


def _joined(texts: Sequence[str] | Iterator[str]) -> str:
    return "\n".join(texts)


def _text(text: str) -> str:
    """Return a value of type TEXT (RFC 5545 3.3.11)."""
    return printable(text).translate(_ESCAPED)


def _folded(line: str) -> str:
    """Return a line folded so that none is longer than 75 octets and no letter is cut (RFC 5545 3.1)."""
    parts, room = [""], _OCTETS
    for letter in line:
        octets = len(letter.encode())
        if octets > room:
            parts.append(" ")
            room = _OCTETS - 1
        parts[-1] += letter
        room -= octets
    return "\r\n".join(parts)
