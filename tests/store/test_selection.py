"""The selection of shapes leaves out only what cannot find anything."""

from __future__ import annotations

from datetime import date

import pyoxigraph
import pytest
from rdflib import RDF, SH, Graph, URIRef

from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.cases import read_cases
from hyte_graph.compliance.engines import engine
from hyte_graph.intake.reader import read_description
from hyte_graph.model import Finding
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.selection import constraints_on
from hyte_graph.store.terms import graph_of
from tests.conftest import EXAMPLES, HARD


class Comparing:
    """An engine that gives the findings of the selection, after a look at those of all rules."""

    name = "shacl"

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.sizes: list[tuple[int, int]] = []

    def validate(self, data: Graph, shapes: Graph) -> tuple[Finding, ...]:
        found = engine(self.name).validate(data, shapes)
        assert found == engine(self.name).validate(data, self.knowledge.shapes)
        self.sizes.append((len(shapes), len(self.knowledge.shapes)))
        return found


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml"))[:: 1 if HARD else 4], ids=lambda path: path.stem)
def test_an_example_has_the_findings_of_all_rules(path, knowledge):
    comparing = Comparing(knowledge)
    description = read_description(path.read_bytes(), path.name, knowledge)
    made = assess(description, knowledge, on=date(2025, 12, 31), checker=comparing)
    assert made.findings
    assert all(some < every for some, every in comparing.sizes)


def test_a_case_has_the_findings_of_all_rules(knowledge):
    quick = engine("shacl")
    cases = list(read_cases(knowledge))[::15]
    for case in cases:
        shapes = knowledge.shapes_for({str(kind) for kind in case.data.objects(None, RDF.type)})
        assert quick.validate(case.data, shapes) == quick.validate(case.data, knowledge.shapes), case.name
    assert cases


SHAPES = """
PREFIX ex: <https://example.org/> PREFIX sh: <http://www.w3.org/ns/shacl#>
ex:wanted a sh:NodeShape ; sh:targetClass ex:A , ex:B ; sh:node ex:referred ; sh:message "no"@en .
ex:other a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .
ex:referred a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:q ; sh:minCount 1 ] .
ex:by-node a sh:NodeShape ; sh:targetNode ex:n ; sh:nodeKind sh:IRI .
"""


def test_a_shape_is_kept_for_its_target_or_because_another_refers_to_it():
    quads = pyoxigraph.parse(SHAPES, format=pyoxigraph.RdfFormat.TURTLE)
    kept = graph_of(constraints_on({"https://example.org/B"}, quads))
    names = {str(node).removeprefix("https://example.org/") for node in kept.subjects() if isinstance(node, URIRef)}
    assert names == {"wanted", "referred", "by-node"}
    assert len(set(kept.objects(None, SH.minCount))) == 1
    assert not set(kept.objects(None, SH.message))
