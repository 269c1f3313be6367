"""The Rust engine `shacl`: an independent second opinion, and the only module that imports it."""

from __future__ import annotations

import pyoxigraph
from rdflib import Graph

from hyte_graph.compliance.engines.known import refuse_unknown
from hyte_graph.compliance.engines.report import read_findings
from hyte_graph.errors import MissingToolError, UndecidedError
from hyte_graph.messages import say
from hyte_graph.model import Finding
from hyte_graph.store.terms import graph_of


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
            text = report.serialize("ntriples").encode()
            return graph_of(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES, lenient=True))
        except (ValueError, SyntaxError) as error:
            raise UndecidedError(say("engine-failed", detail=str(error)[:300])) from error


def _ntriples(graph: Graph) -> str:
    return graph.serialize(format="nt")
