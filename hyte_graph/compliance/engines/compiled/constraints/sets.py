"""Constraints on the value nodes of a focus node together (SHACL 4.2, 4.4.5, 4.5, 4.8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from hyte_graph.compliance.engines.compiled.constraints.base import (
    Batch,
    Constraint,
    Evaluation,
    Hit,
    Place,
    component,
)
from hyte_graph.compliance.engines.compiled.literals import compare
from hyte_graph.compliance.engines.compiled.paths import Step
from hyte_graph.compliance.engines.compiled.terms import Term, is_literal, parts
from hyte_graph.values import frozen_value


@frozen_value
class MinCount(Constraint):
    """`sh:minCount`."""

    least: int
    component = component("MinCount")

    def violations(self, run: Evaluation, shape: Place, batch: Batch) -> Iterable[Hit]:  # noqa: ARG002
        """Return every violation by these focus nodes."""
        values = batch.values
        return [Hit(focus) for focus in batch.focus if len(values.get(focus, ())) < self.least]


@frozen_value
class MaxCount(Constraint):
    """`sh:maxCount`."""

    most: int
    component = component("MaxCount")

    def violations(self, run: Evaluation, shape: Place, batch: Batch) -> Iterable[Hit]:  # noqa: ARG002
        """Return every violation by these focus nodes."""
        return [Hit(focus) for focus, found in batch.values.items() if len(found) > self.most]


@frozen_value
class HasValue(Constraint):
    """`sh:hasValue`."""

    value: Term
    component = component("HasValue")

    def violations(self, run: Evaluation, shape: Place, batch: Batch) -> Iterable[Hit]:  # noqa: ARG002
        """Return every violation by these focus nodes."""
        wanted = run.data.number(self.value)
        return [Hit(focus) for focus in batch.focus if wanted not in batch.values.get(focus, ())]


@frozen_value
class UniqueLang(Constraint):
    """`sh:uniqueLang`: one violation for each language that two texts share."""

    component = component("UniqueLang")

    def violations(self, run: Evaluation, shape: Place, batch: Batch) -> Iterator[Hit]:  # noqa: ARG002
        """Return every violation by these focus nodes."""
        terms = run.data.terms
        for focus, found in batch.values.items():
            literals = (terms[value] for value in found if is_literal(terms[value]))
            times = Counter(tag for term in literals if (tag := parts(term)[2]))
            yield from (Hit(focus) for count in times.values() if count > 1)


@frozen_value
class Equals(Constraint):
    """`sh:equals`: the same values as those of another property."""

    predicate: Term
    component = component("Equals")

    def violations(self, run: Evaluation, shape: Place, batch: Batch) -> Iterator[Hit]:  # noqa: ARG002
        """Return every violation by these focus nodes."""
        others = run.data.forward(run.data.number(self.predicate))
        for focus in batch.focus:
            differing = set(batch.values.get(focus, ())) ^ set(others.get(focus, ()))
            yield from (Hit(focus, value) for value in differing)


@frozen_value
class Disjoint(Constraint):
    """`sh:disjoint`: no value that another property has as well."""

    predicate: Term
    component = component("Disjoint")

    def violations(self, run: Evaluation, shape: Place, batch: Batch) -> Iterator[Hit]:  # noqa: ARG002
        """Return every violation by these focus nodes."""
        others = run.data.forward(run.data.number(self.predicate))
        for focus, found in batch.values.items():
            yield from (Hit(focus, value) for value in set(found) & set(others.get(focus, ())))


@frozen_value
class LessThan(Constraint):
    """`sh:lessThan` and `sh:lessThanOrEquals`: one violation for each pair that does not compare so."""

    name: str
    predicate: Term
    signs: tuple[int, ...]

    @property
    def component(self) -> Term:  # type: ignore[override]
        """Return the component."""
        return component(self.name)

    def violations(self, run: Evaluation, shape: Place, batch: Batch) -> Iterator[Hit]:  # noqa: ARG002
        """Return every violation by these focus nodes."""
        others = run.data.forward(run.data.number(self.predicate))
        terms = run.data.terms
        for focus, found in batch.values.items():
            for value in found:
                for other in others.get(focus, ()):
                    if compare(terms[value], terms[other]) not in self.signs:
                        yield Hit(focus, value)


@frozen_value
class Closed(Constraint):
    """`sh:closed`: no property but those of the property shapes and those to ignore."""

    allowed: frozenset[Term]
    component = component("Closed")

    def violations(self, run: Evaluation, shape: Place, batch: Batch) -> Iterator[Hit]:  # noqa: ARG002
        """Return every violation by these focus nodes."""
        data, holders = run.data, _holders(batch)
        for predicate in data.predicates():
            term = data.terms[predicate]
            if term not in self.allowed:
                for subject, things in Step(term).reach(batch.every_value, data).items():
                    yield from (Hit(focus, thing, Step(term)) for focus in holders[subject] for thing in things)


def _holders(batch: Batch) -> dict[int, list[int]]:
    """Return, by value node, the focus nodes that have it."""
    found: dict[int, list[int]] = {}
    for focus, values in batch.values.items():
        for value in values:
            found.setdefault(value, []).append(focus)
    return found
