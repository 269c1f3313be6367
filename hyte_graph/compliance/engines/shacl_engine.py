"""The Rust engine `shacl`: an independent second opinion, and the only module that imports it."""

from __future__ import annotations

from rdflib import Graph

from hyte_graph.compliance.engines.known import refuse_unknown
from hyte_graph.compliance.engines.report import read_findings
from hyte_graph.errors import MissingToolError, UndecidedError
from hyte_graph.messages import say
from hyte_graph.model import Finding


class ShaclEngine:
    """The `shacl` package, fed with N-Triples so that no term is rewritten on the way."""

    name = "shacl"

    def validate(self, data: Graph, shapes: Graph) -> tuple[Finding, ...]:
        """Return the findings, sorted."""
        return read_findings(self.report(data, shapes))

    def report(self, data: Graph, shapes: Graph) -> Graph:
        """Return the report of validation in RDF."""
        try:
            import shacl
        except ImportError as error:
            raise MissingToolError(say("engine-missing")) from error
        refuse_unknown(shapes)
        try:
            report = shacl.Shapes.from_text(_ntriples(shapes), "ntriples").validate_text(_ntriples(data), "ntriples")
            return Graph(bind_namespaces="none").parse(data=report.serialize("ntriples"), format="nt")
        except ValueError as error:
            raise UndecidedError(say("engine-failed", detail=str(error)[:300])) from error


def _ntriples(graph: Graph) -> str:
    return graph.serialize(format="nt")
