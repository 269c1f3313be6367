"""Queries only read, answer within limits, and take values as terms."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from rdflib import URIRef

from hyte_graph.errors import ForbiddenError, LimitError, UndecidedError, UsageError
from hyte_graph.isolation.process import Process
from hyte_graph.store.answers import Rows, Triples, Truth, term_written, unpacked
from hyte_graph.store.binding import bound
from hyte_graph.store.clauses import form_of, graphs_named
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.sparql import ENGINES, LONGEST, answer, check_words
from hyte_graph.store.worker import Worker
from hyte_graph.vocabulary import iri

INTERFACE = NamedNode(iri("term", "interface"))
LABEL = "SELECT ?label WHERE { ?term skos:prefLabel ?label FILTER(LANG(?label) = ?language) }"
VALUES = {"term": INTERFACE, "language": Literal("sv")}
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def dataset(knowledge: Knowledge) -> Dataset:
    return Dataset(knowledge)


@pytest.fixture(scope="module")
def worker(knowledge: Knowledge) -> Iterator[Worker]:
    with Worker(knowledge) as made:
        yield made


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_hold_rdflib_terms(dataset: Dataset, engine: str) -> None:
    found = answer(LABEL, dataset, VALUES, limit=5, engine=engine)
    assert isinstance(found, Rows)
    assert [str(row["label"]) for row in found] == ["kontaktyta"]
    assert found.column("label") == ["kontaktyta"]


@pytest.mark.parametrize("engine", ENGINES)
def test_ask_and_construct_have_their_own_answers(dataset: Dataset, engine: str) -> None:
    truth = answer("ASK { term:interface a skos:Concept }", dataset, limit=1, engine=engine)
    triples = answer("CONSTRUCT WHERE { term:interface skos:prefLabel ?label }", dataset, limit=5, engine=engine)
    assert isinstance(truth, Truth)
    assert truth.holds
    assert isinstance(triples, Triples)
    assert {str(value) for value in triples.graph.objects()} == {"interface", "yhdyspinta", "kontaktyta"}


def test_both_engines_hold_the_same_triples(dataset: Dataset) -> None:
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    found = [answer(count, dataset, limit=1, engine=engine) for engine in ENGINES]
    assert found[0] == found[1]
    assert isinstance(found[0], Rows)
    assert int(found[0].column("n")[0]) == len(dataset.graph)


def test_every_file_is_a_named_graph(dataset: Dataset, knowledge: Knowledge) -> None:
    graphs = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    found = answer(graphs, dataset, limit=1000)
    assert isinstance(found, Rows)
    assert {iri("module", name) for name in ("core", "statute-2021-612", "source-stm", "rules-shared")} <= set(
        found.column("g")
    )
    assert all(name.startswith(iri("module", "")) for name in found.column("g"))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { { { SERVICE SILENT ?s { ?s ?p ?o } } } }",
        "SELECT * { ?s ?p ?o FILTER EXISTS { service <http://127.0.0.1:9/> { ?s ?p ?o } } }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { ?s ?p ?o .service:x # remark\n { ?s ?p ?o } }",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "CLEAR ALL",
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_query_that_reaches_out_or_changes_data_is_refused(dataset: Dataset, text: str, engine: str) -> None:
    with pytest.raises(UsageError, match="not allowed"):
        answer(text, dataset, limit=1, engine=engine)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ("SERVICE" AS ?word) {}',
        "SELECT ?service { ?service a <urn:SERVICE> } # SERVICE",
        "PREFIX service: <urn:service:> SELECT * { ?s service:load ?delete }",
        "PREFIX service: <urn:service:> SELECT * { GRAPH service:g { ?s ?p ?o } }",
        "SELECT ('''INSERT \"LOAD\" ''' AS ?x) {}",
    ],
)
def test_the_same_words_in_names_strings_and_comments_are_allowed(dataset: Dataset, text: str) -> None:
    assert isinstance(answer(text, dataset, limit=5), Rows)


@pytest.mark.parametrize(
    "graph", ["<http://127.0.0.1:9/x>", "<file:///etc/hosts>", "<x>", "NAMED unknown:x", "NAMED <y>"]
)
def test_from_fetches_nothing_and_a_graph_that_is_not_here_is_refused(dataset: Dataset, graph: str) -> None:
    with pytest.raises(ForbiddenError, match="no graph"):
        answer(f"ASK FROM {graph} {{ ?s ?p ?o }}", dataset, limit=5)


@pytest.mark.parametrize(
    "part", ["1", "a-", "a", '"', "'", "<a", "'''\\", ":", "a:", "FROM ", "?a", "#", "1a", "_.", "\\"]
)
def test_the_time_to_look_at_a_text_grows_with_it_and_no_faster(part: str) -> None:
    text = part * (300_000 // len(part))
    began = time.perf_counter()
    with suppress(UsageError):
        check_words(text)
    form_of(text)
    graphs_named(text)
    assert time.perf_counter() - began < 15


def test_from_asks_one_graph_alone_and_the_whole_is_never_its_place(dataset: Dataset) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s ?p ?o }}"
    whole, core = (answer(count.format(graph), dataset, limit=1) for graph in ("", "FROM module:core"))
    assert isinstance(core, Rows)
    assert isinstance(whole, Rows)
    assert 1000 < int(core.column("n")[0]) < int(whole.column("n")[0]) / 2
    with pytest.raises(UsageError, match="whole graph"):
        answer(count.format("FROM module:core"), dataset, limit=1, engine="rdflib")


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {'{' * 4000}{'}' * 4000}",
        f"ASK {{ FILTER({'(' * 5000}1{')' * 5000}) }}",
        f"ASK {{ FILTER({'+'.join('1' * 7000)}) }}",
        f"ASK {{ {' UNION '.join(['{}'] * 7000)} }}",
        f"ASK {{ ?s {'/'.join(['rdf:rest'] * 7000)} ?o }}",
    ],
)
def test_what_would_end_the_process_of_the_engine_is_refused_before_it(dataset: Dataset, text: str) -> None:
    with pytest.raises(UsageError, match="too complex"):
        answer(text, dataset, limit=1)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", ["SELEC ?x", "SELECT * { ?s ?p }", "SELECT * { unknown:a ?p ?o }", ""])
def test_what_is_no_query_is_refused(dataset: Dataset, text: str, engine: str) -> None:
    with pytest.raises(UsageError, match="no valid SPARQL"):
        answer(text, dataset, limit=1, engine=engine)


def test_a_text_beyond_the_limit_is_not_read(dataset: Dataset) -> None:
    with pytest.raises(UsageError, match="too long"):
        answer("#" * (LONGEST + 1), dataset, limit=1)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_answer_over_the_limit_is_no_answer(dataset: Dataset, engine: str) -> None:
    text = "SELECT ?c WHERE { ?c skos:inScheme scheme:terminology }"
    with pytest.raises(LimitError, match="more than 408 rows"):
        answer(text, dataset, limit=408, engine=engine)
    found = answer(text, dataset, limit=409, engine=engine)
    assert isinstance(found, Rows)
    assert len(found) == 409


def test_a_projected_parameter_stays_in_the_answer(dataset: Dataset) -> None:
    text = "SELECT DISTINCT ?term (COUNT(?label) AS ?n) WHERE { ?term skos:prefLabel ?label }"
    found = answer(text, dataset, {"term": INTERFACE}, limit=5)
    assert [(row["term"], int(str(row["n"]))) for row in found] == [(URIRef(INTERFACE.value), 3)]  # type: ignore[union-attr]


@given(st.text())
def test_a_value_never_becomes_part_of_the_query(value: str) -> None:
    try:
        term = Literal(value)
    except UnicodeEncodeError:  # a lone surrogate is no Unicode text
        return
    assert term_written(str(term)) == term
    made = bound("SELECT ?y { ?y ?p ?x }", {"x": term})
    assert made == f"SELECT ?y {{ ?y ?p {term} }}"
    assert "\n" not in str(term)


@pytest.mark.parametrize("text", ["'?x'", '"$x"', "<urn:?x>", "# ?x", '"""a ?x b"""', "?xy", "ex:x"])
def test_only_variables_are_filled(text: str) -> None:
    assert bound(f"SELECT * {{ ?s ?p {text} }}", {"x": Literal("1")}) == f"SELECT * {{ ?s ?p {text} }}"


@pytest.mark.parametrize("form", ["json", "csv", "tsv", "xml"])
def test_rows_are_written_in_the_standard_forms(dataset: Dataset, form: str) -> None:
    found = answer("SELECT ?term ?label WHERE { ?term skos:prefLabel ?label }", dataset, {"term": INTERFACE}, limit=5)
    assert b"kontaktyta" in found.written(form)
    assert found.written(form) == found.written(form)
    assert unpacked(found.written("json"), is_graph=False) == found


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld"])
def test_triples_are_written_in_the_standard_forms(dataset: Dataset, form: str) -> None:
    found = answer("DESCRIBE term:interface", dataset, limit=100)
    assert b"kontaktyta" in found.written(form)
    with pytest.raises(UsageError, match="is triples"):
        found.written("csv")


def test_rows_are_not_written_as_triples(dataset: Dataset) -> None:
    with pytest.raises(UsageError, match="is rows"):
        answer("SELECT * {}", dataset, limit=5).written("ttl")


def test_the_worker_answers_as_the_engine_does(worker: Worker, dataset: Dataset) -> None:
    for text in (LABEL, "ASK {}", "DESCRIBE term:interface"):
        here = answer(text, dataset, VALUES, limit=100)
        there = worker.answer(text, VALUES, seconds=20, limit=100)
        assert here.written("nt" if isinstance(here, Triples) else "json") == there.written(
            "nt" if isinstance(there, Triples) else "json"
        )


@pytest.mark.parametrize("engine", ENGINES)
def test_the_worker_stops_at_its_time_and_answers_again(worker: Worker, engine: str) -> None:
    with pytest.raises(LimitError, match=r"not done in 0\.5 seconds"):
        worker.answer(ENDLESS, {}, seconds=0.5, limit=5, engine=engine)
    assert worker.answer("ASK {}", {}, seconds=20, limit=1) == Truth(holds=True)


def test_errors_cross_from_the_worker(worker: Worker) -> None:
    with pytest.raises(UsageError, match="no valid SPARQL"):
        worker.answer("SELEC", {}, seconds=20, limit=1)
    with pytest.raises(LimitError, match="more than 3 rows"):
        worker.answer("SELECT * { ?s ?p ?o }", {}, seconds=20, limit=3)


def test_a_worker_that_dies_says_so_and_is_made_anew(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    worker.answer("ASK {}", {}, seconds=20, limit=1)
    ask = Process.ask
    monkeypatch.setattr(Process, "ask", lambda *told: (told[0]._process.kill(), ask(*told)))
    with pytest.raises(UndecidedError, match="ended in the middle"):
        worker.answer(ENDLESS, {}, seconds=20, limit=5)
    monkeypatch.undo()
    assert worker.answer("ASK {}", {}, seconds=20, limit=1) == Truth(holds=True)


@pytest.mark.parametrize("engine", ENGINES)
def test_eight_threads_may_ask_at_once_from_a_cold_start(knowledge: Knowledge, engine: str) -> None:
    dataset = Dataset(knowledge)
    assert len(dataset.graph if engine == "rdflib" else dataset.store)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(answer, LABEL, dataset, VALUES, limit=5, engine=engine) for _ in range(16)]
        assert {len(found.result()) for found in asked} == {1}  # type: ignore[arg-type]
