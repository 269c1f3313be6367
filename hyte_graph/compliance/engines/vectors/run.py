"""Evaluation of a plan on a table: each shape once for all its nodes, each constraint as one operation on arrays."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from hyte_graph.compliance.engines.compiled.constraints.base import Batch, Constraint, Hit
from hyte_graph.compliance.engines.compiled.constraints.nested import Property
from hyte_graph.compliance.engines.compiled.plan import Plan, Shape, Target
from hyte_graph.compliance.engines.compiled.run import Result, Run, Tried
from hyte_graph.compliance.engines.compiled.terms import Term
from hyte_graph.compliance.engines.compiled.wording import has_places
from hyte_graph.compliance.engines.vectors.joining import counts, unique
from hyte_graph.compliance.engines.vectors.table import Mask, Table
from hyte_graph.compliance.engines.vectors.tables import TableColumns
from hyte_graph.compliance.engines.vectors.terms import Numbers
from hyte_graph.compliance.engines.vectors.violations import VECTORISED, Hits, Nodes
from hyte_graph.compliance.engines.vectors.walking import reach


class VectorRun:
    """One evaluation of a plan on one table."""

    def __init__(self, data: Table, plan: Plan) -> None:
        self.data = data
        self._plan = plan
        self._states: dict[Term, NDArray[np.uint8]] = {}  # 1 for a node that conforms to a shape, 2 for one that fails
        self._on_arrays: dict[tuple[Term, Term], bool] = {}

    @cached_property
    def by_sets(self) -> Run:
        """Return the run that carries out what has no form on arrays."""
        return Run(TableColumns(self.data), self._plan)

    def results(self) -> Iterator[Result]:
        """Yield every result (SHACL 3.4).

        Raises:
            UndecidedError: a shape refers to itself on one and the same node, or a query cannot be answered.
        """
        if self._plan.recursive:
            yield from self.by_sets.results()
            return
        for root in self._plan.roots:
            shape = self._plan.shapes[root]
            targeted = [self._targeted(target) for target in shape.targets]
            focus = unique(np.concatenate(targeted))
            if len(focus):
                yield from self._results(shape, focus, None)

    def rungs(self) -> Iterator[Tried]:
        """Yield every constraint that was tried, with how it was."""
        if self._plan.recursive:
            yield from self.by_sets.rungs()
        else:
            slower = {(one.shape, one.source or one.component): one for one in self._slower()}
            for key, on_arrays in sorted(self._on_arrays.items()):
                yield slower[key] if not on_arrays and key in slower else self._tried(*key)

    def _slower(self) -> Iterator[Tried]:
        if "by_sets" in self.__dict__:
            for (node, source), rung in self.by_sets.taken.items():
                found = self._constraint(node, source)
                yield Tried(node, found.component, found.source, rung)

    def _constraint(self, node: Term, source: Term) -> Constraint:
        every = self._plan.shapes[node].constraints
        return next(one for one in every if source in (one.source, one.component))

    def _tried(self, node: Term, source: Term) -> Tried:
        found = self._constraint(node, source)
        return Tried(node, found.component, found.source, "columns")

    def _targeted(self, target: Target) -> Numbers:
        data, number = self.data, self.data.terms.number(target.term)
        if target.kind == "class":
            return np.flatnonzero(data.instances(number)).astype(np.int32)
        if target.kind == "node":
            return np.array([number], np.int32)
        return unique((data.forward(number) if target.kind == "subjects" else data.backward(number))[0])

    def failing(self, shape: Term, nodes: Numbers) -> Mask:
        """Return which nodes do not conform to a shape; the nodes are sorted, each once."""
        if self._plan.shapes[shape].is_deactivated:
            return np.zeros(len(nodes), np.bool_)
        states = self._states.get(shape)
        if states is None or len(states) < len(self.data.terms):
            states = self._states[shape] = np.zeros(len(self.data.terms), np.uint8)
        new = nodes[states[nodes] == 0]
        if len(new):
            states[new] = 1
            for hits in self._every_hit(self._plan.shapes[shape], new):
                states[hits.focus] = 2
        found: Mask = states[nodes] == 2  # noqa: PLR2004
        return found

    def _every_hit(self, shape: Shape, focus: Numbers) -> Iterator[Hits]:
        nodes = self._nodes(shape, focus)
        for constraint in shape.constraints:
            yield from self._violations(constraint, shape, nodes)

    def _nodes(self, shape: Shape, focus: Numbers) -> Nodes:
        return Nodes(focus, (focus, focus) if shape.path is None else reach(shape.path, focus, self.data))

    def _violations(self, constraint: Constraint, shape: Shape, nodes: Nodes) -> list[Hits]:
        found = self._by_arrays(constraint, nodes)
        self._on_arrays[shape.node, constraint.source or constraint.component] = found is not None
        return found if found is not None else _as_hits(self._by_sets(constraint, shape, nodes))

    def _by_arrays(self, constraint: Constraint, nodes: Nodes) -> list[Hits] | None:
        test = VECTORISED.get(type(constraint))
        if test:
            return test(constraint, nodes, self)
        if not constraint.is_query:
            return None
        from hyte_graph.compliance.engines.vectors.asking import asked  # only who has constraints in SPARQL needs it

        return asked(constraint, nodes.focus, self.data)

    def _by_sets(self, constraint: Constraint, shape: Shape, nodes: Nodes) -> list[Hit]:
        values: dict[int, list[int]] = {}
        for focus, value in zip(*(column.tolist() for column in nodes.pairs), strict=True):
            values.setdefault(focus, []).append(value)
        return list(constraint.violations(self.by_sets, shape, Batch(frozenset(nodes.focus.tolist()), values)))

    def _results(self, shape: Shape, focus: Numbers, times: NDArray[np.intp] | None) -> Iterator[Result]:
        """Yield the results of a shape and of the property shapes in it; `times` is how often for each node."""
        if shape.is_deactivated:
            return
        nodes = self._nodes(shape, focus)
        for constraint in shape.constraints:
            if isinstance(constraint, Property):
                yield from self._inner(self._plan.shapes[constraint.shape], nodes, times)
            else:
                hits = self._by_arrays(constraint, nodes)
                self._on_arrays[shape.node, constraint.source or constraint.component] = hits is not None
                found = (
                    self._by_sets(constraint, shape, nodes)
                    if hits is None
                    else _one_by_one(hits, constraint, shape, self.data)
                )
                for hit in found:
                    often = 1 if times is None else int(times[np.searchsorted(focus, hit.focus)])
                    yield from [Result(shape, constraint, hit)] * often

    def _inner(self, shape: Shape, nodes: Nodes, times: NDArray[np.intp] | None) -> Iterator[Result]:
        values, order = nodes.values, np.sort(nodes.pairs[1])
        if times is None:
            often = counts(order, values)
        else:
            each = times[np.searchsorted(nodes.focus, nodes.pairs[0])]
            often = np.bincount(np.searchsorted(values, nodes.pairs[1]), each, len(values)).astype(np.intp)
        if len(values):
            yield from self._results(shape, values, None if (often == 1).all() else often)


def _one_by_one(every: list[Hits], constraint: Constraint, shape: Shape, data: Table) -> Iterator[Hit]:
    is_filled = has_places(constraint, shape)
    for hits in every:
        if hits.values is None:
            yield from (Hit(focus, None, hits.path) for focus in hits.focus.tolist())
        elif hits.told and is_filled:
            yield from _filled(hits, hits.values, shape, data)
        else:
            pairs = zip(hits.focus.tolist(), hits.values.tolist(), strict=True)
            itself = shape.path is None  # a query that tells no value tells of the focus node
            yield from (
                Hit(focus, value if value >= 0 else focus if itself else None, hits.path) for focus, value in pairs
            )


def _filled(hits: Hits, values: Numbers, shape: Shape, data: Table) -> Iterator[Hit]:
    """Yield the hits of a query, with the terms that fill its messages."""
    columns = sorted({"this": hits.focus, **dict(hits.told)}.items(), key=itemgetter(0))
    told = [(name, nodes.tolist(), data.terms.several(np.maximum(nodes, 0))) for name, nodes in columns]
    for at, (focus, value) in enumerate(zip(hits.focus.tolist(), values.tolist(), strict=True)):
        bindings = tuple([(name, terms[at]) for name, nodes, terms in told if nodes[at] >= 0])
        yield Hit(focus, value if value >= 0 else focus if shape.path is None else None, None, bindings)


def _as_hits(found: list[Hit]) -> list[Hits]:
    return [Hits(np.array([hit.focus for hit in found], np.int32))]
