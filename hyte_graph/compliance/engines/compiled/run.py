"""Evaluation of a plan on columns: each shape once for all its nodes, and nothing is asked twice of a node."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from hyte_graph.compliance.engines.compiled.columns import Columns
from hyte_graph.compliance.engines.compiled.constraints.base import Batch, Constraint, Hit, Place
from hyte_graph.compliance.engines.compiled.constraints.nested import Property
from hyte_graph.compliance.engines.compiled.plan import Plan, Shape, Target
from hyte_graph.compliance.engines.compiled.queries import Queries
from hyte_graph.compliance.engines.compiled.terms import Term
from hyte_graph.errors import UndecidedError
from hyte_graph.messages import say


class Result(NamedTuple):
    """One result of validation."""

    shape: Shape
    constraint: Constraint
    hit: Hit


RUNGS = ("columns", "set", "focus", "pyshacl")
"""How a constraint can be tried, the quickest first: on columns, by one query, by a query a node, by pySHACL."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One constraint of a shape and the rung that it took."""

    shape: Term
    component: Term
    source: Term | None
    rung: str


class Run:
    """One evaluation of a plan on one graph."""

    def __init__(self, data: Columns, plan: Plan) -> None:
        self.data = data
        self._plan = plan
        self._failed: dict[Term, set[int]] = defaultdict(set)
        self._passed: dict[Term, set[int]] = defaultdict(set)
        self._found: dict[Term, dict[int, list[Result]]] = defaultdict(dict)
        self._under_way: set[tuple[Term, int]] = set()
        self._rungs: dict[tuple[Term, Term], str] = {}

    @cached_property
    def queries(self) -> Queries:
        """Return what answers SPARQL."""
        return Queries(self.data, self._plan)

    def variant(self, plan: Plan, changed: Set[Term]) -> Run:
        """Return a run of another plan that knows all that was found by the shapes that have not changed."""
        other = Run(self.data, plan)
        other.__dict__["queries"] = self.queries
        other._failed, other._passed, other._found = self._failed.copy(), self._passed.copy(), self._found.copy()
        for known in (other._failed, other._passed, other._found):
            for node in changed:
                known.pop(node, None)
        return other

    def results(self, roots: Iterable[Term] | None = None) -> Iterator[Result]:
        """Yield every result, by shape with targets (SHACL 3.4); only of some of these shapes, if told.

        Raises:
            UndecidedError: a shape refers to itself on one and the same node, or a query cannot be answered.
        """
        for root in self._plan.roots if roots is None else roots:
            shape = self._plan.shapes[root]
            told = [target for target in shape.targets if target.kind == "node" or self.data.knows(target.term)]
            focus = frozenset().union(*map(self._targeted, told)) if told else None
            if focus:
                found = self._results(shape, focus)
                yield from (result for node in focus for result in found.get(node, ()))

    def _targeted(self, target: Target) -> Set[int]:
        data, number = self.data, self.data.number(target.term)
        if target.kind == "class":
            return data.instances(number)
        if target.kind == "node":
            return {number}
        return set(data.forward(number) if target.kind == "subjects" else data.backward(number))

    def took(self, shape: Place, constraint: Constraint, rung: str) -> None:
        """Remember how a constraint was tried; of two ways, the slower one."""
        key = (shape.node, constraint.source or constraint.component)
        self._rungs[key] = max(rung, self._rungs.get(key, rung), key=RUNGS.index)

    @property
    def taken(self) -> Mapping[tuple[Term, Term], str]:
        """Return the rungs by shape and constraint, as far as one was remembered."""
        return self._rungs

    def rungs(self) -> Iterator[Tried]:
        """Yield every constraint that was tried on some node, with its rung."""
        for node in sorted({*self._failed, *self._found}):
            for constraint in self._plan.shapes[node].constraints:
                rung = self._rungs.get((node, constraint.source or constraint.component), RUNGS[0])
                yield Tried(node, constraint.component, constraint.source, rung)

    def failing(self, shape: Term, nodes: Set[int]) -> Set[int]:
        """Return which nodes do not conform to a shape."""
        failed, passed = self._failed[shape], self._passed[shape]
        new = nodes - failed - passed
        if new:
            wrong = self._newly_failing(self._plan.shapes[shape], new)
            failed |= wrong
            passed |= new - wrong
        return nodes & failed

    def _newly_failing(self, shape: Shape, nodes: Set[int]) -> set[int]:
        if shape.is_deactivated:
            return set()
        if shape.node not in self._plan.recursive:
            return self._wrong(shape, nodes)
        if len(nodes) > 1:
            return {node for node in nodes if self.failing(shape.node, {node})}
        with _Guard(self, shape.node, nodes):
            return self._wrong(shape, nodes)

    def _wrong(self, shape: Shape, nodes: Set[int]) -> set[int]:
        batch, wrong = self._batch(shape, nodes), set[int]()
        for constraint in shape.constraints:
            batch = batch.without(wrong)
            wrong.update(hit[0] for hit in constraint.violations(self, shape, batch))
        return wrong

    def _results(self, shape: Shape, nodes: Set[int]) -> Mapping[int, Sequence[Result]]:
        """Return the results of a shape by focus node, with those of the property shapes that it holds."""
        if shape.is_deactivated:
            return {}
        known = self._found[shape.node]
        new = {node for node in nodes if node not in known}
        if new and shape.node not in self._plan.recursive:
            known.update(self._new_results(shape, new))
        elif len(new) > 1:
            for node in new:
                self._results(shape, {node})
        elif new:
            with _Guard(self, shape.node, new):
                known.update(self._new_results(shape, new))
        return known

    def _new_results(self, shape: Shape, nodes: Set[int]) -> dict[int, list[Result]]:
        batch = self._batch(shape, nodes)
        found: dict[int, list[Result]] = {node: [] for node in nodes}
        for constraint in shape.constraints:
            if isinstance(constraint, Property):
                inner = self._results(self._plan.shapes[constraint.shape], batch.every_value)
                for focus, values in batch.values.items():
                    for value in values:
                        found[focus] += inner.get(value, ())
            else:
                for hit in constraint.violations(self, shape, batch):
                    found[hit.focus].append(Result(shape, constraint, hit))
        return found

    def _batch(self, shape: Shape, nodes: Set[int]) -> Batch:
        if shape.path is None:
            return Batch(nodes, {node: (node,) for node in nodes})
        return Batch(nodes, shape.path.reach(nodes, self.data))

    @property
    def under_way(self) -> set[tuple[Term, int]]:
        """Return the pairs of recursive shape and node that are being tried."""
        return self._under_way


class _Guard:
    """Keeps a shape from being tried on a node while it is being tried on it: SHACL leaves that undefined (3.4.3)."""

    def __init__(self, run: Run, shape: Term, nodes: Set[int]) -> None:
        self._run, self._shape = run, shape
        self._pairs = {(shape, node) for node in nodes}

    def __enter__(self) -> None:
        if self._pairs & self._run.under_way:
            raise UndecidedError(say("shape-recursive", shape=self._shape))
        self._run.under_way.update(self._pairs)

    def __exit__(self, *_: object) -> None:
        self._run.under_way.difference_update(self._pairs)
