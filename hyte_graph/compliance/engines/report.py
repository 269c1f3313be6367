"""Findings read off the graph of a SHACL report (SHACL 3.6.2)."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from hyte_graph.model import Finding


def read_findings(report: Graph) -> tuple[Finding, ...]:
    """Return the findings of a graph with one `sh:ValidationReport`, sorted; nested details are left out."""
    top = set(report.objects(None, SH.result))
    return tuple(sorted((_finding(report, node) for node in top), key=_order))


def _order(finding: Finding) -> tuple[str, ...]:
    return finding.focus, finding.shape, finding.component, finding.path, finding.value


def _finding(report: Graph, node: Node) -> Finding:
    severity = str(report.value(node, SH.resultSeverity) or "").rsplit("#", 1)[-1]
    value = report.value(node, SH.value)
    path = report.value(node, SH.resultPath)
    return Finding(
        shape=str(report.value(node, SH.sourceShape) or ""),
        focus=str(report.value(node, SH.focusNode) or ""),
        severity=severity,
        component=str(report.value(node, SH.sourceConstraintComponent) or ""),
        path=str(path) if isinstance(path, URIRef) else "",
        value=str(value) if isinstance(value, URIRef | Literal) else "",
    )
