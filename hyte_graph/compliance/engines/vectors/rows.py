"""Solutions of a query as columns of numbers, and their join with a pattern."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hyte_graph.compliance.engines.vectors.joining import keys_of, matches
from hyte_graph.compliance.engines.vectors.patterns import Pattern
from hyte_graph.compliance.engines.vectors.table import Mask, Table
from hyte_graph.compliance.engines.vectors.terms import Numbers


@dataclass(frozen=True)
class Rows:
    """The values of each variable by row; those of a variable in `maybe` may be -1, for none."""

    columns: Mapping[str, Numbers]
    maybe: frozenset[str]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def where(self, kept: Mask) -> Rows:
        """Return some of the rows."""
        return self if kept.all() else self.at(np.flatnonzero(kept), {})

    def at(self, places: NDArray[np.intp], more: Mapping[str, Numbers]) -> Rows:
        """Return the rows at places, with further columns."""
        return Rows({**{name: column[places] for name, column in self.columns.items()}, **more}, self.maybe)

    def only(self, names: Sequence[str]) -> tuple[Rows, NDArray[np.intp]]:
        """Return the distinct rows of some variables, and which of them each row has."""
        if not names:
            return Rows({"": np.zeros(1, np.int32)}, frozenset()), np.zeros(len(self), np.intp)
        places = np.zeros(len(self), np.int64)
        for name in names:
            _, column = np.unique(self.columns[name], return_inverse=True)
            _, places = np.unique(places << 32 | column, return_inverse=True)
        _, first = np.unique(places, return_index=True)
        return Rows({name: self.columns[name][first] for name in names}, self.maybe & set(names)), places


def joined_with(rows: Rows, pattern: Pattern, data: Table) -> Rows:
    """Return the rows that a pattern goes on from, with what it binds."""
    subject, thing = pattern.subject, pattern.thing
    pairs = data.forward(pattern.predicate)
    if pattern.subject_is is not None:
        kept = pairs[0] == pattern.subject_is
        pairs = pairs[0][kept], pairs[1][kept]
    if pattern.thing_is is not None:
        places = np.searchsorted(data.backward(pattern.predicate)[0], [pattern.thing_is, pattern.thing_is + 1])
        subjects = data.backward(pattern.predicate)[1][places[0] : places[1]]
        kept = np.isin(subjects, pairs[0]) if pattern.subject_is is not None else np.ones(len(subjects), np.bool_)
        pairs = subjects[kept], np.full(int(kept.sum()), pattern.thing_is, np.int32)
    if subject and subject == thing:
        same = pairs[0] == pairs[1]
        pairs, thing = (pairs[0][same], pairs[1][same]), ""
    has_subject, has_thing = subject in rows.columns, thing in rows.columns
    if has_subject and has_thing:
        known = np.sort(keys_of(*pairs))
        return rows.where(_within(known, keys_of(rows.columns[subject], rows.columns[thing])))
    if has_subject or has_thing:
        here, name, new = (0, subject, thing) if has_subject else (1, thing, subject)
        keys, values = _by(pairs, here, data, pattern)
        if not new:
            return rows.where(_within(keys, rows.columns[name]))
        left, right = matches(keys, rows.columns[name])
        return rows.at(left, {new: values[right]})
    left = np.repeat(np.arange(len(rows)), len(pairs[0]))
    more = {name: np.tile(column, len(rows)) for name, column in ((subject, pairs[0]), (thing, pairs[1])) if name}
    return rows.at(left, more)


def _by(pairs: tuple[Numbers, Numbers], side: int, data: Table, pattern: Pattern) -> tuple[Numbers, Numbers]:
    """Return pairs sorted by one of their sides."""
    if side == 1 and pattern.is_free:
        return data.backward(pattern.predicate)
    keys, values = pairs[side], pairs[1 - side]
    if side == 0 and pattern.is_free:
        return keys, values
    order = np.argsort(keys, kind="stable")
    return keys[order], values[order]


def _within(keys: NDArray[np.int64] | Numbers, wanted: NDArray[np.int64] | Numbers) -> Mask:
    """Return which of the wanted are among sorted keys."""
    if not len(keys):
        return np.zeros(len(wanted), np.bool_)
    places = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: Mask = keys[places] == wanted
    return found
