"""A workbook as one CSV file a sheet: written as a zip archive, read from one, with semicolons, commas or tabs.

The files are UTF-8 with a byte-order mark, and their cells are divided by semicolons, as spreadsheet programs in
Finnish and Swedish expect. No cell is ever run as a formula: a text that begins with `=`, `+`, `-`, `@`, a tab or a
carriage return, with or without apostrophes in front of it, gets one apostrophe more, which is taken away again when
the file is read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from functools import cache

from hyte_graph.errors import FilingError
from hyte_graph.intake.archives import packed, unpacked
from hyte_graph.intake.places import Place
from hyte_graph.intake.workbook.cells import Raw
from hyte_graph.intake.workbook.layout import GUIDE, ORGANISATION, sheets, top_keys
from hyte_graph.intake.workbook.recorded import Page, Recorded
from hyte_graph.intake.workbook.scan import CELLS, COLUMNS, ROWS, Looked
from hyte_graph.messages import say

SUFFIX = ".csv"
_DIVIDERS = ";,\t"
_MARK = "\ufeff"
_LIKE_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")

Rows = dict[str, list[list[Raw]]]


def render(book: Recorded) -> bytes:
    """Return the sheets of a workbook as a zip archive of CSV files; the same sheets give the same bytes."""
    return packed({f"{page.title}{SUFFIX}": (_MARK + _text(page)).encode() for page in book.pages})


def _text(page: Page) -> str:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=_DIVIDERS[0], lineterminator="\r\n")
    last_row, last_column = (max((place[way] for place in page.cells), default=0) for way in (0, 1))
    for row in range(last_row + 1):
        found = (page.cells.get((row, column)) for column in range(last_column + 1))
        writer.writerow("" if entry is None else guarded(str(entry.value), entry.value) for entry in found)
    return target.getvalue()


def guarded(text: str, value: object = "") -> str:
    """Return a text as a CSV cell holds it; a number stays a number."""
    return f"'{text}" if isinstance(value, str) and _LIKE_FORMULA.match(text) else text


def read_tables(content: bytes, name: str) -> tuple[Rows, Looked]:
    """Return the rows of each CSV file of an archive, and the cells that hold formulas.

    Raises:
        FilingError: no such archive, or a file in it that is no table.
    """
    rows = {part: _rows(inner, part, name) for part, inner in unpacked(content, name, SUFFIX).items()}
    count = 0
    for part, table in rows.items():
        count += sum(map(len, table))
        widest = max(range(len(table)), key=lambda at: len(table[at]), default=0)
        if len(table) > ROWS or (table and len(table[widest]) > COLUMNS) or count > CELLS:
            line, column = (len(table), 1) if len(table) > ROWS else (widest + 1, len(table[widest]))
            where = Place(1, line, column, part).within(name)
            raise FilingError(say("workbook-huge", where=where, rows=ROWS, columns=COLUMNS))
    return {part: [[_bare(cell) for cell in row] for row in table] for part, table in rows.items()}, _looked(rows)


def _bare(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def _looked(rows: Mapping[str, list[list[str]]]) -> Looked:
    """Return the cells that begin with an equals sign and have no apostrophe in front of it."""
    formulas = {
        part: frozenset(
            (row, column)
            for row, cells in enumerate(table, 1)
            for column, cell in enumerate(cells, 1)
            if cell.startswith("=")
        )
        for part, table in rows.items()
    }
    return Looked(formulas=formulas)


def _rows(content: bytes, part: str, name: str) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FilingError(say("csv-not-utf8", name=name, part=part, line=line)) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FilingError(say("csv-broken", name=name, part=part, line=line))
    readings = [_parsed(text, divider) for divider in _DIVIDERS]
    rows, broken = max(readings, key=lambda reading: _known(reading[0]))
    if broken:
        raise FilingError(say("csv-broken", name=name, part=part, line=broken))
    return rows


def _parsed(text: str, divider: str) -> tuple[list[list[str]], int]:
    """Return the rows of a text, and the line where it stops being a table, or 0."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    rows: list[list[str]] = []
    line = 1  # on which the row begins: a quotation mark without its fellow swallows the rest of the file
    try:
        for row in reader:
            rows.append(row)
            line = reader.line_num + 1
    except csv.Error:
        return rows, line
    return rows, 0


def _known(rows: list[list[str]]) -> tuple[int, int]:
    """Return how many cells a way of dividing leaves as machine keys, then how many cells there are."""
    return sum(cell in _machine_keys() for row in rows for cell in row), sum(map(len, rows))


@cache
def _machine_keys() -> frozenset[str]:
    keys = {key for sheet in sheets() for key in _keys_of(sheet.name, sheet.keys)}
    return frozenset({*keys, *top_keys(), GUIDE, "template-version"})


def _keys_of(name: str, keys: Mapping[str, object]) -> Iterator[str]:
    for key in keys:
        word = key if name == ORGANISATION and key in top_keys() else f"{name}.{key}"
        yield word
        yield f"{word}[]"
