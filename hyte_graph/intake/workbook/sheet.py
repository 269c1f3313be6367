"""One sheet of the workbook: headings, hidden keys, drop-downs, and what the description says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from hyte_graph.intake.description import unnamed
from hyte_graph.intake.form import Key
from hyte_graph.intake.workbook.book import A4, Book
from hyte_graph.intake.workbook.cells import Shown, fits_a_line
from hyte_graph.intake.workbook.dropdowns import add_choice, add_ids
from hyte_graph.intake.workbook.heights import height
from hyte_graph.intake.workbook.layout import (
    KEYS_LINE,
    OF,
    ORGANISATION,
    PLURAL,
    Sheet,
    definition,
    label,
    sheets,
    top_keys,
)
from hyte_graph.intake.workbook.table import VALUES_COLUMN
from hyte_graph.languages import Text
from hyte_graph.messages import say

_FREE = 500  # lines with drop-downs
_WIDTHS = {"text": 32, "address": 36, "id": 10, "boolean": 14, "year": 14, "integer": 16, "date": 16, "reference": 16}
_WIDE, _WIDEST = 24, 44
_PAPER = 180  # characters on a line of paper that can still be read
_KEY_AND_VALUE = (40, 60)  # widths on the sheet of the organisation
_INFO = ("@label", "@citation", "@link")  # of the sheet of answers


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its machine key, its heading, and its key in the form, or None if it is not of the form."""

    name: str
    head: Text
    key: Key | None


def write_part(book: Book, sheet: Sheet, value: Mapping[str, Any], prepared: Sequence[Mapping[str, str]]) -> None:
    """Write the sheet of a part: what the description says, then the rows prepared for filling in."""
    page = book.add(sheet.name, sheet.title)
    items = [*_items(sheet, value), *prepared]
    laid = [_laid(item, sheet, book) for item in items]
    columns = list(_columns(sheet, laid, book))
    _head(book, page, sheet, columns)
    for row, cells in enumerate(laid, KEYS_LINE):
        page.set_row(row, height((str(cells.get(column.name, "")), _width(column)) for column in columns))
        for at, column in enumerate(columns):
            if column.name in cells:
                _write(book, page, (row, at), column, cells[column.name])
    _finish(book, page, sheet, columns, KEYS_LINE + len(laid))


def _write(book: Book, page: Any, at: tuple[int, int], column: Column, shown: Shown) -> None:
    """Write a cell; an address that only people read is a link."""
    if column.name == "@link" and shown:
        page.write_url(*at, str(shown), book.formats["link"], str(shown))
    else:
        book.write(page, *at, shown, "info" if column.name in _INFO else "text")


