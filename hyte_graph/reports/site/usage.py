"""How much the graph and the rules use each class, property and code."""

from __future__ import annotations

from collections import Counter

from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.triples import Triples
from hyte_graph.vocabulary import BASE, FOREIGN

_TYPE = FOREIGN["rdf"] + "type"
_ORDERS_ONLY = (FOREIGN["skos"], FOREIGN["skosxl"], FOREIGN["rdfs"], FOREIGN["owl"])
"""Vocabularies whose properties tell of a class, property or code itself: being ordered is not being used."""


def count_uses(knowledge: Knowledge) -> Counter[str]:
    """Return how many things are of each class (or of one below it), have each property or carry each code."""
    counted: Counter[str] = Counter()
    for node in knowledge.triples.having("rdf:type"):
        counted.update(_used_by(knowledge, node))
    return counted


def _used_by(knowledge: Knowledge, node: str) -> set[str]:
    used = set()
    for predicate, values in knowledge.triples.predicates(node):
        used.add(predicate)
        if predicate == _TYPE:
            used.update(above for value in values for above in knowledge.superclasses(value))
        elif not predicate.startswith(_ORDERS_ONLY):
            used.update(value for value in values if value.startswith(f"{BASE}id/"))
    return used


def count_rules(shapes: Triples) -> Counter[str]:
    """Return in how many shapes with an IRI each class, property or code occurs, whatever the depth."""
    inner: dict[str, set[str]] = {}
    counted: Counter[str] = Counter()
    for node in shapes.having("rdf:type"):
        if node.startswith(BASE):
            counted.update(_mentions(shapes, node, inner))
    return counted


def _mentions(shapes: Triples, node: str, inner: dict[str, set[str]]) -> set[str]:
    """Return what a node says, with what the nodes without an IRI in it say."""
    if node not in inner:
        inner[node] = set()
        for predicate, values in shapes.predicates(node):
            inner[node].add(predicate)
            for value in values:
                is_inner = not value.startswith(BASE) and value in shapes
                inner[node] |= _mentions(shapes, value, inner) if is_inner else {value}
    return inner[node]
