"""One run of the editor: the query, what came of it, and where in the text a fault is."""

from __future__ import annotations

from dataclasses import dataclass, field

from hyte_graph.errors import HyteError
from hyte_graph.languages import Text
from hyte_graph.store.answers import Rows, unpacked
from hyte_graph.store.clauses import form_of
from hyte_web.questions.asking import as_rows
from hyte_web.sparql.formats import Form, forms_of
from hyte_web.sparql.problems import cause, place
from hyte_web.sparql.service import service


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and the line of the query where the engine noticed."""

    message: Text
    status: int
    line: int = 0
    column: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """A query with its answer or its fault; neither where it was not run."""

    query: str
    forms: tuple[Form, ...] = ()
    rows: Rows | None = None
    fault: Fault | None = None
    lines: int = field(default=12)


def tried(query: str, *, is_run: bool) -> Trial:
    """Return what comes of a query."""
    lines = min(max(query.count("\n") + 2, 12), 30)
    forms = forms_of(form_of(query)) if query.strip() else ()
    if not is_run or not query.strip():
        return Trial(query, forms, lines=lines)
    try:
        told = service().written(query)
        return Trial(query, forms, as_rows(unpacked(told.body, is_graph=told.head["is_graph"])), lines=lines)
    except HyteError as error:
        return Trial(query, forms, fault=_fault(query, error), lines=lines)


def _fault(query: str, error: HyteError) -> Fault:
    where = place(error.message)
    lines = query.splitlines()
    if where is None or not 0 < where[0] <= len(lines):
        return Fault(error.message, cause(error)[0])
    return Fault(error.message, cause(error)[0], *where, lines[where[0] - 1].strip())
