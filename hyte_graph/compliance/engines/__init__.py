"""SHACL engines behind one interface: a graph of data and a graph of shapes go in, findings come out."""

from __future__ import annotations

from typing import Protocol

from rdflib import Graph

from hyte_graph.errors import UsageError
from hyte_graph.languages import Text
from hyte_graph.model import Finding

ENGINES = ("pyshacl", "shacl")


class Engine(Protocol):
    """A SHACL processor."""

    name: str

    def validate(self, data: Graph, shapes: Graph) -> tuple[Finding, ...]:
        """Return the findings, sorted.

        Raises:
            UndecidedError: the engine could not carry out the validation.
        """


def engine(name: str = "pyshacl") -> Engine:
    """Return an engine by its name; each is imported only when asked for."""
    if name == "pyshacl":
        from hyte_graph.compliance.engines.pyshacl_engine import PyshaclEngine

        return PyshaclEngine()
    if name == "shacl":
        from hyte_graph.compliance.engines.shacl_engine import ShaclEngine

        return ShaclEngine()
    raise UsageError(Text.same(f'No engine "{name}"; use one of {", ".join(ENGINES)}.'))
