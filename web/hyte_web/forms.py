"""The forms in which the site hands out what its pages show, and tables as bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

import xlsxwriter

from hyte_graph.reports.csv_report import guarded
from hyte_graph.reports.rows_book import write_text
from hyte_graph.store.rdf import FORMATS

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"


class Form(Protocol):
    """A form: its name, the suffix of its addresses and its media type."""

    @property
    def name(self) -> str: ...

    @property
    def suffix(self) -> str: ...

    @property
    def media_type(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Plain:
    """A form that is no RDF."""

    name: str
    suffix: str
    media_type: str


JSON: Final = Plain("JSON", "json", "application/json")
CSV: Final = Plain("CSV", "csv", "text/csv")
XLSX: Final = Plain("XLSX", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

_EPOCH = datetime(2023, 1, 1)  # workbooks name a day of making; one and the same gives the same bytes

OF_THINGS: Final[tuple[Form, ...]] = (*FORMATS, JSON)
OF_LISTS: Final[tuple[Form, ...]] = (CSV, XLSX, JSON, *FORMATS)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a name and headings."""

    name: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[str]]


def as_json(value: Any) -> bytes:
    """Return a value as JSON; the same value gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def as_csv(table: Table) -> bytes:
    """Return a table as CSV (RFC 4180) with a byte order mark for Excel; no cell can be run as a formula."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(table.headings)
    writer.writerows([guarded(cell) for cell in row] for row in table.rows)
    return target.getvalue().encode("utf-8-sig")


def as_workbook(table: Table) -> bytes:
    """Return a table as a workbook whose cells are text; the same table gives the same bytes."""
    target = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, safe) as book:
        book.set_properties({"title": table.name, "created": _EPOCH})
        sheet = book.add_worksheet()
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(table.headings) - 1, 30, wrapped)
        sheet.write_row(0, 0, table.headings, bold)
        for place, row in enumerate(table.rows, 1):
            for column, cell in enumerate(row):
                write_text(sheet, place, column, cell)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.headings) - 1)
    return target.getvalue()
