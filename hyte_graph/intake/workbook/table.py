"""One sheet as records: each a mapping from machine key to the cells that stand under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hyte_graph.intake.places import Place
from hyte_graph.intake.workbook.cells import Raw
from hyte_graph.intake.workbook.layout import GUIDE, KEYS_LINE, ORGANISATION, RESULTS, sheets
from hyte_graph.languages import Text

Fault = tuple[Place, Text]
VALUES_COLUMN = 2  # of the sheet whose keys stand in a column, counted from 0
_KEYS_COLUMN = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something, with its machine key; the key is empty where the column has none."""

    key: str
    raw: Raw
    place: Place


@dataclass(frozen=True)
class Table:
    """A sheet by its title; `at` is its place among the sheets."""

    name: str  # of the file
    at: int
    title: str
    rows: list[list[Raw]]

    def place(self, row: int, column: int) -> Place:
        """Return the place of a cell, counted from 1."""
        return Place(self.at, row, column, self.title)

    @cached_property
    def keys(self) -> dict[int, str]:
        """Return the machine key of each column, counted from 0."""
        line = self.rows[KEYS_LINE - 1] if len(self.rows) >= KEYS_LINE else []
        return {at: value.strip() for at, value in enumerate(line) if isinstance(value, str) and value.strip()}

    @cached_property
    def part(self) -> str:
        """Return the part of the form that the sheet holds, or "" if it holds none."""
        if any(str(row[0]).startswith(f"{ORGANISATION}.") for row in self.rows if row):
            return ORGANISATION
        if {GUIDE, RESULTS} & set(self.keys.values()):
            return GUIDE
        starts = [key.rpartition(".")[0] for key in self.keys.values()]
        return next((start for start in starts if start in {sheet.name for sheet in sheets()}), "")

    def records(self) -> Iterator[list[Cell]]:
        """Yield the filled cells of each record: a row, or the whole sheet of the organisation."""
        if self.part == ORGANISATION:
            yield [cell for row, values in enumerate(self.rows, 1) for cell in self._across(row, values)]
            return
        for row, values in enumerate(self.rows[KEYS_LINE:], KEYS_LINE + 1):
            cells = [
                Cell(self.keys.get(at, ""), raw, self.place(row, at + 1)) for at, raw in enumerate(values) if raw != ""
            ]
            if cells:
                yield cells

    def _across(self, row: int, values: list[Raw]) -> Iterator[Cell]:
        """Yield the value of a line of the organisation, and whatever stands behind it."""
        key = str(values[_KEYS_COLUMN]) if values else ""  # an empty line of CSV has no cell at all
        for at, raw in enumerate(values[VALUES_COLUMN:], VALUES_COLUMN):
            if raw != "" and row > 1:
                yield Cell(key if at == VALUES_COLUMN else "", raw, self.place(row, at + 1))
