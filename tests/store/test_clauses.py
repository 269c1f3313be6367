"""What is read off a query before an engine sees it, and what is put into it."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from hyte_graph.store.clauses import form_of, graphs_named, names_graphs, with_graphs, with_prefixes
from hyte_graph.vocabulary import PREFIXES

QUERIES = [
    "SELECT * { ?s ?p ?o }",
    "SELECT (EXISTS { ?s ?p ?o } AS ?x) (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?s",
    "ASK { ?s ?p ?o }",
    "ASK WHERE { ?s ?p 'from {' }",
    "CONSTRUCT { ?s ?p [ <urn:x> ?o ] } WHERE { ?s ?p ?o }",
    "CONSTRUCT {} { ?s ?p ?o }",
    "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 5",
    "DESCRIBE <urn:x>",
    "DESCRIBE <urn:x> # a remark",
    "DESCRIBE ?s WHERE { ?s ?p ?o }",
    "DESCRIBE <urn:x> LIMIT 5",
    "BASE <urn:b> PREFIX select: <urn:s> SELECT ?select { ?s select:where ?o }",
]


@pytest.mark.parametrize("text", QUERIES)
def test_graphs_are_put_where_they_belong(text):
    made = with_graphs(text, ["urn:a"], ["urn:b"])
    assert graphs_named(made) == ("urn:a", "urn:b")
    Store().query(made)  # is a query
    assert form_of(made) == form_of(text)


def test_from_is_told_from_the_same_word_elsewhere():
    assert graphs_named("BASE <urn:x:> PREFIX a: <http://x/> SELECT * FROM <y> FROM NAMED a:b FROM module:core {}") == (
        "y" if graphs_named("BASE <urn:x:> ASK FROM <y> {}") == ("y",) else "urn:x:y",
        "http://x/b",
        PREFIXES["module"] + "core",
    )
    assert not names_graphs("SELECT ?from { ?from a <urn:from> ; rdfs:label 'from' } # FROM <urn:x>")


def test_prefixes_are_written_out_once_each_and_only_those_in_use():
    text = "PREFIX hyte: <urn:own:> SELECT * { ?s hyte:x <urn:skos:y> ; skos:prefLabel 'term:z' }"
    assert with_prefixes(text) == f"PREFIX skos: <{PREFIXES['skos']}>\n{text}"
