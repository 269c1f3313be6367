"""The endpoint: forms, limits, refusals, other origins, graphs."""

from __future__ import annotations

import csv
import io
import json
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pyoxigraph
import pytest
import rdflib

from hyte_graph.store.remote import Remote
from hyte_graph.vocabulary import iri
from hyte_web.sparql.service import Service
from tests.web.test_addresses import BROWSER

LABELS = "SELECT ?label WHERE { term:interface skos:prefLabel ?label } ORDER BY ?label"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CONSTRUCT = "CONSTRUCT WHERE { term:interface skos:prefLabel ?label }"
PARSERS = {
    "turtle": "turtle",
    "n-triples": "nt",
    "rdf+xml": "xml",
    "ld+json": "json-ld",
    "trig": "trig",
    "n-quads": "nquads",
}


def ask(client, query, accept="*/*", **fields):
    return client.get("/sparql", query_string={"query": query, **fields}, headers={"Accept": accept})


@pytest.fixture
def narrow(app, tmp_path):
    """Let the endpoint have little time and few rows."""
    usual = app.extensions["sparql"]
    app.extensions["sparql"] = made = Service(
        usual.dataset, usual.key, usual.folder, seconds=0.4, rows=3, slow_workers=0, workers=2
    )
    yield made
    made.close()
    app.extensions["sparql"] = usual


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/turtle, text/csv;q=0.1", "text/csv"),
    ],
)
def test_rows_come_in_the_form_that_the_request_likes(client, accept, media_type):
    answer = ask(client, LABELS, accept)
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    assert "kontaktyta" in answer.text
    assert answer.headers["Vary"] == "Accept"


def test_every_form_of_rows_holds_the_same_values(client):
    told = json.loads(ask(client, LABELS, format="json").data)
    expected = [row["label"]["value"] for row in told["results"]["bindings"]]
    assert expected == ["interface", "kontaktyta", "yhdyspinta"]
    assert [row[0] for row in csv.reader(io.StringIO(ask(client, LABELS, format="csv").text))][1:] == expected
    assert [line.split('"')[1] for line in ask(client, LABELS, format="tsv").text.splitlines()[1:]] == expected
    parsed = pyoxigraph.parse_query_results(
        ask(client, LABELS, format="xml").data, format=pyoxigraph.QueryResultsFormat.XML
    )
    assert [row["label"].value for row in parsed] == expected


@pytest.mark.parametrize("kind", PARSERS)
def test_graphs_come_in_every_form_of_rdf(client, kind):
    media_type = f"text/{kind}" if kind == "turtle" else f"application/{kind}"
    answer = ask(client, CONSTRUCT, media_type)
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    assert len(rdflib.Dataset(default_union=True).parse(data=answer.data, format=PARSERS[kind])) == 3


@pytest.mark.parametrize("form", ["json", "xml", "csv"])
def test_yes_and_no_come_as_json_xml_and_csv(client, form):
    answer = ask(client, "ASK { term:interface a skos:Concept }", format=form)
    assert answer.status_code == 200
    assert "true" in answer.text


@pytest.mark.parametrize(
    ("query", "form"), [(LABELS, "ttl"), (CONSTRUCT, "csv"), (LABELS, "nonsense"), ("ASK {}", "tsv"), (LABELS, "html")]
)
def test_a_format_that_the_answer_does_not_have_is_refused_not_ignored(client, query, form):
    answer = ask(client, query, format=form)
    assert (answer.status_code, answer.json["code"]) == (400, "format-unknown")


def test_a_form_that_nobody_has_is_not_acceptable(client):
    answer = ask(client, LABELS, "image/png")
    assert (answer.status_code, answer.mimetype) == (406, "application/problem+json")
    assert "application/sparql-results+json" in answer.json["detail"]


def test_get_form_and_bare_query_give_the_same_bytes(client):
    got = ask(client, LABELS).data
    assert client.post("/sparql", data={"query": LABELS}).data == got
    assert client.post("/sparql", data=LABELS, content_type="application/sparql-query; charset=utf-8").data == got


def test_letters_beyond_ascii_arrive_whole_by_every_way(client):
    query = "SELECT ?x WHERE { VALUES ?x { 'hyvinvointi – välfärd ä€😀' } }"
    ways = (
        ask(client, query, "text/csv"),
        client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"}),
        client.post(
            "/sparql", data=query.encode(), content_type="application/sparql-query", headers={"Accept": "text/csv"}
        ),
    )
    assert {way.text.splitlines()[1] for way in ways} == {"hyvinvointi – välfärd ä€😀"}


