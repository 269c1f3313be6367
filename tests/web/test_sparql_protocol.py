"""The endpoint passes the tests of the W3C SPARQL 1.1 Protocol that ask, and refuses those that change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Store
from rdflib import RDF, Namespace

from hyte_graph.store.dataset import Dataset
from hyte_web.sparql.service import Service
from tests.web.protocol import Case, cases, graphs, judge

CASES = list(cases())
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")


class _Given(Dataset):
    def __init__(self) -> None:
        self.store = Store()
        for address, path in graphs().items():
            self.store.load(path=str(path), format=RdfFormat.N_TRIPLES, to_graph=NamedNode(address))
        self.store.add_graph(NamedNode("http://kasei.us/2009/09/sparql/data/data0.rdf"))


@pytest.fixture(scope="module")
def asked(app, tmp_path_factory) -> Iterator[None]:
    """Let the endpoint hold the graphs of the suite."""
    usual = app.extensions["sparql"]
    app.extensions["sparql"] = made = Service(_Given(), "suite", tmp_path_factory.mktemp("store"), seconds=20)
    yield
    made.close()
    app.extensions["sparql"] = usual


def test_the_manifest_has_twenty_queries_and_fourteen_updates():
    assert sum(not case.is_update for case in CASES) == 20
    assert sum(case.is_update for case in CASES) == 14


@pytest.mark.parametrize("case", [case for case in CASES if not case.is_update], ids=lambda case: case.name)
def test_the_endpoint_passes_each_query_test_of_the_suite(client, asked, case: Case):
    for request in case.requests:
        answer = client.open(
            "/sparql" + request.path, method=request.method, data=request.body, headers=list(request.headers)
        )
        assert judge(request, answer) == []


@pytest.mark.parametrize("case", [case for case in CASES if case.is_update], ids=lambda case: case.name)
def test_the_endpoint_refuses_each_update_of_the_suite(client, asked, case: Case):
    updates = [request for request in case.requests if request.is_update]
    assert updates
    for request in updates:
        answer = client.open(
            "/sparql" + request.path, method=request.method, data=request.body, headers=list(request.headers)
        )
        assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("accept", ["text/turtle", "application/rdf+xml", "application/n-triples", "*/*"])
def test_the_service_describes_itself_in_rdf_under_its_own_address(client, accept):
    answer = client.get("/sparql", headers={"Accept": accept})
    assert answer.status_code == 200
    kinds = {"text/turtle": "turtle", "application/rdf+xml": "xml", "application/n-triples": "nt"}
    told = rdflib.Graph().parse(data=answer.data, format=kinds[answer.mimetype])
    (service,) = told.subjects(RDF.type, SD.Service)
    assert str(service) == "http://localhost/sparql"
    assert (service, SD.endpoint, service) in told
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in told
    assert (service, SD.feature, SD.UnionDefaultGraph) in told


def test_the_description_lists_every_graph_with_its_counts_and_has_the_shape_of_its_schema(client, app):
    told = rdflib.Graph().parse(data=client.get("/sparql", headers={"Accept": "text/turtle"}).data, format="turtle")
    store = app.extensions["hyte"].store
    names = {str(name) for name in told.objects(None, SD.name)}
    assert names == {name.value for name in store.named_graphs()}
    for entry in told.subjects(RDF.type, SD.NamedGraph):
        (graph,) = told.objects(entry, SD.graph)
        (count,) = told.objects(graph, VOID.triples)
        (name,) = told.objects(entry, SD.name)
        assert int(count) == sum(1 for _ in store.quads_for_pattern(None, None, None, NamedNode(str(name))))
    for kind, predicates in {SD.NamedGraph: (SD.name, SD.graph), SD.Dataset: (SD.defaultGraph,)}.items():
        for node in told.subjects(RDF.type, kind):
            assert all(len(list(told.objects(node, predicate))) == 1 for predicate in predicates)
    (languages,) = {frozenset(item.language for item in told.objects(None, rdflib.DCTERMS.description))}
    assert languages == {"fi", "sv", "en"}