def _items(sheet: Sheet, value: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the things of a part; those that belong to others name their owner, which then needs an id."""
    part, *inner = sheet.path
    owning = [other.path[1] for other in sheets() if len(other.path) > 1 and other.path[0] == part]
    for at, thing in enumerate(value.get(part) or []):
        if thing is None:
            continue
        if not inner:
            owns = any(thing.get(word) for word in owning)
            yield {**thing, "id": thing.get("id") or unnamed((part,), at)} if owns else thing
            continue
        for item in thing.get(inner[0]) or []:
            if item is not None:
                yield {OF: thing.get("id") or unnamed((part,), at), **item}


def _laid(item: Mapping[str, Any], sheet: Sheet, book: Book) -> dict[str, Shown]:
    """Return the cells of an item by machine key; a key that needs a further column has a number behind a space."""
    cells: dict[str, Shown] = {OF: item[OF]} if OF in item else {}
    for key in sheet.columns:
        cells |= _cells(key, item.get(key.name), book, sheet)
    if sheet.name == "answers" and item.get("norm") in book.knowledge.norms:
        norm = book.knowledge.norms[str(item["norm"])]
        texts = (norm.label, norm.provision.citation, norm.provision.link)
        cells |= {name: text.within(book.language) for name, text in zip(_INFO, texts, strict=True)}
    return cells


def _cells(key: Key, found: Any, book: Book, sheet: Sheet) -> dict[str, Shown]:
    """Return the cells for the values of a key: those that fit share a cell, each other gets its own."""
    values = [value for value in (found if isinstance(found, list) else [found]) if value is not None]
    speech = book.speech(sheet, key)
    shown = [speech.shown(value) for value in values]
    together: list[str] = []
    if key.name in PLURAL:
        together = [str(item) for item in shown if fits_a_line(str(item)) and _is_joined(item, key)]
        shown = [item for item in shown if str(item) not in together]
    cells: dict[str, Shown] = {f"{key.name}[]": "\n".join(together)} if together else {}
    for at, item in enumerate(shown, 1):
        cells[key.name if at == 1 else f"{key.name} {at}"] = item
    return cells


def _is_joined(item: Shown, key: Key) -> bool:
    return key.holds == "text" or ";" not in str(item)


def _columns(sheet: Sheet, laid: Sequence[Mapping[str, Shown]], book: Book) -> Iterator[Column]:
    """Yield the columns of a sheet: one for each key, and as many more as the values need."""
    used = {name for cells in laid for name in cells}
    if len(sheet.path) > 1:
        owner = next(other for other in sheets() if other.name == sheet.path[0])
        yield Column(OF, say("workbook-owner", owners=owner.title), None)
    for key in sheet.columns:
        head = label(sheet, key, book.knowledge)
        first = f"{key.name}[]" if key.name in PLURAL else key.name
        more = sorted(name for name in used - {first} if name.partition(" ")[0] == key.name)
        for name in (first, *more):
            yield Column(name, head, key)
        if sheet.name == "answers" and key.name == "norm":
            for name in _INFO:
                yield Column(name, say(f"workbook-info-{name[1:]}"), None)


def machine_key(sheet: Sheet, name: str) -> str:
    """Return what stands in the hidden line for a column, such as "bodies.sources[]"."""
    word = name.partition(" ")[0]
    return word if sheet.name == ORGANISATION and word in top_keys() else f"{sheet.name}.{word}"


def _head(book: Book, page: Any, sheet: Sheet, columns: Sequence[Column]) -> None:
    for at, column in enumerate(columns):
        style = "info" if column.name in _INFO else "text"
        page.set_column(at, at, _width(column), book.formats[style])
        page.write_string(0, at, book.both(column.head), book.formats["head"])
        page.write_string(KEYS_LINE - 1, at, machine_key(sheet, column.name))
    page.set_row(0, height((book.both(column.head), _width(column)) for column in columns))
    page.set_row(KEYS_LINE - 1, None, None, {"hidden": True})


def _width(column: Column) -> int:
    """Return how wide a column is, in characters."""
    if column.key is None:
        return _WIDEST if column.name == "@label" else _WIDE
    return _WIDTHS.get(column.key.holds, _WIDE)


def _finish(book: Book, page: Any, sheet: Sheet, columns: Sequence[Column], last: int) -> None:
    """Add what helps people to fill the sheet in and to print it."""
    for at, column in enumerate(columns):
        area = (KEYS_LINE, at, last + _FREE, at)
        if column.key is not None:
            note = definition(sheet, column.key, book.knowledge)
            several = column.name.endswith("[]")
            add_choice(book, page, sheet, column.key, area=area, note=note, several=several)
            if column.key.holds == "id":
                add_ids(book, sheet, at, last + _FREE)
        elif column.name == OF:
            add_choice(book, page, sheet, None, area=area, note=None, several=False)
    page.freeze_panes(KEYS_LINE, 1)
    _print(page, sum(_width(column) for column in columns))
    page.repeat_rows(0)
    page.repeat_columns(0)


def _print(page: Any, width: int) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(ceil(width / _PAPER), 0)
    page.set_footer("&L&F&C&A&R&P/&N")


def write_organisation(book: Book, value: Mapping[str, Any]) -> None:
    """Write the sheet of the organisation: a key a line, with the keys of the whole file first."""
    sheet = next(sheet for sheet in sheets() if sheet.name == ORGANISATION)
    page = book.add(ORGANISATION, sheet.title)
    item = {**{key: value.get(key) for key in top_keys()}, **value[ORGANISATION]}
    cells = _laid(item, sheet, book)
    widths = (0, *_KEY_AND_VALUE)
    for at, (head, width) in enumerate(zip(("", "workbook-head-key", "workbook-head-value"), widths, strict=True)):
        page.set_column(at, at, width or None, book.formats["text"], {"hidden": not head})
        if head:
            page.write_string(0, at, book.both(say(head)), book.formats["head"])
    for row, column in enumerate(_columns(sheet, [cells], book), 1):
        page.write_string(row, 0, machine_key(sheet, column.name))
        page.write_string(row, 1, book.both(column.head), book.formats["head"])
        texts = (book.both(column.head), str(cells.get(column.name, "")))
        page.set_row(row, height(zip(texts, _KEY_AND_VALUE, strict=True)))
        if column.name in cells:
            book.write(page, row, VALUES_COLUMN, cells[column.name])
        if column.key is not None:
            note, area = definition(sheet, column.key, book.knowledge), (row, VALUES_COLUMN, row, VALUES_COLUMN)
            add_choice(book, page, sheet, column.key, area=area, note=note, several=column.name.endswith("[]"))
    page.freeze_panes(1, VALUES_COLUMN)
    _print(page, sum(_KEY_AND_VALUE))
