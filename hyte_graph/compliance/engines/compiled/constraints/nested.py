"""Constraints that refer to other shapes (SHACL 4.6, 4.7): each shape is tried once on all value nodes together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Set

from hyte_graph.compliance.engines.compiled.constraints.base import (
    Batch,
    Constraint,
    Evaluation,
    Hit,
    Place,
    ValueTest,
    component,
)
from hyte_graph.compliance.engines.compiled.terms import Term
from hyte_graph.values import frozen_value


@frozen_value
class Not(ValueTest):
    """`sh:not`."""

    shape: Term
    component = component("Not")

    def wrong(self, run: Evaluation, values: Set[int]) -> Set[int]:
        """Return the value nodes that break it."""
        return values - run.failing(self.shape, values)

    def needs(self) -> tuple[Term, ...]:
        """Return the shapes that the constraint refers to."""
        return (self.shape,)


@frozen_value
class Node(ValueTest):
    """`sh:node`."""

    shape: Term
    component = component("Node")

    def wrong(self, run: Evaluation, values: Set[int]) -> Set[int]:
        """Return the value nodes that break it."""
        return run.failing(self.shape, values)

    def needs(self) -> tuple[Term, ...]:
        """Return the shapes that the constraint refers to."""
        return (self.shape,)


@frozen_value
class Property(Node):
    """`sh:property`: what its shape finds is reported itself."""

    component = component("Property")


@frozen_value
class _OfMany(ValueTest):
    shapes: tuple[Term, ...]

    def needs(self) -> tuple[Term, ...]:
        """Return the shapes that the constraint refers to."""
        return self.shapes


@frozen_value
class And(_OfMany):
    """`sh:and`."""

    component = component("And")

    def wrong(self, run: Evaluation, values: Set[int]) -> Set[int]:
        """Return the value nodes that break it."""
        found: set[int] = set()
        for shape in self.shapes:
            found |= run.failing(shape, values - found)
        return found


@frozen_value
class Or(_OfMany):
    """`sh:or`."""

    component = component("Or")

    def wrong(self, run: Evaluation, values: Set[int]) -> Set[int]:
        """Return the value nodes that break it."""
        left = values
        for shape in self.shapes:
            left = run.failing(shape, left)
        return left


@frozen_value
class Xone(_OfMany):
    """`sh:xone`; a shape that is listed twice counts twice."""

    component = component("Xone")

    def wrong(self, run: Evaluation, values: Set[int]) -> Set[int]:
        """Return the value nodes that break it."""
        times = Counter[int]()
        for shape in self.shapes:
            times.update(values - run.failing(shape, values))
        return {value for value in values if times[value] != 1}


@frozen_value
class Qualified(Constraint):
    """`sh:qualifiedValueShape` with a least or a most; values that conform to a sibling shape do not count."""

    shape: Term
    least: int | None
    most: int | None
    siblings: tuple[Term, ...] = ()

    @property
    def component(self) -> Term:  # type: ignore[override]
        """Return the component."""
        return component("QualifiedMaxCount" if self.least is None else "QualifiedMinCount")

    def needs(self) -> tuple[Term, ...]:
        """Return the shapes that the constraint refers to."""
        return (self.shape, *self.siblings)

    def violations(self, run: Evaluation, shape: Place, batch: Batch) -> Iterable[Hit]:  # noqa: ARG002
        """Return every violation by these focus nodes."""
        counted = batch.every_value - run.failing(self.shape, batch.every_value)
        for sibling in self.siblings:
            counted = run.failing(sibling, counted)
        return [Hit(focus) for focus in batch.focus if self._breaks(batch.values.get(focus, ()), counted)]

    def _breaks(self, values: Collection[int], counted: Set[int]) -> bool:
        count = sum(value in counted for value in values)
        return (self.least is not None and count < self.least) or (self.most is not None and count > self.most)
