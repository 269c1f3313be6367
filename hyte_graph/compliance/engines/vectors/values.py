"""Literals by their values, for whole arrays: each term is looked at once."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from hyte_graph.compliance.engines.compiled.literals import compare, value_of
from hyte_graph.compliance.engines.vectors.table import Mask, Table
from hyte_graph.compliance.engines.vectors.terms import Numbers


@dataclass(frozen=True, slots=True)
class Ranked:
    """What kind of value each node has, -1 for none, and its rank among the values of its kind."""

    kinds: NDArray[np.int32]
    ranks: NDArray[np.int64]


def ranked(data: Table, *columns: Numbers) -> tuple[Ranked, ...] | None:
    """Return kinds and ranks of the nodes of columns; None where numbers of two sorts are mixed."""
    nodes, places = np.unique(np.concatenate(columns), return_inverse=True)
    values = list(map(value_of, data.terms.several(nodes)))
    sorts = {isinstance(value.value, float) for value in values if value and value.kind == "number"}
    if len(sorts) > 1:
        return None
    orders: dict[str, dict[object, int]] = {}
    for kind in {value.kind for value in values if value}:
        distinct: set[Decimal | float | str | bool] = {value.value for value in values if value and value.kind == kind}
        orders[kind] = {value: at for at, value in enumerate(sorted(distinct))}
    names = {kind: at for at, kind in enumerate(orders)}
    kinds = np.array([names[value.kind] if value else -1 for value in values], np.int32)[places]
    ranks = np.array([orders[value.kind][value.value] if value else 0 for value in values], np.int64)[places]
    ends = np.cumsum([len(column) for column in columns])[:-1]
    return tuple(Ranked(*both) for both in zip(np.split(kinds, ends), np.split(ranks, ends), strict=True))


def compares(data: Table, lefts: Numbers, rights: Numbers, signs: tuple[int, ...]) -> Mask:
    """Return where two literals compare in one of the ways; those that cannot be compared do not."""
    found = ranked(data, lefts, rights)
    if found is None:
        pairs = zip(lefts.tolist(), rights.tolist(), strict=True)
        return np.array([compare(data.terms[one], data.terms[other]) in signs for one, other in pairs], np.bool_)
    left, right = found
    kept: Mask = (left.kinds >= 0) & (left.kinds == right.kinds) & np.isin(np.sign(left.ranks - right.ranks), signs)
    return kept
