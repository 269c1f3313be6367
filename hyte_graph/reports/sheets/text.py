"""A sheet as text for a terminal, 100 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from hyte_graph.reports.sheets.sheet import Entry, Section, Sheet, titled

_WIDTH = 100


def render(sheet: Sheet, language: str) -> str:
    """Return a sheet as text in one language."""
    return "\n".join(_lines(sheet, language)) + "\n"


def _lines(sheet: Sheet, language: str) -> Iterator[str]:
    yield from _headed(titled(sheet.title.within(language)), "=")
    yield f"{sheet.name} · {sheet.iri}"
    for lead in sheet.leads:
        yield from ("", *_wrapped(lead.within(language)))
    for section in sheet.sections:
        yield from _section(section, language)


def _section(section: Section, language: str) -> Iterator[str]:
    yield ""
    yield from _headed(titled(section.title.within(language)), "-")
    if section.lead:
        yield from _wrapped(section.lead.within(language))
    yield from _entries(section.entries, language, 0)


def _headed(title: str, line: str) -> Iterator[str]:
    lines = _wrapped(title)
    yield from (*lines, line * max(map(len, lines)))


def _entries(entries: Iterable[Entry], language: str, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for entry in entries:
        yield from _wrapped(_said(entry, language), f"{indent}- ", f"{indent}  ")
        if entry.link and entry.link.within(language):
            yield f"{indent}  {entry.link.within(language)}"
        yield from _entries(entry.under, language, depth + 1)


def _said(entry: Entry, language: str) -> str:
    label = f"{titled(entry.label.within(language))}:" if entry.label else ""
    return " ".join(part for part in (label, entry.text.within(language), entry.name and f"[{entry.name}]") if part)


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]
