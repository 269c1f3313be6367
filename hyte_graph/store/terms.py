"""Between the terms of Oxigraph, which reads and queries, and of rdflib, which models."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pyoxigraph
import rdflib
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from hyte_graph.vocabulary import HYTE as _HYTE

rdflib.NORMALIZE_LITERALS = False  # a report must show what the file says


def node_of(term: object) -> Node:
    """Return the rdflib term of an Oxigraph term."""
    if isinstance(term, pyoxigraph.NamedNode):
        return address(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        plain = datatype == "http://www.w3.org/2001/XMLSchema#string"
        return Literal(term.value, datatype=None if plain else address(datatype), normalize=False)
    raise TypeError(f"no RDF 1.1 term: {term!r}")


@lru_cache(maxsize=8192)
def address(value: str) -> URIRef:
    """Return the one object for an address; rdflib checks every character of a new one."""
    return URIRef(value)


class _Own(Namespace):
    """A namespace that gives one object for a name: what is asked a thousand times is made once."""

    def __getattr__(self, name: str) -> URIRef:
        if name.startswith("__"):
            raise AttributeError(name)
        self.__dict__[name] = found = address(str.__add__(self, name))
        return found

    def __getitem__(self, name: str) -> URIRef:  # type: ignore[override]
        return address(str.__add__(self, name))


HYTE = _Own(_HYTE)
"""The namespace of the project's own classes and properties."""


def term_of(node: Node) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal:
    """Return the Oxigraph term of an rdflib term."""
    if isinstance(node, URIRef):
        return pyoxigraph.NamedNode(str(node))
    if isinstance(node, BNode):
        return pyoxigraph.BlankNode(str(node))
    if isinstance(node, Literal):
        if node.language:
            return pyoxigraph.Literal(str(node), language=node.language)
        datatype = pyoxigraph.NamedNode(str(node.datatype)) if node.datatype else None
        return pyoxigraph.Literal(str(node), datatype=datatype)
    raise TypeError(f"no RDF 1.1 term: {node!r}")


def graph_of(quads: Iterable[pyoxigraph.Quad | pyoxigraph.Triple]) -> Graph:
    """Return an rdflib graph of Oxigraph quads; the names of graphs are dropped."""
    return graph_with((node_of(quad.subject), node_of(quad.predicate), node_of(quad.object)) for quad in quads)


def graph_with(triples: Iterable[tuple[Node, Node, Node]]) -> Graph:
    """Return an rdflib graph of triples."""
    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add(triple)
    return graph


def triples_of(graph: Graph) -> list[pyoxigraph.Triple]:
    """Return the triples of an rdflib graph for Oxigraph, with every literal as it is written."""
    text = graph.serialize(format="nt", encoding="utf-8")
    return [quad.triple for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES)]
