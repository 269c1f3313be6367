"""Hostile queries at the public endpoint (rows A1 to A30): each ends in one clear problem, and light queries go on."""

from __future__ import annotations

import ast
import time
from bisect import bisect_right as bisect
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad, Store

from hyte_graph.errors import HyteError, UsageError
from hyte_graph.store.answers import term_written
from hyte_graph.store.binding import bound
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.published import ReadOnly, publish
from hyte_graph.store.sparql import answer as ask_here
from hyte_graph.store.sparql import check_words
from hyte_web import create_app
from hyte_web.sparql.service import Service
from tests.conftest import HARD, ROOT
from tests.threats.conftest import Canary
from tests.threats.queries import calling, deadly, expressions, heavy, scans

threat = pytest.mark.threat
SECONDS = 5.0 if HARD else 1.0
GRACE = 15.0  # a busy machine takes its time; `python -m benchmarks.load` measures how soon a query ends
LIGHT = "SELECT ?o { <urn:x:1> <urn:p> ?o }"
STOPPED = {(504, "query-timeout"), (413, "query-memory")}
EX = "PREFIX : <urn:> "


class Chained(Dataset):
    """Resources in a chain, by two properties, with a text each."""

    def __init__(self, count: int) -> None:
        self.store = Store()
        for at in range(count):
            this, following = NamedNode(f"urn:x:{at}"), NamedNode(f"urn:x:{(at + 1) % count}")
            self.store.add(Quad(this, NamedNode("urn:p"), following))
            self.store.add(Quad(this, NamedNode("urn:q"), NamedNode(f"urn:x:{at * 7 % count}")))
            self.store.add(Quad(this, NamedNode("urn:text"), Literal("a" * 28 + "!")))
            self.store.add(Quad(this, NamedNode("urn:bad/"), Literal(str(at))))


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A site whose endpoint has much to compute with, and little time and memory."""
    app = create_app()
    app.extensions["sparql"] = made = Service(
        Chained(10_000),
        "chained",
        tmp_path_factory.mktemp("store"),
        seconds=SECONDS,
        rows=1_000_000,
        workers=2,
        slow_workers=4,
        most=200_000,
        memory=2**30,
    )
    made.written(LIGHT)
    yield app
    made.close()


@pytest.fixture
def client(web: Flask) -> FlaskClient:
    return web.test_client()


def ask(client: FlaskClient, query: str, accept: str = "application/sparql-results+json", **fields: Any) -> Any:
    return client.post("/sparql", data={"query": query, **fields}, headers={"Accept": accept, "Accept-Language": "en"})


def told(answer: Any) -> tuple[int, str]:
    """Return the status and the code of a problem that is one whole sentence, without a trace or a path."""
    assert answer.mimetype == "application/problem+json", answer.text[:300]
    assert answer.json["detail"].strip()
    assert "Traceback" not in answer.text
    assert str(ROOT) not in answer.text
    return answer.status_code, answer.json["code"]


def is_light_answered(client: FlaskClient) -> bool:
    answer = ask(client, LIGHT)
    return bool(answer.status_code == 200 and "urn:x:2" in answer.text)


HEAVY = heavy()


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("A1", marks=threat("A1")),
        pytest.param("A2", marks=threat("A2")),
        pytest.param("A3", marks=threat("A3")),
        pytest.param("A4", marks=threat("A4")),
        pytest.param("A5", marks=threat("A5")),
        pytest.param("A6", marks=threat("A6")),
        pytest.param("A7", marks=threat("A7")),
        pytest.param("A8", marks=threat("A8")),
        pytest.param("A11", marks=threat("A11")),
        pytest.param("A12", marks=threat("A12")),
    ],
)
def test_a_heavy_query_ends_at_its_limit_and_light_ones_are_answered_meanwhile(client, web, row) -> None:
    began = time.monotonic()
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(ask, web.test_client(), HEAVY[row])
        time.sleep(0.2)
        assert is_light_answered(client)
        answer = running.result()
    assert told(answer) in STOPPED
    assert time.monotonic() - began < SECONDS + GRACE
    assert is_light_answered(client)


@pytest.mark.parametrize("row", [pytest.param("A9", marks=threat("A9")), pytest.param("A10", marks=threat("A10"))])
def test_an_expression_that_backtracks_or_swells_costs_nothing(client, row) -> None:
    query, cell = expressions()[row]
    answer = ask(client, query, "text/csv")
    assert (answer.status_code, answer.text.splitlines()[1:]) == (200, [cell])


@threat("A13", "A14", "A15")
@pytest.mark.parametrize(("row", "query", "code"), deadly(), ids=lambda value: value[:12])
def test_what_would_end_the_engine_is_refused_before_it_starts(client, web, row, query, code) -> None:
    children = set(web.extensions["sparql"]._pool._idle)
    assert told(ask(client, query)) == (400, code)
    assert set(web.extensions["sparql"]._pool._idle) == children


WIDEST = [
    lambda n: f"ASK {{ {'?a ?b ?c . ' * n} }}",
    lambda n: f"ASK {{ ?a ?b ?c{'; ?b ?c' * n} }}",
    lambda n: f"ASK {{ ?a ?b ({'1 ' * n}) }}",
    lambda n: f"ASK {{ {'{?a ?b ?c}' * n} }}",
    lambda n: f"ASK {{ FILTER({'1+' * n}1) }}",
    lambda n: f"SELECT (COUNT(*) AS ?n) {{}} HAVING{'(1)' * n}",
]


@threat("A15")
@pytest.mark.parametrize("made", WIDEST if HARD else WIDEST[4:], ids=range(len(WIDEST) if HARD else 2))
def test_the_widest_query_that_is_let_through_does_not_end_its_process(client, made, caplog) -> None:
    widest = bisect(range(2100), False, key=lambda n: not _is_let_through(made(n))) - 1
    answer = ask(client, made(widest))
    assert answer.status_code in (200, 400) or told(answer) in STOPPED
    assert "ended by itself" not in caplog.text


def _is_let_through(query: str) -> bool:
    try:
        check_words(query)
    except UsageError:
        return False
    return True


@threat("A16")
def test_a_union_of_many_scans_is_right_or_stopped(client) -> None:
    count = 660
    answer = ask(client, scans(count), "text/csv")
    if answer.status_code == 200:
        assert answer.text.split()[1] == str(40_000 * count)
    else:
        assert told(answer) in STOPPED


@threat("A17", "A18")
def test_no_spelling_of_service_reaches_a_server(client, canary: Canary) -> None:
    for query in calling(canary.address):
        assert told(ask(client, query)) == (400, "service-not-allowed"), query


@threat("A17")
@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service :p ?o } LIMIT 1",
        "PREFIX service: <urn:> SELECT * { ?s service:p ?o } LIMIT 1",
        "SELECT * { ?s <urn:service> 'SERVICE' } # SERVICE <urn:x> {}",
    ],
)
def test_a_name_that_is_only_spelt_like_service_passes(client, query) -> None:
    assert ask(client, EX + query).status_code == 200


@pytest.mark.parametrize(
    "clause",
    [
        pytest.param("FROM <CANARY>", marks=threat("A19")),
        pytest.param("FROM NAMED <CANARY>", marks=threat("A19")),
        pytest.param("FROM <file:///etc/hosts>", marks=threat("A20")),
        pytest.param("FROM <data.ttl>", marks=threat("A20")),
    ],
)
def test_a_graph_that_is_not_here_is_neither_fetched_nor_ignored(client, canary: Canary, clause) -> None:
    query = f"SELECT * {clause.replace('CANARY', canary.address)} {{ ?s ?p ?o }}"
    assert told(ask(client, query)) == (400, "unknown-graph")


@threat("A21")
@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP ALL",
        "LOAD <CANARY>",
        "CREATE GRAPH <urn:g>",
    ],
)
def test_what_changes_data_is_refused_by_every_way_in(client, canary: Canary, update) -> None:
    update = update.replace("CANARY", canary.address)
    assert told(ask(client, update)) == (400, "read-only")
    assert told(client.post("/sparql", data={"update": update})) == (400, "read-only")
    bare = client.post("/sparql", data=update, content_type="application/sparql-update")
    assert told(bare) == (415, "read-only")


@threat("A21")
def test_the_published_store_cannot_be_written_and_no_code_calls_an_update(tmp_path) -> None:
    store = ReadOnly(publish(Chained(2), "two", tmp_path)).store
    with pytest.raises(RuntimeError, match="read-write"):
        store.add(Quad(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c")))
    called = [(path.name, node) for path in _code() for node in _calls(path, "update") if _is_text(node)]
    assert called == []


@threat("A22")
def test_a_parameter_given_twice_is_refused_and_not_half_heeded(client) -> None:
    assert told(client.get("/sparql?query=ASK+%7B%7D&query=ASK+%7B%7D")) == (400, "duplicate-parameter")
    both = client.post("/sparql?query=ASK+%7B%7D", data={"query": "ASK {}"})
    assert told(both) == (400, "duplicate-parameter")


@threat("A23")
def test_bytes_that_are_no_text_are_named_by_their_place(client) -> None:
    post = {"path": "/sparql", "method": "POST", "content_type": "application/sparql-query"}
    wrong = client.open(**post, data=b"ASK {} #\xff", headers={"Accept-Language": "en"})
    assert told(wrong) == (400, "not-utf-8")
    assert "8" in wrong.json["detail"]
    assert told(client.open(**post, data=b"ASK {\0}")) == (400, "query-wrong")
    assert client.open(**post, data=b"\xef\xbb\xbfASK {}").status_code == 200


@threat("A24")
def test_a_graph_by_parameter_comes_before_from_and_an_unknown_one_is_refused(client, canary: Canary) -> None:
    fields = {"default-graph-uri": canary.address}
    assert told(ask(client, "SELECT * { ?s ?p ?o } LIMIT 1", **fields)) == (400, "unknown-graph")
    assert told(ask(client, "SELECT * FROM <urn:none> { ?s ?p ?o }", **fields)) == (400, "unknown-graph")
    several = {"named-graph-uri": [canary.address, "urn:other"]}
    assert told(ask(client, "SELECT * { GRAPH ?g { ?s ?p ?o } }", **several)) == (400, "unknown-graph")


@threat("A25")
def test_a_long_query_has_the_same_answer_by_get_and_by_post(client) -> None:
    query = f"{LIGHT} #{'x' * 5000}"
    got = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"})
    assert (got.status_code, got.data) == (200, ask(client, query, "text/csv").data)


@threat("A26")
def test_too_long_an_answer_is_refused_whole_and_names_the_limit(client) -> None:
    answer = ask(client, "SELECT * { ?s ?p ?o } LIMIT 1500")
    assert told(answer) == (413, "result-too-large")
    assert "200000" in answer.json["detail"]


@threat("A27")
@pytest.mark.parametrize(
    "query",
    [
        "SELECT (<http://x.example/f>(?s) AS ?x) { ?s ?p ?o }",
        "ASK { FILTER(<http://x.example/f>()) }",
        "CONSTRUCT { ?s ?p ?x } WHERE { ?s ?p ?o BIND(<http://x.example/f>(?o) AS ?x) }",
    ],
)
def test_an_unknown_function_is_named(client, query) -> None:
    answer = ask(client, query, "*/*")
    assert told(answer) == (400, "unknown-function")
    assert "<http://x.example/f>" in answer.json["detail"]


@threat("A28")
def test_a_value_can_only_be_a_term_never_a_piece_of_query() -> None:
    hostile = "x> ?p ?o } UNION { ?any ?p ?o } #"
    with pytest.raises(ValueError, match="IRI"):
        NamedNode(hostile)
    with pytest.raises((SyntaxError, ValueError)):
        term_written(f"<{hostile}>")
    written = bound("SELECT * { ?user ?p ?o }", {"user": Literal(f'"{hostile}\n\\')})
    found = list(Store().query(written.replace("{ ", "{ BIND(1 AS ?one) OPTIONAL { ").replace(" }", " } }")))
    assert len(found) == 1


@threat("A28")
def test_no_query_in_the_code_is_put_together_from_values() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in _code()
        for node in _calls(path, "query")
        if node.args and isinstance(node.args[0], (ast.JoinedStr, ast.BinOp))
    ]
    assert found == []


@threat("A29")
def test_after_many_clients_have_left_in_the_middle_a_light_query_is_soon_answered(client, web) -> None:
    count = 30 if HARD else 6
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with ThreadPoolExecutor(count) as threads:
        left = [threads.submit(ask, web.test_client(), query) for _ in range(count)]
        time.sleep(0.1)
        began = time.monotonic()
        while not is_light_answered(client):
            assert time.monotonic() - began < SECONDS + GRACE
        codes = {told(item.result()) for item in left}
    assert codes <= {*STOPPED, (503, "busy")}


@threat("A30")
def test_what_a_format_cannot_write_is_refused_whole(client) -> None:
    query = "CONSTRUCT WHERE { ?s <urn:bad/> ?o } LIMIT 3"
    assert told(ask(client, query, "application/rdf+xml")) == (400, "query-wrong")
    assert len(ask(client, query, "application/n-triples").text.splitlines()) == 3
    everything = ask(client, "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 9000", "application/n-triples")
    assert told(everything) == (413, "result-too-large")


@threat("A13", "A15", "A17", "A21")
@pytest.mark.parametrize(
    ("query", "code"),
    [
        (f"ASK {{ FILTER({'(' * 4700}1{')' * 4700}) }}", "query-too-deep"),
        (f"ASK {{ FILTER({'1+' * 6900}1) }}", "query-too-long"),
        ("SELECT * { SERVICE <urn:x> {} }", "service-not-allowed"),
        ("CLEAR ALL", "read-only"),
        ("SELECT * FROM <urn:none> {}", "unknown-graph"),
    ],
)
def test_the_same_refusals_guard_the_library_and_the_command_line(query, code) -> None:
    with pytest.raises(HyteError) as caught:
        ask_here(query, Chained(2), limit=1)
    assert caught.value.message.code == code


@threat("A13", "A14", "A15")
def test_many_queries_that_would_end_an_engine_cause_no_outage(client) -> None:
    texts = deadly()
    for number in range(1000 if HARD else 44):
        _, query, code = texts[number % len(texts)]
        assert told(ask(client, query)) == (400, code)
        assert number % 50 or is_light_answered(client)


def _code() -> Iterator[Path]:
    for folder in ("hyte_graph", "web/hyte_web"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def _calls(path: Path, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
            yield node


def _is_text(node: ast.Call) -> bool:
    """Return whether a call hands over text, as an update of a store would."""
    return (
        bool(node.args)
        and isinstance(node.args[0], (ast.JoinedStr, ast.Constant))
        and (
            isinstance(node.args[0], ast.JoinedStr) or isinstance(node.args[0].value, str)  # type: ignore[union-attr]
        )
    )


def test_the_code_of_each_refusal_stands_in_its_problem_and_its_sentence() -> None:
    """Programs hold on to these words; they may not change."""
    from hyte_graph.messages import codes

    assert {
        "query-too-deep",
        "query-too-long",
        "service-not-allowed",
        "unknown-graph",
        "unknown-function",
        "query-timeout",
        "query-memory",
        "result-too-large",
        "read-only",
        "query-died",
        "not-utf-8",
    } <= codes()
