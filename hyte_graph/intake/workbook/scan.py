"""The cells of a sheet as its XML tells them: how far they reach, which hold formulas or errors, which are merged."""

from __future__ import annotations

import re
from collections import defaultdict

from hyte_graph.errors import FilingError
from hyte_graph.intake.places import column_letters
from hyte_graph.messages import say

ROWS, COLUMNS, CELLS = 10_000, 200, 500_000
_CELL = re.compile(r"([A-Z]{1,7})([0-9]{1,9})")
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


class Scan:
    """What one pass over the XML of a workbook found; rows and columns count from 1."""

    def __init__(self, name: str) -> None:
        self.formulas: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
        self.merged: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
        self.errors: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
        self._name = name
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in the start of an element."""

    def end(self, tag: str) -> None:
        """Take in the end of an element."""

    def _reach(self, sheet: str, row: int, column: int) -> None:
        self._count += 1
        if row > ROWS or column > COLUMNS or self._count > CELLS:
            cell = f"{column_letters(column)}{row}"
            where = say("place-cell", name=self._name, sheet=sheet, cell=cell)
            raise FilingError(say("workbook-huge", where=where, rows=ROWS, columns=COLUMNS))


class ScanXlsx(Scan):
    """One sheet of an XLSX file (ECMA-376, part 1, 18.3)."""

    def __init__(self, name: str, sheet: str) -> None:
        super().__init__(name)
        self._sheet = sheet
        self._at = (0, 0)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition("}")[2]
        if local == "row":
            self._at = (int(attributes.get("r", self._at[0] + 1)), 0)
        elif local == "c":
            self._at = position(attributes["r"]) if "r" in attributes else (self._at[0], self._at[1] + 1)
            self._reach(self._sheet, *self._at)
            if attributes.get("t") == "e":
                self.errors[self._sheet].add(self._at)
        elif local == "f":
            self.formulas[self._sheet].add(self._at)
        elif local == "mergeCell":
            self.merged[self._sheet].add(position(attributes["ref"].partition(":")[0]))


class ScanOds(Scan):
    """All sheets of an ODS file (OpenDocument 1.3, part 3, 9.1); what is repeated without a value does not count."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._sheet = ""
        self._row, self._column, self._rows, self._columns = 0, 0, 1, 1
        self._is_full = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, local = tag.rpartition("}")
        if space + "}" != _TABLE:
            self._is_full |= local == "p"
        elif local == "table":
            self._sheet, self._row = attributes[_TABLE + "name"], 0
        elif local == "table-row":
            self._column, self._rows = 0, int(attributes.get(_TABLE + "number-rows-repeated", 1))
        elif local in ("table-cell", "covered-table-cell"):
            self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        here = (self._row + 1, self._column + 1)
        self._columns, self._is_full = int(attributes.get(_TABLE + "number-columns-repeated", 1)), False
        if _TABLE + "formula" in attributes:
            self.formulas[self._sheet].add(here)
        spans = (attributes.get(_TABLE + f"number-{way}-spanned", "1") for way in ("columns", "rows"))
        if any(span != "1" for span in spans):
            self.merged[self._sheet].add(here)

    def end(self, tag: str) -> None:
        if tag == _TABLE + "table-row":
            self._row += self._rows
        elif tag in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self._column += self._columns
            if self._is_full:
                self._reach(self._sheet, self._row + self._rows, self._column)
            self._is_full = False


def position(cell: str) -> tuple[int, int]:
    """Return the row and column of a cell such as "C4", counted from 1."""
    match = _CELL.fullmatch(cell.replace("$", ""))
    if match is None:
        return (ROWS + 1, COLUMNS + 1)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return (int(match[2]), column)
