"""One thing that is wrong in the ontology or the rules."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import BNode, Graph
from rdflib.term import Node

from hyte_graph.vocabulary import PREFIXES


@dataclass(frozen=True, slots=True, order=True)
class QualityFault:
    """What is wrong, in English for those who build the graph, and where: a prefixed name, or a file."""

    what: str
    where: str


def short(address: object) -> str:
    """Return an IRI as a prefixed name of the project where it has one, else as it is."""
    text = str(address)
    for prefix, base in PREFIXES.items():
        if text.startswith(base) and "/" not in text[len(base) :]:
            return f"{prefix}:{text[len(base) :]}"
    return text


def place(graph: Graph, node: Node) -> str:
    """Return the short name of a node, or of the first named node above a blank one."""
    above: Node | None = node
    while isinstance(above, BNode):
        node, above = above, next(graph.subjects(None, above), None)
    return short(node if above is None else above)
