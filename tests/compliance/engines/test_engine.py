"""The project's own engine: plans that last, shapes that are refused, and what it tells of its ways."""

from __future__ import annotations

import pickle

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH, XSD

from hyte_graph.cli.main import main
from hyte_graph.compliance.cases import case_files, read_case
from hyte_graph.compliance.engines import ENGINES, Planner, engine
from hyte_graph.compliance.engines.compiled.engine import HyteEngine, plan_of
from hyte_graph.compliance.findings import find, plan_of_rules
from hyte_graph.errors import UndecidedError, UsageError
from tests.compliance.engines.random_shapes import EX
from tests.conftest import EXAMPLES

RING = BNode()


def tree(*links: tuple[str, str]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for above, below in links:
        graph.add((EX[above], EX.child, EX[below]))
    return graph


def recursive() -> Graph:
    """Return a shape that asks of every child what it asks itself: not to have the child z."""
    graph = Graph(bind_namespaces="none")
    graph.add((EX.shape, RDF.type, SH.NodeShape))
    graph.add((EX.shape, SH.targetNode, EX.a))
    graph.add((EX.shape, SH.property, EX.inner))
    graph.add((EX.inner, SH.path, EX.child))
    graph.add((EX.inner, SH.node, EX.shape))
    graph.add((EX.inner, SH.disjoint, EX.never))
    return graph


def test_a_shape_may_refer_to_itself_where_the_data_come_to_an_end():
    data = tree(("a", "b"), ("a", "c"), ("b", "c"), ("c", "z"))
    data.add((EX.c, EX.never, EX.z))
    found = engine("hyte").validate(data, recursive())
    assert {(finding.focus, finding.value) for finding in found} == {(str(EX.a), str(EX.b)), (str(EX.a), str(EX.c))}


@pytest.mark.parametrize("name", ["hyte", "shacl"])
def test_the_inverse_of_a_sequence_goes_back_from_its_end(name):
    """From y by the inverse of p/q one comes to x, where x p m and m q y (SHACL 2.3.1.4 and SPARQL 1.1, 18.2.2.3)."""
    data, shapes, inverse = Graph(bind_namespaces="none"), Graph(bind_namespaces="none"), BNode()
    for triple in ((EX.x, EX.p, EX.m), (EX.m, EX.q, EX.y), (EX.w, EX.q, EX.n), (EX.n, EX.p, EX.y)):
        data.add(triple)
    shapes.add((EX.shape, RDF.type, SH.PropertyShape))
    shapes.add((EX.shape, SH.targetNode, EX.y))
    shapes.add((EX.shape, SH.path, inverse))
    shapes.add((inverse, SH.inversePath, Collection(shapes, BNode(), [EX.p, EX.q]).uri))
    shapes.add((EX.shape, SH["class"], EX.C))
    assert [finding.value for finding in engine(name).validate(data, shapes)] == [str(EX.x)]


def test_a_shape_that_comes_back_to_the_same_node_is_refused():
    with pytest.raises(UndecidedError, match="refers back to itself"):
        engine("hyte").validate(tree(("a", "b"), ("b", "a")), recursive())


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        (SH.minCount, Literal("one")),
        (SH.maxCount, Literal("-1", datatype=XSD.integer)),
        (SH.nodeKind, EX.noKind),
        (SH["in"], EX.noList),
        (SH["or"], EX.noList),
        (SH.datatype, Literal("x")),
        (SH.equals, Literal("x")),
        (SH.minInclusive, EX.a),
        (SH.node, Literal("x")),
        (SH.path, Literal("x")),
        pytest.param(SH.path, RING, id="path-ring"),
        (SH.pattern, Literal("(")),
        (SH.sparql, EX.noQuery),
    ],
)
def test_a_shape_that_is_not_well_formed_is_named(predicate, value):
    shapes = Graph(bind_namespaces="none")
    shapes.add((EX.shape, RDF.type, SH.NodeShape))
    shapes.add((EX.shape, SH.targetNode, EX.a))
    shapes.add((EX.shape, predicate, value))
    shapes.add((RING, SH.inversePath, RING))
    with pytest.raises(UndecidedError, match="not well formed"):
        engine("hyte").validate(tree(("a", "b")), shapes)


