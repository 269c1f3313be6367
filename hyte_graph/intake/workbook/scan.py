"""The cells of a sheet as its XML tells them: how far they reach, and which are more or less than a value in sight."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hyte_graph.errors import FilingError
from hyte_graph.intake.places import column_letters
from hyte_graph.messages import say

ROWS, COLUMNS, CELLS = 10_000, 200, 500_000
_CELL = re.compile(r"([A-Z]{1,7})([0-9]{1,9})")
_OPEN = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}"
_TABLE, _STYLE, _OFFICE = (_OPEN.format(name) for name in ("table", "style", "office"))
_TRUE = ("1", "true")
OWN_AUTHOR = "HYTE Graph"  # of the comments that a check writes into cells

Spot = tuple[int, int]  # row and column, counted from 1; a 0 stands for all of them
Spots = Mapping[str, frozenset[Spot]]  # by sheet


@dataclass(frozen=True, slots=True)
class Looked:
    """The cells that hold a formula, are merged, show an error of calculation, have a comment, or are hidden."""

    formulas: Spots = field(default_factory=dict)
    merged: Spots = field(default_factory=dict)
    errors: Spots = field(default_factory=dict)
    comments: Spots = field(default_factory=dict)
    hidden: Spots = field(default_factory=dict)
    epoch: Spots = field(default_factory=dict)  # of the whole workbook, where its days count from 1904


def gathered(scans: Iterable[Scan]) -> Looked:
    """Return what several passes found together."""
    found: dict[str, dict[str, frozenset[Spot]]] = {}
    for scan in scans:
        for kind, sheets in scan.found.items():
            for sheet, spots in sheets.items():
                held = found.setdefault(kind, {})
                held[sheet] = held.get(sheet, frozenset()) | spots
    return Looked(**found)


class Scan:
    """What one pass over the XML of a workbook found, by its kind and sheet."""

    def __init__(self, name: str) -> None:
        self.found: defaultdict[str, defaultdict[str, set[Spot]]] = defaultdict(lambda: defaultdict(set))
        self._name = name
        self._count = 0

    def _note(self, kind: str, sheet: str, *spots: Spot) -> None:
        self.found[kind][sheet].update(spots)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take in the start of an element."""

    def end(self, tag: str) -> None:
        """Take in the end of an element."""

    def text(self, data: str) -> None:
        """Take in text."""

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
            if attributes.get("hidden") in _TRUE and self._at[0] <= ROWS:
                self._note("hidden", self._sheet, self._at)
        elif local == "col" and attributes.get("hidden") in _TRUE:
            last = min(int(attributes["max"]), COLUMNS)
            self._note("hidden", self._sheet, *((0, at) for at in range(int(attributes["min"]), last + 1)))
        elif local == "c":
            self._at = position(attributes["r"]) if "r" in attributes else (self._at[0], self._at[1] + 1)
            self._reach(self._sheet, *self._at)
            if attributes.get("t") == "e":
                self._note("errors", self._sheet, self._at)
        elif local == "f":
            self._note("formulas", self._sheet, self._at)
        elif local == "mergeCell":
            self._note("merged", self._sheet, position(attributes["ref"].partition(":")[0]))


class ScanComments(Scan):
    """The comments of one sheet of an XLSX file, but for those that a check has written."""

    def __init__(self, name: str, sheet: str) -> None:
        super().__init__(name)
        self._sheet = sheet
        self._authors: list[str] = []
        self._is_author = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition("}")[2]
        if local == "author":
            self._authors.append("")
            self._is_author = True
        elif local == "comment" and self._authors[int(attributes["authorId"])] != OWN_AUTHOR:
            self._note("comments", self._sheet, position(attributes["ref"]))

    def end(self, tag: str) -> None:
        self._is_author &= not tag.endswith("}author")

    def text(self, data: str) -> None:
        if self._is_author:
            self._authors[-1] += data


class ScanOds(Scan):
    """All sheets of an ODS file (OpenDocument 1.3, part 3, 9.1); what is repeated without a value does not count."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._sheet = ""
        self._row, self._column, self._rows, self._columns = 0, 0, 1, 1
        self._is_full = False
        self._next_column = 1  # of the descriptions of columns
        self._style = ""
        self._unseen: set[str] = set()  # styles of tables that are not shown

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, local = tag.rpartition("}")
        if space + "}" != _TABLE:
            self._other(tag, local, attributes)
        elif local == "table":
            self._sheet, self._row, self._next_column = attributes[_TABLE + "name"], 0, 1
            if attributes.get(_TABLE + "style-name") in self._unseen:
                self._note("hidden", self._sheet, (0, 0))
        elif local == "table-column":
            self._take_column(attributes)
        elif local == "table-row":
            self._take_row(attributes)
        elif local in ("table-cell", "covered-table-cell"):
            self._cell(attributes)

    def _other(self, tag: str, local: str, attributes: dict[str, str]) -> None:
        self._is_full |= local == "p"
        if tag == _STYLE + "style":
            self._style = attributes.get(_STYLE + "name", "")
        elif local == "table-properties" and attributes.get(_TABLE + "display") == "false":
            self._unseen.add(self._style)
        elif tag == _OFFICE + "annotation":
            self._note("comments", self._sheet, (self._row + 1, self._column + 1))

    def _take_column(self, attributes: dict[str, str]) -> None:
        first = self._next_column
        self._next_column += int(attributes.get(_TABLE + "number-columns-repeated", 1))
        if attributes.get(_TABLE + "visibility", "visible") != "visible":
            last = min(self._next_column - 1, COLUMNS)
            self._note("hidden", self._sheet, *((0, at) for at in range(first, last + 1)))

    def _take_row(self, attributes: dict[str, str]) -> None:
        self._column, self._rows = 0, int(attributes.get(_TABLE + "number-rows-repeated", 1))
        if attributes.get(_TABLE + "visibility", "visible") != "visible":
            last = min(self._row + self._rows, ROWS)
            self._note("hidden", self._sheet, *((at, 0) for at in range(self._row + 1, last + 1)))

    def _cell(self, attributes: dict[str, str]) -> None:
        here = (self._row + 1, self._column + 1)
        self._columns, self._is_full = int(attributes.get(_TABLE + "number-columns-repeated", 1)), False
        if _TABLE + "formula" in attributes:
            self._note("formulas", self._sheet, here)
        spans = (attributes.get(_TABLE + f"number-{way}-spanned", "1") for way in ("columns", "rows"))
        if any(span != "1" for span in spans):
            self._note("merged", self._sheet, here)

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
