"""What of a workbook people do not see, or the checker does not read: said, so that neither happens unnoticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hyte_graph.intake.places import Place, column_letters
from hyte_graph.intake.workbook.scan import Looked
from hyte_graph.intake.workbook.table import Table
from hyte_graph.languages import Text
from hyte_graph.messages import say

_SHOWN = 10  # cells, rows or columns that are named one by one


def notices(tables: Sequence[Table], looked: Looked, name: str) -> tuple[Text, ...]:
    """Return one sentence for each sheet with comments, and for hidden rows, columns and sheets that hold something."""
    epoch = (say("workbook-epoch", name=name),) if looked.epoch else ()
    return (*epoch, *(text for table in tables for text in _notices(table, looked, name)))


def _notices(table: Table, looked: Looked, name: str) -> Iterator[Text]:
    where = say("place-sheet", name=name, sheet=table.title)
    comments = sorted(looked.comments.get(table.title, ()))
    if comments:
        cells = _listed(Place(1, row, column, table.title).cell for row, column in comments)
        yield say("workbook-has-comments", where=where, cells=cells)
    hidden = looked.hidden.get(table.title, frozenset())
    filled = {(cell.place.line, cell.place.column) for record in table.records() for cell in record}
    if (0, 0) in hidden and filled:
        yield say("workbook-sheet-hidden", where=where)
    rows = sorted({row for row, _ in filled if (row, 0) in hidden})
    if rows:
        yield say("workbook-rows-hidden", where=where, rows=_listed(map(str, rows)))
    columns = sorted({column for _, column in filled if (0, column) in hidden})
    if columns:
        yield say("workbook-columns-hidden", where=where, columns=_listed(map(column_letters, columns)))


def _listed(words: Iterable[str]) -> str:
    told = list(words)
    return ", ".join(told[:_SHOWN]) + (", …" if len(told) > _SHOWN else "")
