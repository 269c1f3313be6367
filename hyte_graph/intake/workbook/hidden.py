"""The two hidden sheets: the codes behind the drop-downs, and what the workbook is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hyte_graph.intake.workbook.book import Book
from hyte_graph.intake.workbook.layout import CODES, META, TEMPLATE_VERSION


def write_codes(book: Book) -> None:
    """Write each list of codes into a column of its own, and name the range."""
    from xlsxwriter.utility import xl_range_abs

    page = book.made.add_worksheet(CODES)
    for at, (name, entries) in enumerate(book.lists.items()):
        page.write_string(0, at, name)
        for row, entry in enumerate(entries, 1):
            page.write_string(row, at, entry)
        book.made.define_name(name, f"={CODES}!{xl_range_abs(1, at, len(entries), at)}")
    page.hide()


def write_meta(book: Book, actor: str, on: date | None, versions: Sequence[tuple[str, str]]) -> None:
    """Write the version of the template, what it was made for, with which versions, and the title of each sheet."""
    page = book.made.add_worksheet(META)
    rows = [
        ("template-version", TEMPLATE_VERSION),
        ("actor", actor),
        ("day", on.isoformat() if on else ""),
        ("language", book.language),
        *versions,
        *((f"sheet {part}", title) for part, title in book.titles.items()),
    ]
    for at, row in enumerate(rows):
        page.write_row(at, 0, row)
    page.hide()
