"""Property paths on arrays (SHACL 2.3.1): from nodes to pairs of start and end."""

from __future__ import annotations

import numpy as np

from hyte_graph.compliance.engines.compiled.paths import Alternative, Inverse, Path, Repeat, Sequence, Step, turned
from hyte_graph.compliance.engines.vectors.joining import distinct, joined, keys_of, pairs_of, unique, within
from hyte_graph.compliance.engines.vectors.table import Pairs, Table
from hyte_graph.compliance.engines.vectors.terms import Numbers


def reach(path: Path, nodes: Numbers, data: Table) -> Pairs:
    """Return the pairs of a node and what it reaches, sorted, each once; `nodes` are sorted, each once."""
    if isinstance(path, Step):
        number = data.terms.number(path.predicate)
        pairs = data.backward(number) if path.inverse else data.forward(number)
        return within(pairs, nodes, data.marks(nodes))
    if isinstance(path, Sequence):
        found = reach(path.parts[0], nodes, data)
        for part in path.parts[1:]:
            found = joined(found, reach(part, unique(found[1]), data))
        return found
    if isinstance(path, Alternative):
        every = [reach(part, nodes, data) for part in path.parts]
        return distinct(np.concatenate([pairs[0] for pairs in every]), np.concatenate([pairs[1] for pairs in every]))
    if isinstance(path, Inverse):
        return reach(turned(path.part), nodes, data)
    return _repeated(path, nodes, data)


def _repeated(path: Repeat, nodes: Numbers, data: Table) -> Pairs:
    """Return the pairs that a path reaches by going on from where it came to."""
    step = reach(path.part, nodes, data)
    none = keys_of(nodes, nodes) if path.sign in "*?" else keys_of(nodes[:0], nodes[:0])
    known = unique(np.concatenate([none, keys_of(*step)]))
    new = keys_of(*step)
    while path.sign != "?" and len(new):
        frontier = pairs_of(new)
        onward = joined(frontier, reach(path.part, unique(frontier[1]), data))
        new = np.setdiff1d(keys_of(*onward), known, assume_unique=True)
        known = unique(np.concatenate([known, new]))
    return pairs_of(known)
