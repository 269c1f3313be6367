"""pySHACL, with its surprises taken out: the only module that imports it."""

from __future__ import annotations

import logging
import threading
import warnings

import rdflib
from rdflib import Graph

from hyte_graph.compliance.engines.known import refuse_unknown
from hyte_graph.compliance.engines.report import read_findings
from hyte_graph.errors import UndecidedError
from hyte_graph.messages import say
from hyte_graph.model import Finding

_LOCK = threading.Lock()  # rdflib's SPARQL parser is not thread-safe, and pySHACL patches rdflib while it loads


class PyshaclEngine:
    """pySHACL on rdflib memory.

    No imports, no advanced features, no inference, nothing written to the data. A recursion warning or an exception
    handed back as a report is an UndecidedError, never an answer.
    """

    name = "pyshacl"

    def validate(self, data: Graph, shapes: Graph) -> tuple[Finding, ...]:
        """Return the findings, sorted."""
        return read_findings(self.report(data, shapes))

    def report(self, data: Graph, shapes: Graph) -> Graph:
        """Return the report of validation in RDF."""
        refuse_unknown(shapes)
        with _LOCK, warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.filterwarnings("default", category=DeprecationWarning)
            return self._report(data, shapes)

    def _report(self, data: Graph, shapes: Graph) -> Graph:
        import pyshacl

        logging.getLogger("pyshacl").setLevel(logging.CRITICAL)
        try:
            _, report, text = pyshacl.validate(data, shacl_graph=shapes, do_owl_imports=False, inplace=False)
        except Exception as error:  # any failure of the engine leaves every duty undecided
            raise UndecidedError(say("engine-failed", detail=f"{type(error).__name__}: {error}"[:300])) from error
        finally:
            rdflib.NORMALIZE_LITERALS = False  # pySHACL turns it back on
        if not isinstance(report, Graph):
            raise UndecidedError(say("engine-failed", detail=" ".join(str(text).split())[:300]))
        return report
