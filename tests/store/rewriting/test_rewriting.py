"""A query with EXISTS asked all at once has the same solutions, and is left alone wherever that is not sure."""

from __future__ import annotations

import time
from collections import Counter
from random import Random

import pytest
import rdflib
from pyoxigraph import QueryBoolean, QueryTriples, Store, Triple

from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.questions import read_questions
from hyte_graph.store.rewriting import rewriting
from hyte_graph.store.terms import node_of, term_of
from tests.conftest import HARD
from tests.store.rewriting.random_queries import PREFIX, Writer, random_store

QUERIES = 60_000 if HARD else 1_500
ON_RDFLIB = 4_000 if HARD else 60


def asked(store: Store, text: str) -> object:
    """Return the answer of Oxigraph as a value to compare: rows without their order."""
    found = store.query(text, use_default_graph_as_union=True)
    if isinstance(found, QueryBoolean):
        return bool(found)
    return Counter(map(str, found) if isinstance(found, QueryTriples) else (tuple(map(str, row)) for row in found))


def asked_rdflib(store: Store, text: str) -> object:
    """Return the answer of rdflib in the same form."""
    data = rdflib.Dataset(default_union=True)
    for quad in store:
        data.add((*map(node_of, quad.triple), rdflib.URIRef(quad.graph_name.value)))
    found = data.query(text)
    if found.type == "ASK":
        return bool(found.askAnswer)
    if found.type == "CONSTRUCT":
        return Counter(str(Triple(*map(term_of, item))) for item in found)
    return Counter(tuple("None" if item is None else str(term_of(item)) for item in row) for row in found)


def random_cases(count: int):
    """Yield data, a query and its rewriting, for queries that Oxigraph takes."""
    for seed in range(count):
        chance = Random(seed)  # noqa: S311
        store, text = random_store(chance), Writer(chance).query()
        try:
            store.query(text)
        except SyntaxError:
            continue
        yield store, text, rewriting(text)


def test_random_queries_have_the_same_solutions_in_oxigraph() -> None:
    changed = answered = 0
    for store, text, made in random_cases(QUERIES):
        assert (made.text != text) == any(step.is_changed for step in made.steps)
        if made.text != text:
            found = asked(store, text)
            assert asked(store, made.text) == found, (text, made.text)
            changed, answered = changed + 1, answered + bool(found)
    assert changed > QUERIES / 4
    assert answered > QUERIES / 30


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_random_queries_have_the_same_solutions_in_rdflib() -> None:
    compared = 0
    for store, text, made in random_cases(ON_RDFLIB):
        if made.text == text:
            continue
        try:
            found = asked_rdflib(store, text)
        except TypeError:  # rdflib compares what cannot be compared
            continue
        assert asked_rdflib(store, made.text) == found, (text, made.text)
        compared += 1
    assert compared > ON_RDFLIB / 5


@pytest.mark.parametrize(
    ("group", "form"),
    [
        ("?a :p ?b FILTER NOT EXISTS { ?a :q ?c . ?c :r ?d }", "MINUS { ?a :q ?c . ?c :r ?d }"),
        ("?a :p ?b FILTER(NOT EXISTS { ?a :q/:r ?d })", "MINUS { ?a :q/:r ?d }"),
        ("?a :p ?b FILTER NOT EXISTS { ?a :q [ :r ?b ] }", "MINUS { ?a :q [ :r ?b ] }"),
        ("FILTER NOT EXISTS { ?a :q ?c ; :r ?d } ?a :p ?b", "MINUS { ?a :q ?c ; :r ?d }"),
        ("?a :p ?b FILTER NOT EXISTS { ?a :q ?c . ?c :r ?d FILTER(?d != ?b) ?b :p ?d }", "MINUS"),
        ("?a :p ?b FILTER EXISTS { ?a :q ?c . ?c :r ?b }", "SELECT DISTINCT ?a ?b WHERE { ?a :q ?c . ?c :r ?b }"),
        ("GRAPH ?g { ?a :p ?b FILTER NOT EXISTS { ?a :q ?c . ?c :r ?d } }", "MINUS"),
        ("?x :p ?y OPTIONAL { ?a :p ?b FILTER NOT EXISTS { ?a :q ?c . ?c :r ?d } }", "MINUS"),
        ("?a :p ?b BIND(?b AS ?z) FILTER NOT EXISTS { ?a :q ?c . ?c :r ?d }", "MINUS"),
        ("VALUES ?a { :n1 :n2 } FILTER NOT EXISTS { ?a :q ?c . ?c :r ?d }", "MINUS"),
        ("{ SELECT ?a { ?a :p ?b FILTER NOT EXISTS { ?a :q ?c . ?c :r ?d } } GROUP BY ?a }", "MINUS"),
        ("?a :p ?b FILTER(?b != 1 && NOT EXISTS { ?a :q ?c . ?c :r ?d })", "FILTER(?b != 1 && true)  MINUS"),
        ("?a :p ?b FILTER((NOT EXISTS { ?a :q/:r ?d }) && (?b || ?a))", "FILTER((true) && (?b || ?a))  MINUS"),
        ("?a :p ?b FILTER(?b && (?a && NOT EXISTS { ?a :q/:r ?d }))", "FILTER(?b && (?a && true))  MINUS"),
        ("?a :p ?b FILTER(NOT EXISTS { ?a :q/:r ?d } && EXISTS { ?b :q/:r ?d })", "SELECT DISTINCT ?b"),
        ('?a :p ?b FILTER(?b != "} #") # }\n FILTER NOT EXISTS { ?a :q ?c . ?c :r ?d }', "MINUS"),
    ],
)
def test_what_is_surely_the_same_is_asked_at_once(group: str, form: str) -> None:
    made = rewriting(f"{PREFIX}SELECT * {{ {group} }}")
    assert form in made.text
    assert "EXISTS" not in made.text
    Store().query(made.text)


