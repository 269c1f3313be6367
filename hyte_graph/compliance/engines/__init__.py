"""SHACL engines behind one interface: a graph of data and a graph of shapes go in, findings or a report come out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from hyte_graph.errors import UsageError
from hyte_graph.languages import Text

if TYPE_CHECKING:
    from rdflib import Graph

    from hyte_graph.compliance.engines.compiled.plan import Plan
    from hyte_graph.model import Finding
    from hyte_graph.store.statements import Statement

DEFAULT = "hyte"
ENGINES = (DEFAULT, "pyshacl", "shacl")


class Engine(Protocol):
    """A SHACL processor."""

    name: str

    def validate(self, data: Graph, shapes: Graph) -> tuple[Finding, ...]:
        """Return the findings, sorted.

        Raises:
            UndecidedError: the engine could not carry out the validation.
        """

    def report(self, data: Graph, shapes: Graph) -> Graph:
        """Return the report of validation in RDF (SHACL 3.6).

        Raises:
            UndecidedError: the engine could not carry out the validation.
        """


@runtime_checkable
class Planner(Protocol):
    """An engine that makes a plan of the shapes, so that they are read once for all data."""

    def carry_out(self, data: Iterable[Statement], plan: Plan) -> tuple[Finding, ...]:
        """Return the findings of a plan on the triples of a graph, sorted.

        Raises:
            UndecidedError: the engine could not carry out the validation.
        """


def engine(name: str = DEFAULT) -> Engine:
    """Return an engine by its name; each is imported only when asked for."""
    if name == "hyte":
        from hyte_graph.compliance.engines.compiled.engine import HyteEngine

        return HyteEngine()
    if name == "pyshacl":
        from hyte_graph.compliance.engines.pyshacl_engine import PyshaclEngine

        return PyshaclEngine()
    if name == "shacl":
        from hyte_graph.compliance.engines.shacl_engine import ShaclEngine

        return ShaclEngine()
    raise UsageError(Text.same(f'No engine "{name}"; use one of {", ".join(ENGINES)}.'))
