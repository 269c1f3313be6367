"""RDF as canonical N-Quads (RDFC-1.0): one text for a graph, whatever wrote it."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph
from rdflib import BNode, Graph

import hyte_graph.store.terms  # noqa: F401  from here on, rdflib leaves the text of literals as it is
from hyte_graph.errors import FilingError
from hyte_graph.messages import say


def canonical(triples: Iterable[pyoxigraph.Triple]) -> bytes:
    """Return triples as canonical N-Quads, sorted by code point."""
    dataset = pyoxigraph.Dataset(pyoxigraph.Quad(*triple) for triple in triples)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad} .\n" for quad in dataset)).encode()


def check_named(graph: Graph, name: str) -> None:
    """Raise an error if a description has blank nodes: they have no name to be found by, and naming may take for ever.

    Raises:
        FilingError: it has.
    """
    if any(isinstance(node, BNode) for triple in graph for node in triple):
        raise FilingError(say("bundle-unnamed", name=name))
