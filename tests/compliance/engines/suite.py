"""The tests of the SHACL test suite: data, shapes and the report that is due (W3C, data-shapes-test-suite)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from hyte_graph.store.terms import graph_of
from hyte_graph.vocabulary import FOREIGN

SUITE = Path(__file__).resolve().parents[2] / "suites" / "shacl"
MF, SHT = Namespace(FOREIGN["mf"]), Namespace(FOREIGN["sht"])

_BASE = "http://suite.invalid/"
_COMPARED = {
    RDF.type,
    SH.conforms,
    SH.result,
    SH.focusNode,
    SH.resultPath,
    SH.resultSeverity,
    SH.sourceConstraintComponent,
    SH.sourceShape,
    SH.value,
}
_FURTHER = frozenset({SH.resultMessage, SH.sourceConstraint})


@dataclass(frozen=True)
class SuiteTest:
    """One test; `expected` is None where the shapes must be refused."""

    name: str
    data: Graph
    shapes: Graph
    expected: Graph | None


def suite_tests(part: str) -> list[SuiteTest]:
    """Return the tests of a part of the suite, by name."""
    return sorted(_tests(SUITE / part / "manifest.ttl"), key=lambda test: test.name)


def _tests(path: Path) -> Iterator[SuiteTest]:
    graph = _read(path)
    for manifest in graph.subjects(RDF.type, MF.Manifest):
        for included in graph.objects(manifest, MF.include):
            yield from _tests(_path(included))
        for entries in graph.objects(manifest, MF.entries):
            yield from (_test(graph, entry) for entry in Collection(graph, entries))


def _test(graph: Graph, entry: Node) -> SuiteTest:
    action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
    data, shapes = graph.value(action, SHT.dataGraph), graph.value(action, SHT.shapesGraph)
    expected = None if result == SHT.Failure else _report(graph, result, _FURTHER)
    return SuiteTest(str(entry).removeprefix(_BASE), _read(_path(data)), _read(_path(shapes)), expected)


def _path(address: Node) -> Path:
    return SUITE / str(address).removeprefix(_BASE)


def _read(path: Path) -> Graph:
    base = _BASE + path.relative_to(SUITE).as_posix()
    return graph_of(pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE, base_iri=base))


def agrees(found: Graph, expected: Graph) -> bool:
    """Return whether a report is the expected one; messages and SPARQL constraints count where they are expected."""
    report = next(found.subjects(RDF.type, SH.ValidationReport))
    return isomorphic(
        _report(found, report, _further(expected)), _report(expected, _root(expected), _further(expected))
    )


def _root(expected: Graph) -> Node:
    return next(expected.subjects(SH.conforms))


def _further(expected: Graph) -> frozenset[Node]:
    return _FURTHER & set(expected.predicates())


def _report(graph: Graph, root: Node, further: frozenset[Node]) -> Graph:
    """Return the part of a graph that is the report: its own triples and those of its results."""
    report = Graph(bind_namespaces="none")
    for node in (root, *graph.objects(root, SH.result)):
        for predicate, value in graph.predicate_objects(node):
            if predicate in _COMPARED | further:
                told = Literal(_path_text(graph, value)) if predicate == SH.resultPath else value
                report.add((node, predicate, told))
    return report


def _path_text(graph: Graph, node: Node) -> str:
    """Return a path by its structure: whether two results share its node is no difference."""
    if isinstance(node, Literal):
        return str(node)  # the expected report is read twice
    if isinstance(node, URIRef):
        return node.n3()
    parts = (f"{predicate.n3()} {_path_text(graph, value)}" for predicate, value in graph.predicate_objects(node))
    return f"[{'; '.join(sorted(parts))}]"
