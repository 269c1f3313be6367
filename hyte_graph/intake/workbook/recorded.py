"""A workbook that remembers what is written into it, so that other formats than XLSX get the same sheets.

The methods are those of xlsxwriter that the sheets are written with, under the same names: one way of drawing a sheet
serves all formats.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import IO, Any

from hyte_graph.intake.workbook.cells import Shown

Area = tuple[int, int, int, int]  # first row, first column, last row, last column, counted from 0
Style = int | None  # the number of a format


@dataclass(frozen=True, slots=True)
class Entry:
    """What one cell holds; `link` is an address, or a place in the workbook behind "internal:"."""

    value: Shown
    style: Style = None
    link: str = ""


@dataclass
class Page:
    """A sheet; rows and columns count from 0."""

    title: str
    cells: dict[tuple[int, int], Entry] = field(default_factory=dict)
    columns: dict[int, tuple[float | None, Style, bool]] = field(default_factory=dict)  # width, style, hidden
    rows: dict[int, tuple[float | None, bool]] = field(default_factory=dict)  # height in points, hidden
    checks: list[tuple[Area, Mapping[str, Any]]] = field(default_factory=list)
    frozen: tuple[int, int] = (0, 0)
    is_hidden: bool = False

    def get_name(self) -> str:
        return self.title

    def write_string(self, row: int, column: int, value: str, style: Style = None) -> None:
        self.cells[row, column] = Entry(value, style)

    def write_number(self, row: int, column: int, value: int, style: Style = None) -> None:
        self.cells[row, column] = Entry(value, style)

    def write_datetime(self, row: int, column: int, value: datetime.datetime, style: Style = None) -> None:
        self.cells[row, column] = Entry(value.date(), style)

    def write_url(self, row: int, column: int, address: str, style: Style, text: str) -> None:
        self.cells[row, column] = Entry(text, style, address)

    def write_row(self, row: int, column: int, values: Sequence[str]) -> None:
        for at, value in enumerate(values, column):
            self.write_string(row, at, value)

    def set_column(
        self, first: int, last: int, width: float | None, style: Style = None, options: Mapping[str, bool] | None = None
    ) -> None:
        for at in range(first, last + 1):
            self.columns[at] = (width, style, bool(options and options.get("hidden")))

    def set_row(
        self, row: int, height: float | None, _: Style = None, options: Mapping[str, bool] | None = None
    ) -> None:
        self.rows[row] = (height, bool(options and options.get("hidden")))

    def data_validation(self, *place: Any) -> None:
        first_row, first_column, last_row, last_column, options = place
        self.checks.append(((first_row, first_column, last_row, last_column), options))

    def freeze_panes(self, row: int, column: int) -> None:
        self.frozen = (row, column)

    def hide(self) -> None:
        self.is_hidden = True

    def leave(self, *_: object) -> None:
        """Take in how a sheet is printed, which only XLSX is told."""

    repeat_rows = repeat_columns = set_landscape = set_paper = fit_to_pages = set_footer = leave


class Recorded:
    """A workbook in the making; what it holds is rendered into the target when it is left without an error."""

    def __init__(self, target: IO[bytes], render: Callable[[Recorded], bytes]) -> None:
        self.pages: list[Page] = []
        self.formats: list[Mapping[str, object]] = []
        self.names: dict[str, str] = {}
        self.properties: dict[str, object] = {}
        self._target, self._render = target, render

    def __enter__(self) -> Recorded:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None:
            self._target.write(self._render(self))

    def add_worksheet(self, title: str) -> Page:
        self.pages.append(Page(title))
        return self.pages[-1]

    def add_format(self, values: Mapping[str, object]) -> int:
        self.formats.append(values)
        return len(self.formats) - 1

    def define_name(self, name: str, formula: str) -> None:
        self.names[name] = formula

    def set_properties(self, values: Mapping[str, object]) -> None:
        self.properties |= values

    def set_custom_property(self, name: str, value: str) -> None:
        self.properties[name] = value
