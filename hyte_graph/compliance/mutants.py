"""Mutants of the rules: each constraint taken out, loosened or tightened, each branch left out, one at a time.

Only what SHACL evaluates is changed: never a message, a severity or the project's own properties of a rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import BNode, Graph, Literal
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from hyte_graph.vocabulary import slug

Triple = tuple[Node, Node, Node]

_REMOVED = (
    SH.targetClass,
    SH.targetSubjectsOf,
    SH.property,
    SH.node,
    SH["class"],
    SH.datatype,
    SH.nodeKind,
    SH.pattern,
    SH.hasValue,
    SH["in"],
    SH.minCount,
    SH.maxCount,
    SH.minInclusive,
    SH.qualifiedMinCount,
    SH.qualifiedMaxCount,
    SH["or"],
    SH["and"],
    SH["not"],
    SH.sparql,
)
_QUALIFIED = (SH.qualifiedMinCount, SH.qualifiedMaxCount)
_RAISED = (SH.minCount, SH.maxCount, *_QUALIFIED)
_LISTS = (SH["in"], SH["or"], SH["and"])


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of the rules: triples taken out and put in."""

    shape: str  # IRI of the named shape that the change lies in
    description: str
    removed: tuple[Triple, ...] = field(repr=False)
    added: tuple[Triple, ...] = field(repr=False, default=())

    def __str__(self) -> str:
        return f"{slug(self.shape)}: {self.description}"

    def applied(self, shapes: Graph) -> Graph:
        """Return a copy of the shapes with the change made."""
        changed = Graph(bind_namespaces="none")
        changed += shapes
        for triple in self.removed:
            changed.remove(triple)
        for triple in self.added:
            changed.add(triple)
        return changed


def mutants(shapes: Graph) -> Iterator[Mutant]:
    """Yield every mutant of the shapes, in the order of the named shapes and of what is changed in them.

    A minimum that is taken out is also the minimum lowered by one: no rule asks for more than one.
    """
    found = [mutant for triple in shapes for mutant in _changes(shapes, triple)]
    yield from sorted(found, key=lambda mutant: (mutant.shape, mutant.description, sorted(map(str, mutant.removed))))


def _changes(shapes: Graph, triple: Triple) -> Iterator[Mutant]:
    node, predicate, value = triple
    if predicate in _REMOVED:
        yield _mutant(shapes, triple, "taken out", (triple, *_value_shape(shapes, node, predicate)))
    if predicate in _RAISED:
        more = Literal(str(int(str(value)) + 1), datatype=value.datatype)  # type: ignore[attr-defined]
        yield _mutant(shapes, triple, f"raised to {more}", (triple,), ((node, predicate, more),))
    if predicate in _LISTS:
        yield from _shortened(shapes, triple)
    if predicate == SH.path and (value, SH.alternativePath, None) in shapes:
        for step in _members(shapes, shapes.value(value, SH.alternativePath)):
            yield _mutant(shapes, triple, f"only {slug(str(step))}", (triple,), ((node, predicate, step),))


def _value_shape(shapes: Graph, node: Node, predicate: Node) -> Iterator[Triple]:
    if predicate in _QUALIFIED:
        yield from shapes.triples((node, SH.qualifiedValueShape, None))


def _members(shapes: Graph, head: Node | None) -> list[Node]:
    return list(Collection(shapes, head)) if head is not None else []


def _shortened(shapes: Graph, triple: Triple) -> Iterator[Mutant]:
    """Yield one mutant for each member of a list left out; a list of one is taken out as a whole elsewhere."""
    node, predicate, head = triple
    before, link, cell = node, predicate, head
    for at in range(len(_members(shapes, head))):
        after = shapes.value(cell, RDF.rest)
        if after == RDF.nil and before == node:
            return
        name = _short(shapes.value(cell, RDF.first), at)
        yield _mutant(shapes, triple, f"{name} left out", ((before, link, cell),), ((before, link, after),))  # type: ignore[arg-type]
        before, link, cell = cell, RDF.rest, after  # type: ignore[assignment]


def _mutant(
    shapes: Graph, triple: Triple, what: str, removed: Iterable[Triple], added: Iterable[Triple] = ()
) -> Mutant:
    node, predicate, value = triple
    place = [f"sh:{slug(str(predicate))} {_short(value)}".strip()]
    while isinstance(node, BNode):
        node, step, at = _above(shapes, node)
        place.append(f"sh:{slug(str(step))}" + (f" {at + 1}" if at is not None else ""))
    return Mutant(str(node), f"{' > '.join(reversed(place))}: {what}", tuple(removed), tuple(added))


def _above(shapes: Graph, node: Node) -> tuple[Node, Node, int | None]:
    """Return what a blank node hangs on: the node and predicate above it, and its place if that is a list."""
    above, predicate = next(iter(shapes.subject_predicates(node)))
    at = None
    while predicate in (RDF.first, RDF.rest):
        at = 0 if at is None else at + 1
        above, predicate = next(iter(shapes.subject_predicates(above)))
    return above, predicate, at


def _short(value: Node | None, at: int | None = None) -> str:
    if isinstance(value, BNode):
        return "" if at is None else f"branch {at + 1}"
    return slug(str(value))
