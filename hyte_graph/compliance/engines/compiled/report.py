"""Results as a report of validation in a graph of rdflib (SHACL 3.6.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rdflib import BNode, Graph, Literal
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from hyte_graph.compliance.engines.compiled import paths
from hyte_graph.compliance.engines.compiled.rdflib_terms import to_rdflib
from hyte_graph.compliance.engines.compiled.run import Result
from hyte_graph.compliance.engines.compiled.terms import Term
from hyte_graph.compliance.engines.compiled.wording import messages

_SIGNS = {"*": SH.zeroOrMorePath, "+": SH.oneOrMorePath, "?": SH.zeroOrOnePath}


def report_graph(results: Iterable[Result], terms: Sequence[Term]) -> Graph:
    """Return the report of validation."""
    graph, report = Graph(bind_namespaces="none"), BNode()
    graph.add((report, RDF.type, SH.ValidationReport))
    for result in results:
        node = BNode()
        graph.add((report, SH.result, node))
        for predicate, value in _told(result, terms, graph):
            graph.add((node, predicate, value))
    conforms = (None, SH.result, None) not in graph
    graph.add((report, SH.conforms, Literal(conforms)))
    return graph


def _told(result: Result, terms: Sequence[Term], graph: Graph) -> Iterable[tuple[Node, Node]]:
    hit, path = result.hit, result.hit.path or result.shape.path
    yield RDF.type, SH.ValidationResult
    yield SH.focusNode, to_rdflib(terms[hit.focus])
    yield SH.resultSeverity, to_rdflib(result.shape.severity)
    yield SH.sourceShape, to_rdflib(result.shape.node)
    yield SH.sourceConstraintComponent, to_rdflib(result.constraint.component)
    if hit.value is not None:
        yield SH.value, to_rdflib(terms[hit.value])
    if path is not None:
        yield SH.resultPath, _path_node(path, graph)
    if result.constraint.source:
        yield SH.sourceConstraint, to_rdflib(result.constraint.source)
    yield from ((SH.resultMessage, to_rdflib(message)) for message in messages(result))


def _path_node(path: paths.Path, graph: Graph) -> Node:
    """Return the node that stands for a path in the report, where its parts are written."""
    if isinstance(path, paths.Step) and not path.inverse:
        return to_rdflib(path.predicate)
    node = BNode()
    if isinstance(path, paths.Step):
        graph.add((node, SH.inversePath, to_rdflib(path.predicate)))
    elif isinstance(path, paths.Inverse):
        graph.add((node, SH.inversePath, _path_node(path.part, graph)))
    elif isinstance(path, paths.Repeat):
        graph.add((node, _SIGNS[path.sign], _path_node(path.part, graph)))
    else:
        members = Collection(graph, BNode(), [_path_node(part, graph) for part in path.parts])
        if isinstance(path, paths.Sequence):
            return members.uri
        graph.add((node, SH.alternativePath, members.uri))
    return node
