"""The project's own SHACL engine: shapes become a plan once, and the plan is tried on all data together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph
from rdflib import Graph

from hyte_graph.compliance.engines.compiled.columns import Columns
from hyte_graph.compliance.engines.compiled.plan import Plan
from hyte_graph.compliance.engines.compiled.run import Result, Run, Tried
from hyte_graph.compliance.engines.compiled.terms import triple_of
from hyte_graph.compliance.engines.compiled.told import findings
from hyte_graph.errors import UndecidedError
from hyte_graph.messages import say
from hyte_graph.model import Finding

if TYPE_CHECKING:
    from hyte_graph.store.statements import Statement


def plan_of(shapes: Graph | Iterable[pyoxigraph.Quad]) -> Plan:
    """Return the plan of a shapes graph of rdflib, or of quads of Oxigraph.

    Raises:
        UndecidedError: a shape is not well formed.
    """
    from hyte_graph.compliance.engines.compiled.compiler import compile_plan

    if isinstance(shapes, Graph):
        return compile_plan(Columns.of_graph(shapes))
    return compile_plan(map(triple_of, shapes))


class HyteEngine:
    """SHACL Core and SHACL-SPARQL, set-based.

    Args:
        on_tried: called after each run with every constraint that was tried, and how.
    """

    name = "hyte"

    def __init__(self, on_tried: Callable[[Iterable[Tried]], None] | None = None) -> None:
        self._on_tried = on_tried

    def validate(self, data: Graph, shapes: Graph) -> tuple[Finding, ...]:
        """Return the findings, sorted."""
        return self.carry_out(data, plan_of(shapes))

    def carry_out(self, data: Iterable[Statement], plan: Plan) -> tuple[Finding, ...]:
        """Return the findings of a plan on the triples of a graph, sorted."""
        run = Run(Columns.of_graph(data), plan)
        return findings(self._results(run), run.data.terms)

    def report(self, data: Graph, shapes: Graph) -> Graph:
        """Return the report of validation in RDF."""
        from hyte_graph.compliance.engines.compiled.report import report_graph

        run = Run(Columns.of_graph(data), plan_of(shapes))
        return report_graph(self._results(run), run.data.terms)

    def _results(self, run: Run) -> Iterator[Result]:
        try:
            yield from run.results()
        except RecursionError as error:
            raise UndecidedError(say("engine-failed", detail="RecursionError")) from error
        if self._on_tried:
            self._on_tried(run.rungs())
