"""What a cell offers to choose from, through named ranges, and the note that it shows."""

from __future__ import annotations

from typing import Any

from hyte_graph.intake.form import Key
from hyte_graph.intake.workbook.book import Book
from hyte_graph.intake.workbook.layout import KEYS_LINE, ORGANISATION, Sheet, codes
from hyte_graph.intake.workbook.words import spoken
from hyte_graph.languages import Text
from hyte_graph.messages import say

_TARGETS = {"sources": "sources", "document": "documents", "council_term": "council_terms", "term": "council_terms"}
_LONGEST_NOTE = 255  # characters, by the format
_TRUTHS = ("workbook-yes", "workbook-no", "workbook-not-known")


def add_choice(
    book: Book,
    page: Any,
    sheet: Sheet,
    key: Key | None,
    *,
    area: tuple[int, int, int, int],
    note: Text | None,
    several: bool,
) -> None:
    """Add the drop-down and the note of a column; a key of None is the column that names the owner."""
    source = f"ids_{sheet.path[0]}" if key is None else _source(book, sheet, key)
    options: dict[str, object] = {"validate": "any"}
    if source:
        strict = not several and key is not None and key.holds in ("code", "class", "boolean")
        options = {"validate": "list", "source": f"={source}", "show_error": strict}
    message = _note(book, key, note, several=several)
    if message:
        options["input_message"] = message
    if source or message:
        page.data_validation(*area, options)


def _note(book: Book, key: Key | None, note: Text | None, *, several: bool) -> str:
    parts = [note] if note else []
    if several:
        parts.append(say("workbook-several"))
    if key is not None and key.holds == "date":
        parts.append(say("workbook-date-note"))
    text = " ".join(part.within(book.language) for part in parts)
    return text if len(text) <= _LONGEST_NOTE else parts[0].within(book.language)[:_LONGEST_NOTE]


def _source(book: Book, sheet: Sheet, key: Key) -> str:
    """Return the name of the range to choose from, or "" where there is none."""
    if key.holds in ("code", "class"):
        name = f"list_{sheet.name}_{key.name}".replace(".", "_")
        found = codes(sheet, key)
        return _listed(book, name, [spoken(code, _said(book, place)) for code, place in found.items()])
    if key.holds == "boolean":
        return _listed(book, "list_truths", [say(word).within(book.language) for word in _TRUTHS])
    if key.holds == "reference" and sheet.name != ORGANISATION:
        return f"ids_{_TARGETS[key.name]}"
    if key.holds == "thing":
        return _things(book, key)
    return ""


def _said(book: Book, address: str) -> str:
    return book.knowledge.label(address).within(book.language)


def _listed(book: Book, name: str, entries: list[str]) -> str:
    """Return the name of a range with these entries, an old one where there is one."""
    known = next((old for old, held in book.lists.items() if held == entries), name)
    book.lists[known] = entries
    return known


def _things(book: Book, key: Key) -> str:
    if key.name == "partner_actors":
        actors = book.knowledge.actors.values()
        return _listed(book, "list_actors", [spoken(item.slug, item.label.within(book.language)) for item in actors])
    norms = [norm for norm in book.knowledge.norms.values() if norm.is_duty]
    said = [spoken(norm.slug, norm.provision.citation.within(book.language)) for norm in norms]
    return _listed(book, "list_norms", said)


def add_ids(book: Book, sheet: Sheet, column: int, last: int) -> None:
    """Name the range of the ids of a part, so that others can choose from it."""
    from xlsxwriter.utility import xl_range_abs

    title = book.titles[sheet.name].replace("'", "''")
    area = xl_range_abs(KEYS_LINE, column, last, column)
    name = f"ids_{sheet.name}".replace(".", "_")
    book.made.define_name(name, f"='{title}'!{area}")
