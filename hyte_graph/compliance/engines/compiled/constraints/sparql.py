"""Constraints that are told in SPARQL (SHACL 5, 6), and the rung that each took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from hyte_graph.compliance.engines.compiled.constraints.base import (
    Batch,
    Bindings,
    Constraint,
    Evaluation,
    Hit,
    Place,
    component,
)
from hyte_graph.compliance.engines.compiled.paths import Step
from hyte_graph.compliance.engines.compiled.queries import Row
from hyte_graph.compliance.engines.compiled.sparql.binding import can_stand
from hyte_graph.compliance.engines.compiled.sparql.query import Query
from hyte_graph.compliance.engines.compiled.terms import TRUE, Term, is_iri, text
from hyte_graph.errors import UndecidedError
from hyte_graph.messages import say

SPARQL = component("SPARQL")


@dataclass(frozen=True)
class SparqlConstraint(Constraint):
    """A constraint by a query: `sh:sparql`, or a component with its parameters."""

    is_query = True
    query: Query
    source: Term | None  # the SPARQL constraint; none for a component
    kind: Term = SPARQL
    parameters: Bindings = ()
    messages: tuple[Term, ...] = ()

    @property
    def component(self) -> Term:  # type: ignore[override]
        """Return the component."""
        return self.kind

    @property
    def reads_shapes(self) -> bool:  # type: ignore[override]
        """Return whether the query looks into the shapes graph."""
        return self.query.reads_shapes

    def rung(self, run: Evaluation, nodes: Set[int]) -> str:
        """Return how the constraint is tried on these focus and value nodes.

        Raises:
            UndecidedError: SHACL forbids the query.
        """
        if self.query.refusal:
            raise UndecidedError(say("query-forbidden", what=self.query.refusal))
        if not self.query.is_writable or not run.queries.answers(self.query):
            return "pyshacl"
        if self.query.sets:
            return "set"
        terms = run.data.terms
        return "focus" if all(can_stand(terms[node]) for node in nodes) else "pyshacl"

    def _by_pyshacl(self, run: Evaluation, shape: Place, focus: Set[int]) -> Iterable[Hit]:
        from hyte_graph.compliance.engines.compiled.fallback import by_pyshacl

        return by_pyshacl(run.queries, shape, self, focus)


@dataclass(frozen=True)
class Selected(SparqlConstraint):
    """A constraint by a SELECT query: every solution is a violation."""

    def violations(self, run: Evaluation, shape: Place, batch: Batch) -> Iterable[Hit]:
        """Return every violation by these focus nodes."""
        rung = self.rung(run, batch.focus)
        run.took(shape, self, rung)
        if rung == "pyshacl":
            return self._by_pyshacl(run, shape, batch.focus)
        return self._asked(run, shape, batch.focus)

    def _asked(self, run: Evaluation, shape: Place, focus: Set[int]) -> Iterator[Hit]:
        sets, queries = self.query.sets, run.queries
        found = queries.all_at_once(self.query, sets, focus) if sets else queries.one_by_one(self.query, focus)
        for node, row in found:
            if row.get("failure") == TRUE:
                raise UndecidedError(say("query-failed", detail=text(shape.node)))
            yield self._hit(run, shape, node, row)

    def _hit(self, run: Evaluation, shape: Place, node: int, row: Row) -> Hit:
        value = run.data.number(row["value"]) if "value" in row else (node if shape.path is None else None)
        path = row.get("path", "")
        bound = {**dict(self.parameters), "this": run.data.terms[node], **row}
        return Hit(node, value, Step(path) if path and is_iri(path) else None, tuple(sorted(bound.items())))


@dataclass(frozen=True)
class Asked(SparqlConstraint):
    """A constraint by an ASK query: every value node for which the answer is no is a violation."""

    def violations(self, run: Evaluation, shape: Place, batch: Batch) -> Iterable[Hit]:
        """Return every violation by these focus nodes."""
        rung = self.rung(run, batch.every_value | batch.focus)
        run.took(shape, self, rung)
        if rung == "pyshacl":
            return self._by_pyshacl(run, shape, batch.focus)
        return self._asked(run, batch)

    def _asked(self, run: Evaluation, batch: Batch) -> Iterator[Hit]:
        terms = run.data.terms
        for focus, found in batch.values.items():
            for value in found:
                if not run.queries.ask(self.query, focus, value):
                    told = {**dict(self.parameters), "this": terms[focus], "value": terms[value]}
                    yield Hit(focus, value, None, tuple(sorted(told.items())))
