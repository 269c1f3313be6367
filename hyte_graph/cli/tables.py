"""Rows for people: a table on the terminal."""

from __future__ import annotations

import io

from hyte_graph.messages import say
from hyte_graph.store.answers import Rows, Truth, shown


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


def _is_terminal() -> bool:
    import sys

    return sys.stdout.isatty()
