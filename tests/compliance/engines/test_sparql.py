"""Constraints in SPARQL: each is tried in the quickest way that is sure to give what SHACL says, and all ways agree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal
from rdflib.namespace import RDF, SH, XSD

from hyte_graph.compliance.engines import engine
from hyte_graph.compliance.engines.compiled.columns import Columns
from hyte_graph.compliance.engines.compiled.constraints.sparql import SparqlConstraint
from hyte_graph.compliance.engines.compiled.engine import HyteEngine, plan_of
from hyte_graph.compliance.engines.compiled.plan import Plan
from hyte_graph.compliance.engines.compiled.run import Run
from hyte_graph.compliance.engines.compiled.sparql.query import prepare
from hyte_graph.compliance.engines.compiled.sparql.tokens import tokens, written
from hyte_graph.compliance.engines.compiled.told import findings
from hyte_graph.errors import UndecidedError
from tests.compliance.engines.random_shapes import EX, data_graphs
from tests.conftest import HARD

P, Q, R = (f"<{EX[name]}>" for name in "pqr")


def shape(select: str, **more: object) -> Graph:
    """Return a node shape with one query and the subjects of ex:p as its focus nodes."""
    graph, node = Graph(bind_namespaces="none"), EX.shape
    graph.add((node, RDF.type, SH.NodeShape))
    graph.add((node, SH.targetSubjectsOf, EX.p))
    graph.add((node, SH.sparql, EX.constraint))
    graph.add((EX.constraint, SH.select, Literal(select)))
    for name, value in more.items():
        graph.add((EX.constraint, SH[name], value))
    return graph


def taken(data: Graph, shapes: Graph) -> set[str]:
    """Return the ways that a run took for constraints in SPARQL."""
    tried = []
    HyteEngine(tried.extend).validate(data, shapes)
    return {item.rung for item in tried if item.component.endswith("SPARQLConstraintComponent>")}


def linked(*triples: tuple[str, str, str]) -> Graph:
    graph = Graph(bind_namespaces="none")
    for subject, predicate, thing in triples:
        graph.add((EX[subject], EX[predicate], EX[thing]))
    return graph


DATA = linked(("a", "p", "b"), ("b", "q", "c"), ("c", "p", "a"), ("a", "q", "d"), ("d", "r", "a"))

RUNGS = {
    f"SELECT $this {{ $this {P} ?x }}": "set",
    f"SELECT $this ?value {{ $this {P} ?value FILTER NOT EXISTS {{ ?value {Q} ?y . $this {Q} ?y }} }}": "set",
    f"SELECT $this {{ $this {P} ?x OPTIONAL {{ ?x {Q} ?y FILTER (?y != $this) }} FILTER (!bound(?y)) }}": "set",
    f"SELECT $this {{ $this {P} ?x {{ $this {Q} ?y }} UNION {{ ?x {Q} ?y }} }}": "set",
    f"SELECT $this {{ FILTER NOT EXISTS {{ $this {R} ?y }} }}": "focus",
    f"SELECT $this {{ $this {P}* ?x . ?x {R} ?y }}": "focus",
    f"SELECT $this {{ BIND ($this AS ?x) $this {P} ?y }}": "focus",
    f"SELECT $this {{ ?x {P} ?y {{ FILTER ($this = ?x) }} $this {P} ?z }}": "focus",
    f"SELECT $this {{ $this {P} ?x {{ SELECT $this ?y {{ $this {Q} ?y }} }} }}": "focus",
    f"SELECT $this (COUNT(?x) AS ?n) {{ $this {P} ?x }} GROUP BY $this HAVING (COUNT(?x) > 0)": "focus",
    f"SELECT $this {{ $this {P} ?x }} ORDER BY ?x LIMIT 1": "focus",
}


@pytest.mark.parametrize("query", RUNGS)
def test_a_query_takes_the_quickest_way_that_is_sure_and_finds_what_pyshacl_finds(query):
    assert taken(DATA, shape(query)) == {RUNGS[query]}
    ours, theirs = (engine(name).validate(DATA, shape(query)) for name in ("hyte", "pyshacl"))
    assert ours == theirs


def by_focus(plan: Plan) -> Plan:
    """Return a plan that asks each query for one focus node at a time, of a store that holds everything."""

    def asked(constraint):
        one_by_one = isinstance(constraint, SparqlConstraint)
        return (
            replace(constraint, query=replace(constraint.query, sets=None, touched=None)) if one_by_one else constraint
        )

    shapes = {node: replace(one, constraints=tuple(map(asked, one.constraints))) for node, one in plan.shapes.items()}
    return replace(plan, shapes=shapes)


variables = st.sampled_from(("$this", "?value", "?y", "?z"))
ends = st.one_of(variables, st.sampled_from([f"<{EX[name]}>" for name in "abc"]))
verbs = st.sampled_from((P, Q, R, f"({P}/{Q})", f"^{P}", f"({P}|{Q})", f"{P}*", "?any"))
triples = st.builds("{} {} {} . ".format, variables, verbs, ends)
tests = st.builds("FILTER ({} {} {}) ".format, variables, st.sampled_from(("=", "!=")), ends)
plain = st.lists(triples, min_size=1, max_size=2).map("".join)
inner = st.builds("{}{}".format, plain, st.one_of(st.just(""), tests))
exists = st.builds("FILTER {}EXISTS {{ {} }} ".format, st.sampled_from(("", "NOT ")), inner)
others = st.one_of(
    tests,
    exists,
    exists,
    st.builds("OPTIONAL {{ {} }} ".format, inner),
    st.builds("{{ {} }} UNION {{ {} }} ".format, inner, inner),
    st.just("BIND (STR($this) AS ?told) "),
)
queries = st.builds(
    "SELECT {}$this ?value {{ {} }}".format,
    st.sampled_from(("", "DISTINCT ")),
    st.builds(
        "$this {} ?value . {}{}".format,
        verbs,
        st.one_of(st.just(""), triples),
        st.lists(others, max_size=3).map("".join),
    ),
)


@settings(
    max_examples=3000 if HARD else 250, deadline=None, derandomize=not HARD, suppress_health_check=list(HealthCheck)
)
@given(data=data_graphs(), query=queries)
def test_a_query_for_all_nodes_finds_what_a_query_for_each_finds(data: Graph, query: str):
    named = Graph(bind_namespaces="none")
    for triple in data:
        if not {type(term) for term in triple} & {BNode} and getattr(triple[2], "datatype", None) is None:
            named.add(triple)
    plan = plan_of(shape(query))
    together, apart = (Run(Columns.of_graph(named), one) for one in (plan, by_focus(plan)))
    assert findings(together.results(), together.data.terms) == findings(apart.results(), apart.data.terms), query


def test_a_literal_that_the_store_would_rewrite_is_left_to_pyshacl():
    data = linked(("a", "p", "b"))
    data.add((EX.a, EX.p, Literal("01", datatype=XSD.integer, normalize=False)))
    shapes = shape(f"SELECT $this ?value {{ $this {P} ?value FILTER (isLiteral(?value)) }}")
    assert taken(data, shapes) == {"pyshacl"}
    assert [finding.value for finding in engine("hyte").validate(data, shapes)] == ["01"]


def test_a_blank_node_is_asked_for_among_all_or_left_to_pyshacl():
    data = linked(("a", "q", "b"))
    data.add((BNode(), EX.p, EX.b))
    for query, rung in (
        (f"SELECT $this {{ $this {P} ?x }}", "set"),
        (f"SELECT $this {{ {{ $this {P} ?x }} }}", "pyshacl"),
    ):
        assert taken(data, shape(query)) == {rung}
        assert len(engine("hyte").validate(data, shape(query))) == 1


def test_messages_are_filled_in_every_language():
    shapes = shape(f"SELECT $this ?value {{ $this {P} ?value }}")
    for word, language in (("{?value} on väärin", "fi"), ("{$value} är fel", "sv")):
        shapes.add((EX.constraint, SH.message, Literal(word, lang=language)))
    report = engine("hyte").report(linked(("a", "p", "b")), shapes)
    assert {str(text) for text in report.objects(None, SH.resultMessage)} == {f"{EX.b} on väärin", f"{EX.b} är fel"}


def test_a_deactivated_constraint_finds_nothing():
    assert not engine("hyte").validate(DATA, shape(f"SELECT $this {{ $this {P} ?x }}", deactivated=Literal(True)))


def test_a_solution_that_binds_failure_is_a_failure_of_the_check():
    with pytest.raises(UndecidedError):
        engine("hyte").validate(DATA, shape(f"SELECT $this ?failure {{ $this {P} ?x BIND (true AS ?failure) }}"))


@pytest.mark.parametrize(
    "query",
    [f"SELECT $this {{ $this {P} ?x MINUS {{ $this {Q} ?y }} }}", "SELECT $this { SERVICE <http://a.invalid> {} }"],
)
def test_what_shacl_forbids_is_refused_in_one_sentence(query):
    with pytest.raises(UndecidedError, match="forbids there"):
        engine("hyte").validate(DATA, shape(query))


def test_a_query_that_no_engine_can_read_is_a_failure_of_the_check():
    with pytest.raises(UndecidedError):
        engine("hyte").validate(DATA, shape("SELECT $this { $this"))


def test_words_are_written_as_they_were_read():
    query = 'SELECT $this # now\n{ $this a ex:b.c ; ex:d "x{}#"@sv-FI , 2.5e3 , "1"^^xsd:int FILTER(?x <= 3 && true) }'
    assert written(tokens(query)) == query.replace(" # now\n", " ")


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (f"$this {P}/^{Q} ?x ; a ?y", {P, Q, f"<{RDF.type}>"}),
        (f"$this ex:p ?x FILTER NOT EXISTS {{ ?x {R} $this }}", {P, R}),
        (f"$this {P} ?x OPTIONAL {{ ?x {Q} ?y }} {{ ?x {R} ?z }} UNION {{ ?x ex:p ?z }}", {P, Q, R}),
        ("$this ?any ?x", None),
        (f"$this {P}* ?x", None),
        (f"$this !{P} ?x", None),
        (f"$this {P} [ {Q} ?x ]", None),
        (f"$this {P} ?x FILTER (EXISTS {{ ?x {Q} ?y }})", None),
        (f"$this {P} ?x {{ SELECT $this {{ $this {Q} ?y }} }}", None),
    ],
)
def test_a_query_sees_the_predicates_that_it_names_unless_it_may_see_others(body, names):
    query = prepare(f"SELECT $this {{ {body} }}", f"PREFIX ex: <{EX}>\n", None, {}, {"this"})
    assert query.touched == names