def test_a_browser_is_led_to_the_editor_with_its_query(client):
    answer = client.get("/sparql", query_string={"query": LABELS}, headers={"Accept": BROWSER, "Accept-Language": "sv"})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sv/sparql?query=SELECT+%3Flabel")
    assert client.get("/sparql", headers={"Accept": BROWSER}).headers["Location"] == "/fi/sparql"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service SILENT # x\n <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:9/>",
        "SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }",
        "SELECT * FROM NAMED <file:///etc/hosts> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * FROM <relative> { ?s ?p ?o }",
        "CLEAR ALL",
    ],
)
def test_what_reaches_out_or_changes_data_is_forbidden(client, query):
    answer = ask(client, query)
    code = "service-not-allowed" if "service" in query.lower() else "unknown-graph" if "FROM" in query else "read-only"
    assert (answer.status_code, answer.json["code"]) == (400, code)


def test_a_graph_that_is_not_here_is_refused_as_a_parameter_too(client):
    answer = ask(client, LABELS, **{"default-graph-uri": "http://127.0.0.1:9/x"})
    assert (answer.status_code, answer.json["code"]) == (400, "unknown-graph")
    assert "http://127.0.0.1:9/x" in answer.json["detail"]


def test_a_query_may_ask_one_module(client):
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s ?p ?o }}"
    by_parameter = ask(client, count.format(""), "text/csv", **{"default-graph-uri": iri("module", "core")}).text
    assert by_parameter == ask(client, count.format("FROM module:core"), "text/csv").text
    assert int(by_parameter.split()[1]) < int(ask(client, count.format(""), "text/csv").text.split()[1])


@pytest.mark.parametrize(
    ("call", "status", "code"),
    [
        ({"query_string": {"query": "SELEC ?x"}}, 400, "query-wrong"),
        ({"query_string": {"query": ""}}, 400, "query-wrong"),
        ({"environ_overrides": {"QUERY_STRING": "query=ASK%20%7B%7D%20%23%FF"}}, 400, "not-utf-8"),
        ({"path": "/sparql?query=ASK+%7B%7D&query=ASK+%7B%7D"}, 400, "duplicate-parameter"),
        ({"query_string": {"default-graph-uri": iri("module", "core")}}, 400, "query-missing"),
        ({"method": "POST", "data": "", "content_type": "application/x-www-form-urlencoded"}, 400, "query-missing"),
        (
            {"method": "POST", "data": {"query": "ASK {}"}, "query_string": {"query": "ASK {}"}},
            400,
            "duplicate-parameter",
        ),
        ({"method": "POST", "data": {"update": "CLEAR ALL"}}, 400, "read-only"),
        ({"method": "POST", "data": "CLEAR ALL", "content_type": "application/sparql-update"}, 415, "read-only"),
        ({"method": "POST", "data": "ASK {}", "content_type": "text/plain"}, 415, "media-type"),
        (
            {"method": "POST", "data": "ASK {}", "content_type": "application/sparql-query;charset=utf-16"},
            415,
            "media-type",
        ),
        ({"method": "POST", "data": b"ASK {} #\xff", "content_type": "application/sparql-query"}, 400, "not-utf-8"),
        ({"query_string": {"query": "ASK {" + "{" * 4000 + "}" * 4001}}, 400, "query-too-deep"),
    ],
)
def test_a_request_that_is_not_as_the_protocol_says_gets_a_problem_document(client, call, status, code):
    answer = client.open(**{"path": "/sparql", "method": "GET", **call}, headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.mimetype, answer.json["code"]) == (status, "application/problem+json", code)
    assert "Traceback" not in answer.text
    assert "/work" not in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/sparql?query=ASK+%7B%7D", "/graphs?default"])
def test_other_methods_are_not_allowed(client, method, path):
    answer = client.open(path, method=method, headers={"Accept": "application/json"})
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_an_error_names_the_line_in_the_language_of_the_reader(client):
    answer = client.get(
        "/sparql", query_string={"query": "SELECT *\nWHERE {\n ?s ?p }"}, headers={"Accept-Language": "sv"}
    )
    assert (answer.json["line"], answer.headers["Content-Language"]) == (3, "sv")
    assert answer.json["detail"].startswith("Detta är ingen giltig SPARQL-fråga")


