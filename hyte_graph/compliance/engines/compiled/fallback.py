"""The last rung: pySHACL tries one constraint of one shape, where Oxigraph would not see the terms as written."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from rdflib import Graph, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from hyte_graph.compliance.engines.compiled.constraints.base import Hit, Place
from hyte_graph.compliance.engines.compiled.paths import Step
from hyte_graph.compliance.engines.compiled.rdflib_terms import of_rdflib, to_rdflib
from hyte_graph.compliance.engines.pyshacl_engine import PyshaclEngine

if TYPE_CHECKING:
    from hyte_graph.compliance.engines.compiled.constraints.sparql import SparqlConstraint
    from hyte_graph.compliance.engines.compiled.queries import Queries

_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target)


def by_pyshacl(queries: Queries, shape: Place, constraint: SparqlConstraint, focus: Set[int]) -> Iterator[Hit]:
    """Yield the violations that pySHACL finds of one constraint on some focus nodes."""
    data = Graph(bind_namespaces="none")
    for triple in queries.data:
        data.add(tuple(map(to_rdflib, triple)))  # type: ignore[arg-type]
    shapes = _shapes(queries, shape, {to_rdflib(queries.data.terms[node]) for node in focus})
    report = PyshaclEngine().report(data, shapes)
    for result in set(report.objects(None, SH.result)):
        if _is_of(report, result, shape, constraint):
            yield _hit(report, result, queries)


def _shapes(queries: Queries, shape: Place, focus: Set[Node]) -> Graph:
    """Return the shapes graph in which only one shape has targets, and these are the focus nodes."""
    shapes = Graph(bind_namespaces="none")
    for triple in queries.plan.source:
        subject, predicate, thing = map(to_rdflib, triple)
        if predicate not in _TARGETS:
            shapes.add((subject, predicate, thing))
    for node in focus:
        shapes.add((to_rdflib(shape.node), SH.targetNode, node))
    return shapes


def _is_of(report: Graph, result: Node, shape: Place, constraint: SparqlConstraint) -> bool:
    told = {(SH.sourceShape, to_rdflib(shape.node)), (SH.sourceConstraintComponent, to_rdflib(constraint.component))}
    if constraint.source:
        told.add((SH.sourceConstraint, to_rdflib(constraint.source)))
    return all((result, predicate, value) in report for predicate, value in told)


def _hit(report: Graph, result: Node, queries: Queries) -> Hit:
    focus, value = report.value(result, SH.focusNode), report.value(result, SH.value)
    path = report.value(result, SH.resultPath)
    return Hit(
        focus=queries.data.number(of_rdflib(focus)),  # type: ignore[arg-type]
        value=None if value is None else queries.data.number(of_rdflib(value)),
        path=Step(of_rdflib(path)) if isinstance(path, URIRef) else None,
    )
