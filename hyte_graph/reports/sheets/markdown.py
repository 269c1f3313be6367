"""A sheet as Markdown (CommonMark), for a memorandum or a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hyte_graph.reports.sheets.sheet import Entry, Section, Sheet, titled

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~]|&(?=#?\w+;))")
_STARTS_BLOCK = re.compile(r"^(\d+)([.)]\s)|^([-+#>]\s)")


def render(sheet: Sheet, language: str) -> str:
    """Return a sheet as Markdown in one language."""
    return "\n".join(_lines(sheet, language)) + "\n"


def _lines(sheet: Sheet, language: str) -> Iterator[str]:
    yield f"# {escaped(titled(sheet.title.within(language)))}"
    yield from ("", f"`{sheet.name}` · <{sheet.iri}>")
    for lead in sheet.leads:
        yield from ("", escaped(lead.within(language)))
    for section in sheet.sections:
        yield from _section(section, language)


def _section(section: Section, language: str) -> Iterator[str]:
    yield from ("", f"## {escaped(titled(section.title.within(language)))}")
    if section.lead:
        yield from ("", escaped(section.lead.within(language)))
    if section.entries:
        yield ""
    yield from _entries(section.entries, language, 0)


def _entries(entries: Iterable[Entry], language: str, depth: int) -> Iterator[str]:
    for entry in entries:
        yield f"{'  ' * depth}- {_said(entry, language)}"
        yield from _entries(entry.under, language, depth + 1)


def _said(entry: Entry, language: str) -> str:
    text = escaped(entry.text.within(language))
    address = entry.link.within(language) if entry.link else ""
    linked = f"[{text}](<{address}>)" if address else text
    label = f"**{escaped(titled(entry.label.within(language)))}:**" if entry.label else ""
    return " ".join(part for part in (label, linked, entry.name and f"(`{entry.name}`)") if part)


def escaped(text: str) -> str:
    """Return a text on one line that Markdown shows as it is."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _STARTS_BLOCK.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", line)
