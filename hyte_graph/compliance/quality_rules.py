"""Is the form of the rules sound? No recursion, no depth that an engine refuses, no clock, no query that cannot run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pyoxigraph
from rdflib import Graph
from rdflib.namespace import SH
from rdflib.term import Node

from hyte_graph.compliance.fault import QualityFault, place, short
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import slug

DEEPEST: Final = 15  # shapes within each other: what pySHACL checks before it gives up

_NESTS = (SH.node, SH.property, SH.qualifiedValueShape, SH["not"])
_NESTS_LIST = (SH["or"], SH["and"], SH.xone)
_QUERIES = (SH.select, SH.ask, SH.construct, SH.update)
_UNSTEADY = re.compile(r"\b(NOW|RAND|UUID|STRUUID)\s*\(|\b(SERVICE)\b", re.IGNORECASE)
_ASIDE = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>\s]*>|#[^\n]*')


class _LoopError(Exception):
    """A shape contains itself."""


def unsound_rules(shapes: Graph) -> Iterator[QualityFault]:
    """Yield a fault for each shape whose form is not sound."""
    yield from _nesting(shapes)
    yield from _patterns(shapes)
    yield from _queries(shapes)
    yield from _names(shapes)


def _nesting(shapes: Graph) -> Iterator[QualityFault]:
    depths: dict[Node, int] = {}
    for node in sorted({node for predicate in (*_NESTS, *_NESTS_LIST) for node in shapes.subjects(predicate)}, key=str):
        try:
            depth = _depth(shapes, node, depths, ())
        except _LoopError as error:
            yield QualityFault(f"The shape comes back to itself: {error}.", place(shapes, node))
            continue
        if depth > DEEPEST:
            yield QualityFault(f"{depth} shapes stand within each other, more than {DEEPEST}.", place(shapes, node))


def _depth(shapes: Graph, node: Node, depths: dict[Node, int], above: tuple[Node, ...]) -> int:
    """Return how many shapes stand within each other, from a shape downwards.

    Raises:
        _LoopError: the shape contains itself (SHACL 3.4.3 leaves open what that means).
    """
    if node in above:
        raise _LoopError(" > ".join(short(item) for item in (*above[above.index(node) :], node)))
    if node not in depths:
        depths[node] = 1 + max(
            (_depth(shapes, nested, depths, (*above, node)) for nested in _nested(shapes, node)), default=0
        )
    return depths[node]


def _nested(shapes: Graph, node: Node) -> Iterator[Node]:
    """Yield the shapes that a shape directly hands its nodes to."""
    for predicate in _NESTS:
        yield from shapes.objects(node, predicate)
    for predicate in _NESTS_LIST:
        for members in shapes.objects(node, predicate):
            yield from shapes.items(members)


def _patterns(shapes: Graph) -> Iterator[QualityFault]:
    for node, pattern in shapes.subject_objects(SH.pattern):
        try:
            re.compile(str(pattern))
        except re.error as error:
            yield QualityFault(f"The pattern {pattern} is no regular expression: {error}.", place(shapes, node))


def _queries(shapes: Graph) -> Iterator[QualityFault]:
    for predicate in _QUERIES:
        for node, query in shapes.subject_objects(predicate):
            yield from (QualityFault(what, place(shapes, node)) for what in _query(shapes, node, str(query)))


def _query(shapes: Graph, node: Node, query: str) -> Iterator[str]:
    """Yield what is wrong with a query of a SPARQL-based constraint (SHACL 5.2.1)."""
    unsteady = _UNSTEADY.search(_ASIDE.sub(" ", query))
    if unsteady:
        yield f"The query uses {(unsteady[1] or unsteady[2]).upper()}; what it finds must come from the data alone."
        return
    prefixes = _prefixes(shapes, node)
    if not prefixes:
        yield "The query declares no prefixes."
    try:
        pyoxigraph.Store().query(query, prefixes=prefixes)
    except SyntaxError as error:
        yield f"The query cannot be read: {' '.join(str(error).split())}"


def _prefixes(shapes: Graph, node: Node) -> dict[str, str]:
    declared = [item for holder in shapes.objects(node, SH.prefixes) for item in shapes.objects(holder, SH.declare)]
    return {str(shapes.value(item, SH.prefix)): str(shapes.value(item, SH.namespace)) for item in declared}


def _names(shapes: Graph) -> Iterator[QualityFault]:
    """Yield a fault for each rule that is not called by its norm: `<norm>` or `<norm>--<part>`."""
    for rule, norm in shapes.subject_objects(HYTE.checks):
        name, expected = slug(str(rule)), slug(str(norm))
        if name != expected and not name.startswith(f"{expected}--"):
            yield QualityFault(f"The name of the rule does not begin with that of its norm, {expected}.", short(rule))
