"""Rows for people: a table on the terminal, and a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pyoxigraph import Literal

from hyte_graph.messages import say
from hyte_graph.store.answers import Rows, Term, Truth, shown
from hyte_graph.vocabulary import FOREIGN

_NUMBERS = {FOREIGN["xsd"] + name for name in ("integer", "nonNegativeInteger", "int")}
_WIDEST = 60  # characters of a column of the workbook


def written_table(answer: Rows | Truth, language: str) -> str:
    """Return rows as a table with aligned columns, and how many there are; or yes or no."""
    if isinstance(answer, Truth):
        return say("answer-yes" if answer else "answer-no").within(language) + "\n"
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in answer.variables:
        table.add_column(name, overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(shown(term)) for term in row))
    target = io.StringIO()
    console = Console(file=target, width=None if _is_terminal() else 10_000, color_system=None)
    console.print(table)
    count = say("answer-rows", count=len(answer)).within(language)
    return "\n".join(line.rstrip() for line in [*target.getvalue().splitlines(), "", count]) + "\n"


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
                    sheet.write_string(line, at, shown(term))
        if answer.rows:
            sheet.autofilter(0, 0, len(answer.rows), len(answer.variables) - 1)
        book.set_calc_mode("manual")
    return target.getvalue()


def _is_number(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.datatype.value in _NUMBERS and term.value.lstrip("+-").isdigit()


def _is_terminal() -> bool:
    import sys

    return sys.stdout.isatty()


def _widths(answer: Rows) -> Iterator[int]:
    for at, name in enumerate(answer.variables):
        longest = max((len(shown(row[at])) for row in answer.rows), default=0)
        yield min(_WIDEST, max(len(name), longest) + 2)