def test_data_that_go_deeper_than_the_engine_can_follow_are_a_failure_of_the_check():
    data = tree(("a", "n0"), *((f"n{at}", f"n{at + 1}") for at in range(2000)))
    with pytest.raises(UndecidedError, match="RecursionError"):
        engine("hyte").validate(data, recursive())


@pytest.fixture(scope="module")
def data(knowledge) -> Graph:
    """Return the data of one case."""
    return read_case(case_files(knowledge)[0], knowledge.rules).data


def test_a_plan_of_all_rules_can_be_sent_to_another_process_and_finds_the_same(knowledge, data):
    plan = plan_of_rules(knowledge)
    again = pickle.loads(pickle.dumps(plan))  # noqa: S301
    assert again == plan
    assert HyteEngine().carry_out(data, again) == HyteEngine().carry_out(data, plan)


def test_the_plan_of_the_rules_is_made_once(knowledge):
    assert plan_of_rules(knowledge) is plan_of_rules(knowledge)


def test_every_engine_finds_the_same_by_the_rules_and_only_the_own_one_takes_a_plan(knowledge, data):
    engines = [engine(name) for name in ENGINES]
    assert [isinstance(one, Planner) for one in engines] == [True, False, False]
    assert len({find(one, data, knowledge) for one in engines}) == 1


def test_shapes_from_quads_and_from_a_graph_are_one_plan(knowledge):
    assert plan_of(knowledge.shapes).shapes.keys() >= {f"<{iri}>" for iri in _named(knowledge)}
    assert plan_of(knowledge.rule_quads).shapes.keys() >= {f"<{iri}>" for iri in _named(knowledge)}


def _named(knowledge) -> set[str]:
    return {str(node) for node in knowledge.shapes.subjects(SH.targetClass) if isinstance(node, URIRef)}


def test_a_blank_node_has_no_length_not_even_none():
    shapes, node = Graph(bind_namespaces="none"), BNode()
    shapes.add((EX.shape, SH.targetSubjectsOf, EX.child))
    shapes.add((EX.shape, SH.minLength, Literal(0)))
    data = tree(("a", "b"))
    data.add((node, EX.child, EX.b))
    assert [finding.focus for finding in engine("hyte").validate(data, shapes)] == [str(node)]


def test_an_unknown_engine_is_an_error_of_the_caller():
    with pytest.raises(UsageError, match="hyte, pyshacl, shacl"):
        engine("none")


@pytest.mark.parametrize(
    ("language", "head", "way"),
    [
        ("en", "constraint component", "one SPARQL query for all nodes"),
        ("fi", "rajoitekomponentti", "yksi SPARQL-kysely kaikille solmuille"),
        ("sv", "villkorskomponent", "en SPARQL-fråga för alla noder"),
    ],
)
def test_explain_tells_on_stderr_how_each_constraint_was_checked(capsys, language, head, way):
    words = ["check", str(EXAMPLES / "lansi-uusimaa.yaml"), "--on", "2025-12-31", "--explain", "--lang", language]
    assert main(words) == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith(head)
    assert lines[-1] == f"cty-7-4-s1a-cooperate-with-municipalities--every-municipality: {way}"
    assert sum(int(line.split()[-1]) for line in lines[1:-1]) > 1000


def test_explain_needs_the_engine_that_can_tell(capsys):
    words = ["check", str(EXAMPLES / "lansi-uusimaa.yaml"), "--explain", "--engine", "shacl", "--lang", "en"]
    assert main(words) == 2
    assert "leave out --explain" in capsys.readouterr().err
