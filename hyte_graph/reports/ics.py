"""Calendars and their events as text (RFC 5545): escaped, folded, in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from hyte_graph.messages import say
from hyte_graph.reports.plain import printable
from hyte_graph.versions import package_version
from hyte_graph.vocabulary import iri

_OCTETS = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


@dataclass(frozen=True, slots=True)
class Event:
    """The last day of a duty; its name makes the UID, which is the same in every calendar."""

    duty: str
    stamp: date
    day: date
    summary: str
    told: tuple[str, ...]
    category: str
    address: str


def calendar(names: str, told: Iterable[str], events: Iterable[str], language: str) -> str:
    """Return a calendar with the lines of its events."""
    title = say("report-calendar", name=names).within(language)
    head = [
        "VERSION:2.0",
        f"PRODID:-//HYTE Graph//hyte-graph {package_version()}//{language.upper()}",
        "CALSCALE:GREGORIAN",
        f"NAME;LANGUAGE={language}:{_text(title)}",
        f"X-WR-CALNAME:{_text(title)}",
        f"DESCRIPTION;LANGUAGE={language}:{_text(_joined(told))}",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in ["BEGIN:VCALENDAR", *head, *events, "END:VCALENDAR"])


def lines(event: Event, language: str) -> Iterator[str]:
    """Yield the lines of an event that takes a day and leaves it free."""
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(NAMESPACE_URL, iri('duty', event.duty))}"
    yield f"DTSTAMP:{event.stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY;LANGUAGE={language}:{_text(event.summary)}"
    yield f"DESCRIPTION;LANGUAGE={language}:{_text(_joined(event.told))}"
    yield f"CATEGORIES;LANGUAGE={language}:{_text(event.category)}"
    yield f"URL:{event.address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _joined(texts: Iterable[str]) -> str:
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