def test_an_answer_that_is_too_long_is_refused_whole_and_says_the_limit(client, narrow):
    assert ask(client, LABELS).status_code == 200
    answer = ask(client, "SELECT * { ?s ?p ?o }", "text/csv")
    assert (answer.status_code, answer.json["code"]) == (413, "result-too-large")
    assert "3" in answer.json["detail"]


def test_a_query_past_its_time_is_a_504_and_light_queries_go_on_meanwhile(client, app, narrow):
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(ask, app.test_client(), ENDLESS, "text/csv")
        time.sleep(0.1)
        assert ask(client, LABELS).status_code == 200
        answer = slow.result()
    assert (answer.status_code, answer.json["code"]) == (504, "query-timeout")
    assert "Retry-After" not in answer.headers  # later it would take as long
    assert ask(client, LABELS).status_code == 200


def test_a_query_that_is_too_large_is_refused_before_it_is_read(client, app):
    longest = app.config["SPARQL_LONGEST"]
    answer = client.post("/sparql", data="x" * (6 * longest + 70_000), content_type="application/sparql-query")
    assert (answer.status_code, answer.json["code"]) == (413, "query-too-large")
    long = client.post("/sparql", data=f"ASK {{}} #{'x' * longest}", content_type="application/sparql-query")
    assert (long.status_code, long.json["code"]) == (400, "query-too-long")
    assert client.post("/sparql", data={"query": f"ASK {{}} #{'ä' * (longest // 2 - 10)}"}).status_code == 200


def test_pages_of_any_origin_may_ask(client):
    answer = client.post(
        "/sparql", data={"query": LABELS}, headers={"Origin": "https://example.org", "Sec-Fetch-Site": "cross-site"}
    )
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
    preflight = client.options(
        "/sparql", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    )
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]
    assert ask(client, "SELEC").headers["Access-Control-Allow-Origin"] == "*"


def test_head_answers_as_get_and_what_changes_is_not_kept(client):
    got, head = ask(client, LABELS), client.head("/sparql", query_string={"query": LABELS})
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", got.headers["ETag"])
    now = ask(client, "SELECT (NOW() AS ?now) {}")
    assert now.headers["Cache-Control"] == "no-store"
    assert "ETag" not in now.headers


def test_one_graph_is_fetched_whole(client, app):
    store = app.extensions["hyte"].store
    name = iri("module", "core")
    answer = client.get(f"/graphs?graph={quote(name, safe='')}", headers={"Accept": "application/n-triples"})
    assert len(answer.text.splitlines()) == sum(
        1 for _ in store.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(name))
    )
    head = client.head(f"/graphs?graph={quote(name, safe='')}", headers={"Accept": "text/turtle"})
    assert (head.status_code, head.mimetype) == (200, "text/turtle")


def test_all_graphs_merged_are_fetched_whole_with_each_triple_once(client, app):
    answer = client.get("/graphs?default", headers={"Accept": "application/n-triples"})
    triples = {quad.triple for quad in app.extensions["hyte"].store.quads_for_pattern(None, None, None)}
    assert len(answer.text.splitlines()) == len(set(answer.text.splitlines())) == len(triples)


@pytest.mark.parametrize(("query", "status"), [("", 400), ("?default&graph=x", 400), ("?graph=urn:none", 404)])
def test_a_graph_must_be_named_and_exist(client, query, status):
    assert client.get(f"/graphs{query}", headers={"Accept": "text/turtle"}).status_code == status


def test_eight_threads_may_ask_a_fresh_service_at_once(app, tmp_path):
    usual = app.extensions["sparql"]
    made = Service(usual.dataset, usual.key, tmp_path, workers=2)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: made.written(LABELS, form="csv").body, range(24)))
    made.close()
    assert len(set(found)) == 1
    assert b"kontaktyta" in found[0]


def test_a_remote_store_that_fails_is_a_bad_gateway_not_an_empty_answer(app, client):
    usual = app.extensions["sparql"]
    app.extensions["sparql"] = Service(
        usual.dataset, usual.key, usual.folder, remote=Remote("http://127.0.0.1:9/query")
    )
    try:
        answer = ask(client, LABELS)
    finally:
        app.extensions["sparql"] = usual
    assert (answer.status_code, answer.json["code"]) == (502, "store-failed")
