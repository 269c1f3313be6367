"""The data: the same triples in every format, canonical Turtle, answers that can be kept."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.compare import isomorphic

from hyte_graph.store.dataset import Dataset
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.rdf import FORMATS, described, written
from hyte_graph.store.turtle import format_turtle
from hyte_graph.vocabulary import BASE, iri

NORM = "/data/norm/cty-7-3-s2-annual-report.ttl"
PARSERS = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}
THINGS = ("norm/cty-7-3-s2-annual-report", "rule/fact-negotiation-with-hus", "actor/helsinki", "outcome/contested")


def graph(client, thing: str, suffix: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=client.get(f"/data/{thing}.{suffix}").data, format=PARSERS[suffix])


@pytest.mark.parametrize("thing", THINGS)
def test_each_format_holds_the_same_triples(client, thing):
    turtle = graph(client, thing, "ttl")
    assert len(turtle) > 5
    for form in FORMATS[1:]:
        assert isomorphic(turtle, graph(client, thing, form.suffix)), form.suffix


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.suffix)
def test_the_media_type_is_that_of_the_format(client, form):
    assert client.get(f"/data/actor/hus.{form.suffix}").mimetype == form.media_type


def test_a_description_follows_blank_nodes_and_stops_at_named_things(client):
    turtle = graph(client, "rule/fact-negotiation-with-hus", "ttl")
    named = {str(node) for node in turtle.subjects() if isinstance(node, rdflib.URIRef)}
    assert named == {iri("rule", "fact-negotiation-with-hus")}
    assert any(isinstance(node, rdflib.BNode) for node in turtle.subjects())


@pytest.mark.parametrize("thing", THINGS)
def test_turtle_is_in_the_canonical_form(client, thing):
    text = client.get(f"/data/{thing}.ttl").text
    assert format_turtle(text) == text


def test_two_loads_give_the_same_bytes_in_every_format():
    knowledge = Knowledge.shipped()
    stores = Dataset(knowledge).store, Dataset(knowledge).store
    address = iri("rule", "fact-negotiation-with-hus")
    for form in FORMATS:
        first, second = (written(described(store, address), form) for store in stores)
        assert first == second, form.suffix


def test_the_ontology_document_holds_what_the_file_holds(client):
    knowledge = Knowledge.shipped()
    text = (knowledge.ontology / "core.ttl").read_text(encoding="utf-8")
    body = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    assert client.get("/ontology.ttl").text == body


def test_data_tells_of_what_it_is_under_which_licence_and_where_the_page_is(client):
    links = client.get(NORM).headers.getlist("Link")
    assert f'<{iri("norm", "cty-7-3-s2-annual-report")}>; rel="describes"' in links
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in links
    assert '</sv/norm/cty-7-3-s2-annual-report>; rel="alternate"; type="text/html"; hreflang="sv"' in links


def test_a_page_tells_where_its_data_is(client):
    answer = client.get("/en/norm/cty-7-3-s2-annual-report")
    assert f'<{NORM}>; rel="alternate"; type="text/turtle"' in answer.headers.getlist("Link")
    assert f'<link rel="alternate" type="text/turtle" href="{NORM}">' in answer.text


@pytest.mark.parametrize(
    "path", [NORM, "/ontology.jsonld", "/fi/norm/cty-7-3-s2-annual-report", "/sv/", "/fi/actor/hus"]
)
def test_what_the_reader_has_already_is_not_sent_again(client, path):
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_each_address_and_form_has_its_own_tag(client):
    paths = (NORM, NORM.replace(".ttl", ".nt"), "/fi/norm", "/sv/norm", "/fi/norm?recurs=annual", "/ontology.ttl")
    tags = [client.get(path).headers["ETag"] for path in paths]
    tags += [
        client.get("/ontology", headers={"Accept": kind}).headers["ETag"]
        for kind in ("text/turtle", "application/ld+json")
    ]
    assert len(set(tags)) == len(tags)


def test_an_error_has_no_tag(client):
    assert "ETag" not in client.get("/data/norm/none.ttl").headers


@pytest.mark.parametrize("path", [NORM, "/fi/law/2021-612", "/id/actor/hus", "/ontology.nt"])
def test_head_answers_as_get_without_a_body(client, path):
    get, head = client.get(path), client.head(path)
    assert head.status_code == get.status_code
    assert head.data == b""
    assert head.headers.get("ETag") == get.headers.get("ETag")


@pytest.mark.parametrize("path", [NORM, "/id/actor/hus", "/ontology.ttl", "/data/norm/none.ttl"])
def test_data_may_be_read_from_pages_of_any_origin(client, path):
    answer = client.get(path, headers={"Origin": "https://example.org", "Accept": "text/turtle"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]


def test_a_preflight_request_is_answered(client):
    answer = client.options(NORM, headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"})
    assert answer.status_code == 200
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]


def test_pages_are_not_opened_to_other_origins(client):
    assert "Access-Control-Allow-Origin" not in client.get("/fi/").headers


def test_the_addresses_stay_under_the_base_iri(app):
    assert all(address.startswith(BASE) for address in app.extensions["hyte"].subjects)
