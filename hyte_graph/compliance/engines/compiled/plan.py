"""A plan: the shapes of a graph as values that can be kept, sent to another process and evaluated on any data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hyte_graph.compliance.engines.compiled.constraints.base import Constraint
from hyte_graph.compliance.engines.compiled.paths import Path
from hyte_graph.compliance.engines.compiled.terms import Term, named

VIOLATION = named("sh", "Violation")


@dataclass(frozen=True, slots=True)
class Target:
    """One target declaration: "node", "class", "subjects" or "objects", and of what."""

    kind: str
    term: Term


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape; a property shape has a path."""

    node: Term
    path: Path | None
    targets: tuple[Target, ...]
    constraints: tuple[Constraint, ...]
    severity: Term = VIOLATION
    messages: tuple[Term, ...] = ()
    is_deactivated: bool = False


@dataclass(frozen=True)
class Plan:
    """The shapes of one graph, and which of them have targets."""

    shapes: Mapping[Term, Shape]
    roots: tuple[Term, ...]
    recursive: frozenset[Term]  # shapes that refer to themselves, directly or through others
    source: tuple[tuple[Term, Term, Term], ...] = field(default=(), repr=False)  # where a constraint asks in SPARQL
