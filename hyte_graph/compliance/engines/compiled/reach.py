"""Where a plan can lead from one part of the data to another: graphs that are not tied there can share a run."""

from __future__ import annotations

from collections.abc import Iterator

from hyte_graph.compliance.engines.compiled.constraints.sparql import SparqlConstraint
from hyte_graph.compliance.engines.compiled.paths import Alternative, Inverse, Path, Repeat, Sequence, Step
from hyte_graph.compliance.engines.compiled.plan import Plan, Shape
from hyte_graph.compliance.engines.compiled.terms import TYPE, text


def connecting(plan: Plan) -> frozenset[str] | None:
    """Return the addresses of the predicates whose objects can tie two graphs; None where anything could.

    A path that goes forward stays among the things that a graph describes. A step backwards, a target on objects and a
    query may come from an object to any of its subjects; a target on a node, and a query that names no predicate or
    looks at all of a class, may come from anywhere.
    """
    found = set[str]()
    for shape in plan.shapes.values():
        for predicate in _of_shape(shape):
            if predicate is None:
                return None
            found.add(predicate)
    return frozenset(found)


def _of_shape(shape: Shape) -> Iterator[str | None]:
    for target in shape.targets:
        if target.kind == "node":
            yield None
        elif target.kind == "objects":
            yield text(target.term)
    yield from _backwards(shape.path)
    for constraint in shape.constraints:
        if isinstance(constraint, SparqlConstraint):
            yield from _asked(constraint)


def _asked(constraint: SparqlConstraint) -> Iterator[str | None]:
    named = constraint.query.touched
    if named is None or TYPE in named or constraint.reads_shapes:
        yield None
    else:
        yield from map(text, named)


def _backwards(path: Path | None) -> Iterator[str | None]:
    if isinstance(path, Step):
        yield from (text(path.predicate),) if path.inverse else ()
    elif isinstance(path, Sequence | Alternative):
        for part in path.parts:
            yield from _backwards(part)
    elif isinstance(path, Inverse):
        yield None
    elif isinstance(path, Repeat):
        yield from _backwards(path.part)
