"""Shapes with a change, tried on the same data: only what the change can reach is compiled and evaluated anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from hyte_graph.compliance.engines.compiled.columns import Columns
from hyte_graph.compliance.engines.compiled.compiler import plan_of_graph, read_shape
from hyte_graph.compliance.engines.compiled.run import Result, Run
from hyte_graph.compliance.engines.compiled.shapes_graph import ShapesGraph, Triple, sh
from hyte_graph.compliance.engines.compiled.terms import Term


class Variations:
    """A shapes graph and data, on which changes of the shapes are tried one at a time."""

    def __init__(self, shapes: Iterable[Triple], data: Columns) -> None:
        self._graph = ShapesGraph(shapes)
        self._plan = plan_of_graph(self._graph)
        self._run = Run(data, self._plan)
        self._found: dict[Term, Sequence[Result]] = {}
        self.terms = data.terms

    def before_and_after(
        self, removed: Collection[Triple], added: Collection[Triple]
    ) -> tuple[list[Result], list[Result]]:
        """Return the results of the shapes that a change can reach, without it and with it."""
        graph = self._graph.changed(removed, added)
        changed = self._shapes_around(triple[0] for triple in (*removed, *added))
        reached = self._above(changed)
        plan = replace(self._plan, shapes={**self._plan.shapes, **{node: read_shape(graph, node) for node in changed}})
        roots = [node for node in self._plan.roots if node in reached]
        after = self._run.variant(plan, reached).results(roots)
        return [result for root in roots for result in self._of(root)], list(after)

    def _of(self, root: Term) -> Sequence[Result]:
        if root not in self._found:
            self._found[root] = tuple(self._run.results([root]))
        return self._found[root]

    def _shapes_around(self, nodes: Iterable[Term]) -> set[Term]:
        """Return the shapes that nodes are part of: themselves, or those that lead to them without another between."""
        waiting, found, seen = list(nodes), set[Term](), set[Term]()
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            if node in self._plan.shapes:
                found |= {node, *(inner for inner in self._graph.objects(node, "property"))}
            else:
                waiting += self._parents[node]
        return {node for node in found if node in self._plan.shapes}

    def _above(self, nodes: Iterable[Term]) -> set[Term]:
        """Return shapes and all that refer to them."""
        waiting, found = list(nodes), set[Term]()
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting += self._referring[node]
        return found

    @cached_property
    def _parents(self) -> dict[Term, list[Term]]:
        found: dict[Term, list[Term]] = defaultdict(list)
        for subject, predicate, thing in self._graph.triples:
            if predicate != sh("message"):
                found[thing].append(subject)
        return found

    @cached_property
    def _referring(self) -> dict[Term, list[Term]]:
        found: dict[Term, list[Term]] = defaultdict(list)
        for node, shape in self._plan.shapes.items():
            for constraint in shape.constraints:
                for needed in constraint.needs():
                    found[needed].append(node)
        return found