@pytest.mark.parametrize(
    ("reason", "group"),
    [
        ("outer-only", "?a :p ?b FILTER NOT EXISTS { ?a :q ?c . ?c :r ?b OPTIONAL { ?c :p ?d FILTER(?d = ?b) } }"),
        ("outer-only", "?a :p ?b FILTER NOT EXISTS { ?a :q ?c . { ?c :r ?d FILTER(?d = ?b) } ?c :p ?b }"),
        ("maybe-unbound", "?a :p ?b FILTER NOT EXISTS { ?a :q ?c . ?c :r ?d FILTER(?d != ?b) }"),
        ("maybe-unbound", "?a :p ?b OPTIONAL { ?a :q ?z } FILTER NOT EXISTS { ?a :q ?c . ?c :r ?z }"),
        ("maybe-unbound", "?a :p ?b BIND(STR(?b) AS ?z) FILTER NOT EXISTS { ?a :q ?c . ?c :r ?z }"),
        ("maybe-unbound", "VALUES (?a ?b) { (UNDEF :n1) } FILTER NOT EXISTS { ?a :q ?c . ?c :r ?b }"),
        ("maybe-unbound", "{ ?a :p ?b } UNION { ?b :q ?c } FILTER NOT EXISTS { ?a :q ?x . ?x :r ?b }"),
        ("maybe-unbound", "?a :p ?b FILTER NOT EXISTS { ?a :q ?c OPTIONAL { ?c :r ?b } }"),
        ("maybe-unbound", "?x :p ?y OPTIONAL { ?a :p ?b FILTER NOT EXISTS { ?a :q ?c . ?c :r ?y } }"),
        ("maybe-unbound", "GRAPH ?g { ?a :p ?b FILTER NOT EXISTS { ?a :q ?c . ?c :r ?g } }"),
        ("nothing-shared", "?a :p ?b FILTER NOT EXISTS { ?x :q ?y . ?y :r ?z }"),
        ("nothing-shared", "?a :p ?b MINUS { ?x :q ?y } FILTER NOT EXISTS { ?x :q ?c . ?c :r ?y }"),
        ("nothing-shared", "FILTER NOT EXISTS { ?a :q ?c . ?c :r ?d }"),
        ("path", "?a :p ?b FILTER NOT EXISTS { ?a :q* ?c . ?c :r ?b }"),
        ("path", "?a :p ?b FILTER NOT EXISTS { ?c :q ?d . ?d (:p?/:r*) ?b . ?a :r ?c }"),
        ("form", "?a :p ?b FILTER NOT EXISTS { ?a :q ?c . ?c :r ?d MINUS { ?a :p ?c } }"),
        ("form", "?a :p ?b FILTER NOT EXISTS { ?a :q ?c . { SELECT ?c { ?c :r ?d } } }"),
        ("form", "?a :p ?b FILTER NOT EXISTS { ?a :q ?c . ?c :r ?d VALUES ?a { :n1 } }"),
        ("no-join", "?a :p ?b FILTER NOT EXISTS { ?a :q ?c }"),
        ("in-expression", "?a :p ?b FILTER(?b = 1 || NOT EXISTS { ?a :q ?c . ?c :r ?d })"),
        ("in-expression", "?a :p ?b FILTER(?b && NOT EXISTS { ?a :q ?c . ?c :r ?d } || ?a)"),
        ("in-expression", "?a :p ?b FILTER(?a || (?b && NOT EXISTS { ?a :q ?c . ?c :r ?d }))"),
        ("in-expression", "?a :p ?b FILTER(!(?b && NOT EXISTS { ?a :q ?c . ?c :r ?d }))"),
        ("in-expression", "?a :p ?b FILTER(!(?b) && !NOT EXISTS { ?a :q ?c . ?c :r ?d })"),
        ("in-expression", "?a :p ?b FILTER((?b && NOT EXISTS { ?a :q ?c . ?c :r ?d }) = ?a)"),
        ("in-expression", "?a :p ?b FILTER(?a = (?b && NOT EXISTS { ?a :q ?c . ?c :r ?d }))"),
        ("in-expression", "?a :p ?b FILTER(NOT EXISTS { ?a :q ?c . ?c :r ?d } = ?b && ?a)"),
        ("in-expression", "?a :p ?b FILTER COALESCE(?b && NOT EXISTS { ?a :q ?c . ?c :r ?d })"),
        ("in-expression", "?a :p ?b FILTER(IF(?b, ?a && NOT EXISTS { ?a :q ?c . ?c :r ?d }, ?a))"),
        ("in-expression", "?a :p ?b FILTER(?b IN (1, ?a && NOT EXISTS { ?a :q ?c . ?c :r ?d }))"),
        ("no-join", "?a :p ?b FILTER(?b && NOT EXISTS { ?a :q ?c })"),
        ("in-expression", "?a :p ?b BIND(EXISTS { ?a :q ?c . ?c :r ?d } AS ?z)"),
        ("chance", "?a :p ?b FILTER(RAND() < 2) FILTER NOT EXISTS { ?a :q ?c . ?c :r ?d }"),
        ("unread", "?a :p _:x . _:x :q ?b FILTER NOT EXISTS { ?a :q ?c . ?c :r ?d }"),
        ("unread", "?a :p ?b FILTER NOT EXISTS { ?a :q ?c . ?c :r '\\u0061' }"),
        ("unread", "?a :p ?b FILTER(?a<?b&&?a>?c) FILTER NOT EXISTS { ?a :q ?c . ?c :r ?d }"),
    ],
)
def test_what_is_not_sure_stays_byte_for_byte(reason: str, group: str) -> None:
    text = f"{PREFIX}SELECT  * {{ {group} }}"
    made = rewriting(text)
    assert made.text == text
    assert reason in {step.what for step in made.steps}


