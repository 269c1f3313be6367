"""A workbook whose cells are text, numbers, days or links, never formulas; the same input gives the same bytes."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any

import xlsxwriter

from hyte_graph.reports.plain import one_line, printable

_LONGEST = 16_000  # characters: a cell takes 32 767 UTF-16 units, and Excel cuts off what is beyond without a word
_LONGEST_ADDRESS = 2_000
_TITLE = 250
_LINE = 15.0  # points
_HIGHEST = 409.0  # points, of a row
_A3, _A4 = 8, 9
_WIDE = 200  # characters: a wider table is printed on A3
_FILLS = {"good": "#E2F0D9", "bad": "#F8D7DA", "open": "#FFF4CE", "idle": "#EDEDED"}


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a web address."""

    text: str
    address: str


def linked(text: str, address: str) -> Cell:
    """Return a text that leads to an address; one that is too long for a link stands as text behind it."""
    if 0 < len(address) <= _LONGEST_ADDRESS and len(text) <= _LONGEST:
        return Link(text, address)
    return f"{text} {address}".strip()


@dataclass(frozen=True, slots=True)
class Marked:
    """A word that has a colour too: "good", "bad", "open" or "idle"."""

    text: str
    colour: str


Cell = str | int | date | Link | Marked | None


class Book:
    """Writes sheets, each with one table, and hands out the bytes."""

    def __init__(self, title: str, language: str, made_on: date) -> None:
        self._target = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._target, {"in_memory": True})
        created = datetime.combine(made_on, time())
        self._book.set_properties({"title": _short(title), "author": "HYTE Graph", "created": created})
        self._book.set_custom_property("Language", language)
        self._book.set_calc_mode("manual")
        base = {"text_wrap": True, "valign": "top"}
        self._formats: dict[str, Any] = {
            "text": self._book.add_format(base),
            "head": self._book.add_format(base | {"bold": True, "bottom": 1}),
            "title": self._book.add_format({"bold": True, "font_size": 14}),
            "lead": self._book.add_format(),
            "day": self._book.add_format(base | {"num_format": "d.m.yyyy", "align": "left"}),
            "link": self._book.add_format(base | {"underline": 1, "font_color": "#0B4F9E"}),
        }
        self._formats |= {name: self._book.add_format(base | {"bg_color": fill}) for name, fill in _FILLS.items()}

    def add(
        self,
        name: str,
        columns: Sequence[tuple[str, int]],
        rows: Sequence[Sequence[Cell]],
        above: Sequence[str] = (),
    ) -> None:
        """Add a sheet with a table: its columns with their widths, its rows, and lines of text above it."""
        sheet = self._book.add_worksheet(name)
        for at, line in enumerate(above):
            sheet.write_string(at, 0, _short(line), self._formats["lead" if at else "title"])
        top = end = len(above) + 1 if above else 0
        widths = [width for _, width in columns]
        self._head(sheet, top, [_short(head) for head, _ in columns], widths)
        for cells in (cells for row in rows for cells in _split(row)):
            end += 1
            sheet.set_row(end, _height(cells, widths))
            for at, cell in enumerate(cells):
                self._write(sheet, end, at, cell)
        if rows:
            sheet.autofilter(top, 0, end, len(columns) - 1)

    def _head(self, sheet: Any, top: int, heads: Sequence[str], widths: Sequence[int]) -> None:
        """Write the head of a table, which stays in sight and is repeated on paper."""
        for at, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(at, at, width)
            sheet.write_string(top, at, head, self._formats["head"])
        sheet.set_row(top, _height(heads, widths))
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)
        sheet.set_landscape()
        sheet.set_paper(_A3 if sum(widths) > _WIDE else _A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P / &N")

    def _write(self, sheet: Any, line: int, at: int, cell: Cell) -> None:
        formats = self._formats
        if isinstance(cell, Link):
            sheet.write_url(line, at, cell.address, formats["link"], string=printable(cell.text))
        elif isinstance(cell, Marked):
            sheet.write_string(line, at, printable(cell.text), formats[cell.colour])
        elif isinstance(cell, date):
            sheet.write_datetime(line, at, datetime.combine(cell, time()), formats["day"])
        elif isinstance(cell, int):
            sheet.write_number(line, at, cell, formats["text"])
        elif cell:
            sheet.write_string(line, at, printable(cell), formats["text"])

    def content(self) -> bytes:
        """Return the workbook."""
        self._book.close()
        return self._target.getvalue()


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> float:
    """Return how high a row must be to show its texts; not every program finds it out by itself."""
    texts = (cell.text if isinstance(cell, Link | Marked) else str(cell or "") for cell in cells)
    lines = (
        sum(max(1, math.ceil(1.1 * len(line) / width)) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=False)
    )
    return min(_HIGHEST, _LINE * max(lines, default=1))


def _short(text: str) -> str:
    """Return what of a text has room in a title; tables have the whole."""
    shown = one_line(text)
    return shown if len(shown) <= _TITLE else shown[: _TITLE - 1] + "…"


def _split(row: Sequence[Cell]) -> Iterator[tuple[Cell, ...]]:
    """Yield the row, and below it what of its texts is too long for one cell."""
    pieces = [_pieces(cell) for cell in row]
    yield from zip_longest(*pieces)


def _pieces(cell: Cell) -> list[Cell]:
    if not isinstance(cell, str) or len(cell) <= _LONGEST:
        return [cell]
    return [cell[at : at + _LONGEST] for at in range(0, len(cell), _LONGEST)]
