"""Where a value stands in the file that it came from: a line of text, or a cell of a sheet."""

from __future__ import annotations

from dataclasses import dataclass

from hyte_graph.errors import FilingError
from hyte_graph.languages import Text
from hyte_graph.messages import say

_LETTERS = 26


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line, or a cell where there is a sheet; all three numbers count from 1, and `sheet_at` is 0 for text."""

    sheet_at: int
    line: int
    column: int = 0
    sheet: str = ""

    def within(self, name: str) -> Text:
        """Return the file and the place as people say it: "a.yaml, line 4", or "a.xlsx, sheet Bodies, cell C4"."""
        if not self.sheet:
            return say("place-line", name=name, line=self.line)
        return say("place-cell", name=name, sheet=self.sheet, cell=self.cell)

    def spoken(self) -> Text:
        """Return where it stands within its file: "on line 4", or "in cell C4 of the sheet Bodies"."""
        if not self.sheet:
            return say("place-on-line", line=self.line)
        return say("place-in-cell", sheet=self.sheet, cell=self.cell)

    @property
    def cell(self) -> str:
        """Return the name of the cell, such as C4."""
        return f"{column_letters(self.column)}{self.line}"


def column_letters(column: int) -> str:
    """Return the name of a column of a sheet, counted from 1."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def line_of_text(line: int) -> Place:
    """Return the place of a line of a text file."""
    return Place(0, line)


class PlacedError(FilingError):
    """Faults of a description, each with its place; a place whose line is 0 is that of the whole file."""

    def __init__(self, *faults: tuple[Place, Text]) -> None:
        super().__init__(*(text for _, text in faults))
        self.faults = faults


WHOLE_FILE = Place(0, 0)
