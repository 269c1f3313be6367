"""What a constraint is: a value that, given focus nodes with their value nodes, tells all its violations at once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol

from hyte_graph.compliance.engines.compiled.columns import Columns
from hyte_graph.compliance.engines.compiled.paths import Path, Step
from hyte_graph.compliance.engines.compiled.terms import Term, named

if TYPE_CHECKING:
    from hyte_graph.compliance.engines.compiled.queries import Queries

Bindings = tuple[tuple[str, Term], ...]


class Hit(NamedTuple):
    """One violation: the numbers of the focus node and of the value node, where there is one."""

    focus: int
    value: int | None = None
    path: Path | None = None  # where the constraint tells another path than its shape
    bindings: Bindings = ()  # what fills the placeholders of the message


class Place(Protocol):
    """What a constraint sees of the shape that it belongs to."""

    @property
    def node(self) -> Term: ...
    @property
    def path(self) -> Path | None: ...


class Evaluation(Protocol):
    """What a constraint may ask while it is evaluated."""

    data: Columns

    @property
    def queries(self) -> Queries:
        """Return what answers SPARQL."""

    def failing(self, shape: Term, nodes: Set[int]) -> Set[int]:
        """Return which nodes do not conform to a shape."""

    def took(self, shape: Place, constraint: Constraint, rung: str) -> None:
        """Remember how a constraint was tried."""


@dataclass(frozen=True)
class Batch:
    """Focus nodes with their value nodes; a focus node without any may be missing from `values`."""

    focus: Set[int]
    values: Mapping[int, Collection[int]]

    @cached_property
    def every_value(self) -> Set[int]:
        """Return the value nodes of all focus nodes."""
        return {value for found in self.values.values() for value in found}

    def where(self, wrong: Set[int]) -> Iterator[Hit]:
        """Yield a violation for each value node that is one of the wrong."""
        if wrong:
            yield from (Hit(focus, value) for focus, found in self.values.items() for value in found if value in wrong)

    def without(self, nodes: Set[int]) -> Batch:
        """Return the same for the other focus nodes."""
        if not nodes:
            return self
        kept = self.focus - nodes
        return Batch(kept, {focus: found for focus, found in self.values.items() if focus in kept})


def component(name: str) -> Term:
    """Return the term of a constraint component of SHACL, such as `component("Class")`."""
    return named("sh", f"{name}ConstraintComponent")


class Constraint(ABC):
    """A constraint of one kind with its parameters."""

    component: ClassVar[Term]
    is_query: ClassVar[bool] = False
    reads_shapes: bool = False
    messages: tuple[Term, ...] = ()
    source: Term | None = None

    @abstractmethod
    def violations(self, run: Evaluation, shape: Place, batch: Batch) -> Iterable[Hit]:
        """Return every violation by these focus nodes."""

    def needs(self) -> tuple[Term, ...]:
        """Return the shapes that the constraint refers to."""
        return ()


class ValueTest(Constraint):
    """A constraint that each value node keeps or breaks by itself."""

    @abstractmethod
    def wrong(self, run: Evaluation, values: Set[int]) -> Set[int]:
        """Return the value nodes that break it."""

    def violations(self, run: Evaluation, shape: Place, batch: Batch) -> Iterable[Hit]:  # noqa: ARG002
        """Return every violation by these focus nodes."""
        return batch.where(self.wrong(run, batch.every_value))


class TermTest(ValueTest):
    """A constraint that depends on nothing but the term."""

    @abstractmethod
    def holds(self, term: Term) -> bool:
        """Return whether a term keeps it."""

    def wrong(self, run: Evaluation, values: Set[int]) -> Set[int]:
        """Return the value nodes that break it."""
        terms = run.data.terms
        return {value for value in values if not self.holds(terms[value])}


def sole_predicate(path: Path | None) -> Term | None:
    """Return the predicate of a path that is nothing else."""
    return path.predicate if isinstance(path, Step) and not path.inverse else None