def test_within_what_stays_everything_stays() -> None:
    inner = "?c :q ?b OPTIONAL { ?c :r ?a } FILTER NOT EXISTS { ?c :p ?d . ?d :q ?e }"
    text = f"{PREFIX}SELECT * {{ ?a :p ?b FILTER NOT EXISTS {{ {inner} }} }}"
    made = rewriting(text)
    assert made.text == text
    assert [step.what for step in made.steps] == ["maybe-unbound", "inside"]


def test_a_nested_one_goes_with_the_one_around_it() -> None:
    text = f"{PREFIX}ASK {{ ?a :p ?b FILTER NOT EXISTS {{ ?b :q ?c FILTER NOT EXISTS {{ ?c :r ?d . ?d :p ?e }} }} }}"
    assert rewriting(text).text.count("MINUS") == 2


def test_a_join_is_not_made_where_the_order_of_rows_matters() -> None:
    text = f"{PREFIX}SELECT ?a {{ ?a :p ?b FILTER EXISTS {{ ?a :q ?c . ?c :r ?d }} }} LIMIT 3"
    assert [step.what for step in rewriting(text).steps] == ["order"]


@pytest.mark.parametrize(
    "text", ["", "SELEC", "SELECT * { EXISTS", "ASK { FILTER EXISTS { ?a", "EXISTS } {", "exists \ud800"]
)
def test_what_is_no_query_comes_back_as_it_is(text: str) -> None:
    assert rewriting(text).text == text


def test_a_query_without_exists_costs_no_time() -> None:
    text = "SELECT * { " + "?a ?b ?c . " * 2_000 + "}"
    start = time.process_time()
    for number in range(50):
        rewriting(text + " " * number)
    assert (time.process_time() - start) / 50 < 0.001


def test_lines_are_those_of_the_query() -> None:
    one, two = "FILTER NOT EXISTS { ?a :q ?c }", "FILTER NOT EXISTS { ?a :q ?c . ?c :r ?d }"
    text = f"{PREFIX}SELECT * {{\n ?a :p ?b\n {one}\n {two} }}"
    assert [(step.line, step.what) for step in rewriting(text).steps] == [(3, "no-join"), (4, "difference")]


def test_most_joins_of_the_saved_questions_are_asked_at_once(knowledge: Knowledge) -> None:
    steps = [step for question in read_questions(knowledge).values() for step in rewriting(question.sparql).steps]
    assert sum(step.is_changed for step in steps) >= 20
    assert not [step for step in steps if step.what == "unread"]
