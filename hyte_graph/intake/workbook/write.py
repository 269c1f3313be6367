"""A description written as a workbook: visible sheets for people, hidden ones for machines, nothing ever a formula."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hyte_graph.errors import FilingError
from hyte_graph.intake.workbook import csv_tables
from hyte_graph.intake.workbook.book import Book
from hyte_graph.intake.workbook.guide import write_guide
from hyte_graph.intake.workbook.hidden import write_codes, write_meta
from hyte_graph.intake.workbook.layout import ORGANISATION, sheets
from hyte_graph.intake.workbook.recorded import Recorded
from hyte_graph.intake.workbook.sheet import write_organisation, write_part
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.store.knowledge import Knowledge

_EPOCH = datetime.datetime(1980, 1, 1)  # the time of making would make two runs differ


@dataclass(frozen=True, slots=True)
class About:
    """What a workbook is about; `versions` go to its hidden sheet, and there is no day where none was asked for."""

    title: Text
    actor: str
    language: str
    on: datetime.date | None = None
    versions: Sequence[tuple[str, str]] = ()
    prepared: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)  # rows to fill in, by part


def write_workbook(value: Mapping[str, Any], about: About, knowledge: Knowledge, name: str, suffix: str) -> bytes:
    """Return a workbook that holds a description.

    Args:
        value: a sound tree (see `check.faults`).
        about: actor, day, language, and the rows to be filled in.
        knowledge: the labels and norms.
        name: what the description is called in errors.
        suffix: ".xlsx", ".ods", or ".zip" for an archive with a CSV file for each sheet.

    Raises:
        FilingError: a text that no cell can hold.
    """
    target = io.BytesIO()
    with _maker(target, suffix) as made:
        title = about.title.within(about.language)
        made.set_properties(
            {"title": title, "created": _EPOCH, "comments": say("workbook-name").within(about.language)}
        )
        made.set_custom_property("Language", about.language)
        book = Book(made, knowledge, about.language, suffix)
        _write(book, value, about)
    if book.too_long:
        raise FilingError(*(say("workbook-text-long", name=name, cell=cell) for cell in book.too_long))
    return target.getvalue()


def _maker(target: io.BytesIO, suffix: str) -> Any:
    """Return what takes in the sheets and writes them in a format when it is left."""
    if suffix == ".ods":
        from hyte_graph.intake.workbook.ods import render

        return Recorded(target, render)
    if suffix == ".zip":
        return Recorded(target, csv_tables.render)
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(target, options)


def _write(book: Book, value: Mapping[str, Any], about: About) -> None:
    write_guide(book, about.title, about.on)
    write_organisation(book, value)
    for sheet in sheets():
        if sheet.name != ORGANISATION:
            write_part(book, sheet, value, about.prepared.get(sheet.name, ()))
    write_codes(book)
    write_meta(book, about.actor, about.on, about.versions)
