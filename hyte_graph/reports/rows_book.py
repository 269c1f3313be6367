"""Rows of a query as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pyoxigraph import Literal

from hyte_graph.errors import LimitError
from hyte_graph.intake.places import column_letters
from hyte_graph.messages import say
from hyte_graph.store.answers import Rows, Term, shown
from hyte_graph.vocabulary import FOREIGN

_NUMBERS = {FOREIGN["xsd"] + name for name in ("integer", "nonNegativeInteger", "int")}
_WIDEST = 60  # characters of a column
_LONGEST = 32_767  # characters of a cell, in what every spreadsheet program counts
_EXACT = 15  # digits


def workbook(answer: Rows) -> bytes:
    """Return rows as a workbook: every cell is text or a number, nothing is a formula, addresses are links."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("hyte")
        sheet.freeze_panes(1, 0)
        for at, (name, width) in enumerate(zip(answer.variables, _widths(answer), strict=True)):
            sheet.write_string(0, at, name, bold)
            sheet.set_column(at, at, width, wrapped)
        for line, row in enumerate(answer.rows, 1):
            for at, term in enumerate(row):
                if _is_number(term):
                    sheet.write_number(line, at, float(shown(term)))
                elif term is not None:
                    write_text(sheet, line, at, shown(term))
        if answer.rows:
            sheet.autofilter(0, 0, len(answer.rows), len(answer.variables) - 1)
        book.set_calc_mode("manual")
    return target.getvalue()


def _is_number(term: Term | None) -> bool:
    """Return whether a term is a number that a cell, which holds floats, can hold as it is."""
    if not isinstance(term, Literal) or term.datatype.value not in _NUMBERS:
        return False
    return len(term.value) <= _EXACT and str(term.value).lstrip("+-").isdecimal()


def write_text(sheet: Any, line: int, column: int, text: str) -> None:
    """Write a text into a cell of a workbook as text.

    Raises:
        LimitError: no cell can hold it; it would be cut without a word.
    """
    if len(text) > _LONGEST:
        raise LimitError(say("cell-too-long", line=line + 1, column=column_letters(column + 1), limit=_LONGEST))
    sheet.write_string(line, column, text)


def _widths(answer: Rows) -> Iterator[int]:
    for at, name in enumerate(answer.variables):
        longest = max((len(shown(row[at])) for row in answer.rows), default=0)
        yield min(_WIDEST, max(len(name), longest) + 2)
