"""Clients that people use get the rows of the command line from a running server."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterator

import pytest
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import JSON, POST, SPARQLWrapper
from waitress import create_server

from hyte_graph.cli.main import main
from hyte_graph.store.clauses import with_prefixes

QUERY = with_prefixes(
    "SELECT ?norm ?label WHERE { ?norm a hyte:Obligation ; skos:prefLabel ?label "
    "FILTER(LANG(?label) = 'sv') } ORDER BY ?norm"
)


@pytest.fixture(scope="module")
def address(app) -> Iterator[str]:
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}/sparql"
    server.close()


@pytest.fixture(scope="module")
def expected() -> list[tuple[str, str]]:
    out = io.StringIO()
    from contextlib import redirect_stdout

    with redirect_stdout(out):
        assert main(["query", QUERY, "--format", "csv"]) == 0
    return [(norm, label) for norm, label in csv.reader(io.StringIO(out.getvalue()))][1:]


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_gets_the_rows_of_the_command_line(address, expected, method):
    wrapper = SPARQLWrapper(address)
    wrapper.setQuery(QUERY)
    wrapper.setMethod(method)
    wrapper.setReturnFormat(JSON)
    rows = wrapper.queryAndConvert()["results"]["bindings"]
    assert [(row["norm"]["value"], row["label"]["value"]) for row in rows] == expected
    assert len(expected) > 50


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_the_store_of_rdflib_gets_the_rows_of_the_command_line(address, expected, method):
    graph = Graph(SPARQLStore(address, method=method))
    assert [(str(row.norm), str(row.label)) for row in graph.query(QUERY)] == expected
