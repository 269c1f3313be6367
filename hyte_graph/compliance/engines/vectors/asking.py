"""Constraints in SPARQL on arrays: rows are columns of numbers, and EXISTS is one join for all rows together.

Only what is plain is answered: triples, paths of single steps, OPTIONAL, comparisons, BOUND, and EXISTS or NOT EXISTS
over these. For anything else nothing comes back, and the query goes to the next rung. A row keeps its number while it
goes on into an inner group: it has passed EXISTS if its number comes out again.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hyte_graph.compliance.engines.compiled.constraints.base import Constraint
from hyte_graph.compliance.engines.compiled.constraints.sparql import Selected
from hyte_graph.compliance.engines.compiled.sparql.groups import Element, Group, read_select
from hyte_graph.compliance.engines.vectors.filters import OutOfReachError, passes
from hyte_graph.compliance.engines.vectors.patterns import Names, Pattern, patterns
from hyte_graph.compliance.engines.vectors.rows import Rows, joined_with
from hyte_graph.compliance.engines.vectors.table import Table
from hyte_graph.compliance.engines.vectors.terms import Numbers
from hyte_graph.compliance.engines.vectors.violations import Hits
from hyte_graph.errors import UndecidedError
from hyte_graph.messages import say

_ROW = "#"  # no variable is called so
_GROUPS = ("triples", "filter")


def asked(constraint: Constraint, focus: Numbers, data: Table) -> list[Hits] | None:
    """Return the violations by a query; None where it has no form on arrays.

    Raises:
        UndecidedError: SHACL forbids the query.
    """
    if not isinstance(constraint, Selected):
        return None
    query = constraint.query
    if query.refusal:
        raise UndecidedError(say("query-forbidden", what=query.refusal))
    select = read_select(query.words)
    if query.sets is None or select is None or constraint.parameters or {"failure", "path"} & set(query.sets.projected):
        return None
    try:
        found = _solved(select.group, Rows({"this": focus}, frozenset()), Names.of(query.prefixes, data), data)
        return [_hits(found, query.sets.projected)]
    except OutOfReachError:
        return None


def _hits(rows: Rows, projected: Sequence[str]) -> Hits:
    """Return the distinct rows of what is projected."""
    nobody = np.full(len(rows), -1, np.int32)
    names = ["this", *(name for name in projected if name != "this")]
    told = [rows.columns.get(name, nobody) for name in names]
    order = np.lexsort(told[::-1])
    is_new = np.zeros(len(order), np.bool_)
    is_new[:1] = True
    for column in told:
        is_new[1:] |= column[order[1:]] != column[order[:-1]]
    by_name = {name: column[order[is_new]] for name, column in zip(names, told, strict=True)}
    values = by_name.get("value", nobody[order[is_new]])
    return Hits(by_name["this"], values, None, tuple(by_name.items()))


def _solved(group: Group, rows: Rows, names: Names, data: Table) -> Rows:
    """Return the rows that a group gives: first what binds, in its order, then what is asked of the whole rows."""
    waiting: list[Pattern] = []
    for element in group.elements:
        if element.kind == "triples":
            waiting += patterns(element.words, names)
        elif element.kind == "optional":
            rows, waiting = _all(waiting, rows, data), []
            rows = _optional(element.groups[0], rows, names, data)
        elif element.kind not in ("filter", "exists", "absent"):
            raise OutOfReachError
    rows = _all(waiting, rows, data)
    for element in group.elements:
        if element.kind == "filter":
            rows = rows.where(passes(element.words[1:], rows, names, data))
    for element in group.elements:
        if element.kind in ("exists", "absent"):
            rows = _checked(element, rows, names, data)
    return rows


def _all(waiting: Sequence[Pattern], rows: Rows, data: Table) -> Rows:
    """Return the rows joined with patterns, those first that share most with what is bound."""
    left = list(waiting)
    while left:
        best = max(left, key=lambda one: one.shared(rows.columns))
        left.remove(best)
        rows = joined_with(rows, best, data)
    return rows


def _inner(group: Group, rows: Rows, names: Names, data: Table) -> Rows:
    """Return the rows that go on into an inner group, with their numbers."""
    if not group.only(*_GROUPS) or group.variables & rows.maybe:
        raise OutOfReachError
    numbered = Rows({**rows.columns, _ROW: np.arange(len(rows), dtype=np.int32)}, rows.maybe)
    return _solved(group, numbered, names, data)


def _checked(element: Element, rows: Rows, names: Names, data: Table) -> Rows:
    passed = np.zeros(len(rows), np.bool_)
    shared = [name for name in rows.columns if name in element.variables]
    distinct = rows.only(shared)
    through = np.zeros(len(distinct[0]), np.bool_)
    through[_inner(element.groups[0], distinct[0], names, data).columns[_ROW]] = True
    passed = through[distinct[1]]
    return rows.where(passed if element.kind == "exists" else ~passed)


def _optional(group: Group, rows: Rows, names: Names, data: Table) -> Rows:
    """Return the rows with what an optional group adds; those that it says nothing of have -1 there."""
    found = _inner(group, rows, names, data)
    new = {name for name in found.columns if name not in rows.columns and name != _ROW}
    alone = np.ones(len(rows), np.bool_)
    alone[found.columns[_ROW]] = False
    nobody = np.full(int(alone.sum()), -1, np.int32)
    columns = {
        name: np.concatenate([found.columns[name], nobody if name in new else rows.columns[name][alone]])
        for name in (*rows.columns, *new)
    }
    return Rows(columns, rows.maybe | new)
