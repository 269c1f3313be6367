"""Several tables as one: the terms are numbered again, the columns put together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hyte_graph.compliance.engines.vectors.joining import keys_of, pairs_of, unique
from hyte_graph.compliance.engines.vectors.kinds import kinds_of
from hyte_graph.compliance.engines.vectors.table import Pairs, Table
from hyte_graph.compliance.engines.vectors.terms import Numbers, Terms
from hyte_graph.compliance.engines.vectors.words import numbered, packed, together


def merged(tables: Sequence[Table]) -> Table:
    """Return the triples of all tables, each once; equal blank nodes are the same."""
    words = together([table.terms.words for table in tables])
    ours, firsts = numbered(words)
    terms = packed(words.at(firsts))
    bounds = np.cumsum([len(table.terms.words) for table in tables])[:-1]
    found: dict[int, list[Pairs]] = {}
    for table, numbers in zip(tables, np.split(ours, bounds), strict=True):
        for name, pairs in table.columns.items():
            found.setdefault(int(numbers[name]), []).append(_renumbered(pairs, numbers))
    columns = {name: _one(every) for name, every in sorted(found.items())}
    return Table(Terms(terms), columns, kinds_of(terms))


def _renumbered(pairs: Pairs, numbers: Numbers) -> Pairs:
    return numbers[pairs[0]], numbers[pairs[1]]


def _one(every: Sequence[Pairs]) -> Pairs:
    subjects, things = (np.concatenate([pairs[side] for pairs in every]) for side in (0, 1))
    return pairs_of(unique(keys_of(subjects, things)))
