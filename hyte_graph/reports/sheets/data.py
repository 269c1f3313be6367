"""A sheet as JSON: everything in all three languages.

The form is stable: an object with `iri`, `name`, `title`, `leads` and `sections`; a section has `key`, `title`,
`lead` and `entries`; an entry has `text`, `label`, `name`, `link` and `under`, each left out where there is none. A
text is an object with the keys `fi`, `sv` and `en`.
"""

from __future__ import annotations

import json
from typing import Any

from hyte_graph.languages import Text
from hyte_graph.reports.sheets.sheet import Entry, Section, Sheet


def render(sheet: Sheet) -> str:
    """Return a sheet as JSON."""
    value = {
        "iri": sheet.iri,
        "name": sheet.name,
        "title": sheet.title.as_dict(),
        "leads": [lead.as_dict() for lead in sheet.leads],
        "sections": [_section(section) for section in sheet.sections],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _section(section: Section) -> dict[str, Any]:
    lead = {"lead": section.lead.as_dict()} if section.lead else {}
    entries = [_entry(entry) for entry in section.entries]
    return {"key": section.key, "title": section.title.as_dict(), **lead, "entries": entries}


def _entry(entry: Entry) -> dict[str, Any]:
    texts = {"text": entry.text, "label": entry.label, "link": entry.link}
    value: dict[str, Any] = {key: text.as_dict() for key, text in texts.items() if text and text != Text.same("")}
    if entry.name:
        value["name"] = entry.name
    if entry.under:
        value["under"] = [_entry(item) for item in entry.under]
    return value
