"""From a SHACL shape to the things that would fit it: the simplest of them, a few for each shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rdflib import Graph
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from hyte_graph.compliance.repair.thing import Choice, Link, Thing, united
from hyte_graph.store.knowledge import Knowledge

_MOST = 24  # alternatives that are kept of a shape


class Solver:
    """Reads shapes; what only forbids asks for nothing, and what is found is always tried out with the rules."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._graph: Graph = knowledge.shapes
        self._known: dict[Node, tuple[Thing, ...]] = {}

    def things(self, shape: Node) -> tuple[Thing, ...]:
        """Return the alternatives that fit a shape; none if nothing can."""
        if shape not in self._known:
            self._known[shape] = self._things(shape)
        return self._known[shape]

    def _things(self, shape: Node) -> tuple[Thing, ...]:
        graph, path = self._graph, self._graph.value(shape, SH.path)
        if path is not None:
            return self.along(path, shape)
        kinds = (str(kind) for kind in graph.objects(shape, SH["class"]))
        found: list[tuple[Thing, ...]] = [(Thing(frozenset({kind})),) for kind in kinds]
        found += [self.things(inner) for part in (SH.node, SH.property) for inner in self.objects(shape, part)]
        found += [self._either(members) for members in self.lists(shape, SH["or"])]
        found += [self.things(inner) for members in self.lists(shape, SH["and"]) for inner in members]
        return self._all_of(found)

    def objects(self, shape: Node, predicate: Node) -> list[Node]:
        """Return the values of a property of a shape, in the same order in every run."""
        return sorted(self._graph.objects(shape, predicate), key=self._rank)

    def _rank(self, shape: Node) -> tuple[str, str]:
        """Return the order of a shape: blank nodes have other names in every run, so their path tells them apart."""
        path = self._graph.value(shape, SH.path)
        return ("", str(shape)) if str(shape).startswith("http") else (str(path), "")

    def lists(self, shape: Node, predicate: Node) -> Iterator[list[Node]]:
        """Yield the members of each list of a shape."""
        for head in self._graph.objects(shape, predicate):
            yield list(Collection(self._graph, head))

    def number(self, shape: Node, predicate: Node) -> int:
        """Return a number that a shape tells, or 0."""
        return int(str(self._graph.value(shape, predicate) or 0))

    def steps(self, path: Node) -> list[Node]:
        """Return the steps of a path: those of a sequence, or the path itself."""
        return list(Collection(self._graph, path)) if (path, RDF.first, None) in self._graph else [path]

    def _either(self, shapes: Iterable[Node]) -> tuple[Thing, ...]:
        return tuple(dict.fromkeys(thing for shape in shapes for thing in self.things(shape)))

    def _all_of(self, parts: Iterable[tuple[Thing, ...]]) -> tuple[Thing, ...]:
        found: tuple[Thing, ...] = (Thing(),)
        for alternatives in parts:
            pairs = (united(first, second, self._knowledge) for first in found for second in alternatives)
            found = tuple(dict.fromkeys(thing for thing in pairs if thing is not None))[:_MOST]
        return found

    def along(self, path: Node, shape: Node) -> tuple[Thing, ...]:
        """Return what fits a property shape along a path."""
        first, *rest = self.steps(path)
        if rest:
            return tuple(_linked(str(first), thing) for thing in self._along_all(rest, shape))
        backwards = self._graph.value(first, SH.inversePath)
        if backwards is not None:
            found = self._all_of([self.things(inner) for inner in self._asked(shape)])
            return tuple(Thing(links=(Link(str(backwards), True, thing),)) for thing in found)
        optional = self._graph.value(first, SH.zeroOrOnePath)
        return self._values(str(first if optional is None else optional), shape)

    def _along_all(self, steps: list[Node], shape: Node) -> tuple[Thing, ...]:
        first, *rest = steps
        if not rest:
            return self.along(first, shape)
        return tuple(_linked(str(first), thing) for thing in self._along_all(rest, shape))

    def _asked(self, shape: Node) -> list[Node]:
        return [*self.objects(shape, SH.qualifiedValueShape), *self.objects(shape, SH.node)]

    def _values(self, predicate: str, shape: Node) -> tuple[Thing, ...]:
        """Return what a shape asks of a property: values, or links to things that fit a shape."""
        terms, least = self._terms(shape), self.number(shape, SH.minCount)
        if terms and (least or self._graph.value(shape, SH.hasValue) is not None):
            return (Thing(values=frozenset({(predicate, terms)})),)
        count = self.number(shape, SH.qualifiedMinCount)
        if count:
            return self._qualified(predicate, shape, count)
        return (Thing(values=frozenset({(predicate, (None,))})),) if least else (Thing(),)

    def _qualified(self, predicate: str, shape: Node, count: int) -> tuple[Thing, ...]:
        (inner,) = self.objects(shape, SH.qualifiedValueShape)
        terms = self._terms(inner)
        if terms:
            return (Thing(values=frozenset({(predicate, terms)})),)
        return tuple(Thing(links=(Link(predicate, False, thing),) * count) for thing in self.things(inner))

    def _terms(self, shape: Node) -> Choice:
        """Return the terms of which a value must be one, in the order of the shape; none where any thing may do."""
        own = list(self._graph.objects(shape, SH.hasValue))
        listed = [term for members in self.lists(shape, SH["in"]) for term in members]
        nested = [term for members in self.lists(shape, SH["or"]) for inner in members for term in self._terms(inner)]
        return tuple(dict.fromkeys([*own, *listed, *nested]))


def _linked(predicate: str, thing: Thing) -> Thing:
    """Return what is linked to a thing by a property; nothing where nothing is asked of the thing."""
    return replace(Thing(), links=(Link(predicate, False, thing),)) if thing != Thing() else Thing()
