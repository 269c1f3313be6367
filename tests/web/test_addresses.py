"""Every IRI of the graph resolves: to a page or to data, as the request likes."""

from __future__ import annotations

import pytest

from hyte_graph.store.rdf import FORMATS
from hyte_graph.vocabulary import BASE, HYTE
from hyte_web.forms import OF_THINGS
from tests.conftest import HARD

THINGS = ("norm/cty-7-3-s2-annual-report", "law/2021-612-7-3-s2", "actor/lansi-uusimaa", "rule/fact-yearly-negotiation")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
PAGE = "/fi/{thing}"
ACCEPTS = {
    BROWSER: PAGE,
    "*/*": PAGE,
    "text/html;q=0.4, text/turtle;q=0.4": PAGE,
    "text/turtle": "/data/{thing}.ttl",
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#flattened"': "/data/{thing}.jsonld",
    "application/n-triples, */*;q=0.1": "/data/{thing}.nt",
    "application/rdf+xml, text/turtle;q=0.9": "/data/{thing}.rdf",
    "text/html;q=0.2, application/ld+json;q=0.8": "/data/{thing}.jsonld",
    "text/html;q=0, */*": "/data/{thing}.ttl",
    "application/json": "/data/{thing}.json",
}


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("accept", ACCEPTS)
def test_a_thing_leads_to_the_form_that_the_request_likes_best(client, thing, accept):
    answer = client.get(f"/id/{thing}", headers={"Accept": accept})
    assert answer.status_code == 303
    assert answer.headers["Location"] == ACCEPTS[accept].format(thing=thing)
    assert answer.headers["Vary"] == "Accept, Accept-Language"
    followed = client.get(answer.headers["Location"])
    assert followed.status_code == 200
    assert followed.mimetype in (accept.partition(";")[0], *(form.media_type for form in FORMATS), "text/html")


@pytest.mark.parametrize("thing", THINGS)
def test_a_page_is_in_the_language_of_the_reader(client, thing):
    answer = client.get(f"/id/{thing}", headers={"Accept": BROWSER, "Accept-Language": "sv-FI,sv;q=0.9,fi;q=0.5"})
    assert answer.headers["Location"] == f"/sv/{thing}"


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("accept", ["image/png", "application/problem+json", "text/turtle;q=0"])
def test_a_form_that_does_not_exist_is_refused_with_the_list_of_those_that_do(client, thing, accept):
    answer = client.get(f"/id/{thing}", headers={"Accept": accept})
    assert answer.status_code == 406
    for address in (f"/fi/{thing}", *(f"/data/{thing}.{form.suffix}" for form in OF_THINGS)):
        assert address in answer.text
    assert answer.headers["Vary"] == "Accept, Accept-Language"


def test_a_program_gets_the_list_as_a_problem_document(client):
    answer = client.get("/id/norm/cty-7-3-s2-annual-report", headers={"Accept": "application/problem+json"})
    assert answer.mimetype == "application/problem+json"
    assert {choice["type"] for choice in answer.json["choices"]} == {
        "text/html",
        *(form.media_type for form in OF_THINGS),
    }


def test_data_without_a_suffix_leads_to_the_best_format_and_to_turtle_by_default(client):
    for accept, suffix in (("*/*", "ttl"), ("application/rdf+xml", "rdf"), (BROWSER, "ttl")):
        answer = client.get("/data/actor/hus", headers={"Accept": accept})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/data/actor/hus.{suffix}")
    assert client.get("/data/actor/hus", headers={"Accept": "text/html"}).status_code == 406


@pytest.mark.parametrize(
    "path", ["/id/norm/none", "/id/none/hus", "/data/norm/none.ttl", "/data/actor/hus.csv", "/fi/norm/none", "/fi/none"]
)
def test_what_the_graph_does_not_hold_is_not_found(client, path):
    answer = client.get(path, headers={"Accept": BROWSER})
    assert answer.status_code == 404
    assert "Sivua ei ole" in answer.text or answer.json["title"] == "Sivua ei ole"


def test_the_error_page_speaks_the_language_of_the_address(client):
    assert "Sidan finns inte" in client.get("/sv/norm/none").text
    assert "There is no such page" in client.get("/id/norm/none", headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize(
    ("accept", "language"), [(None, "fi"), ("sv-FI", "sv"), ("en-US,en;q=0.5", "en"), ("ja", "fi")]
)
def test_the_root_leads_to_the_home_page_in_the_language_of_the_reader(client, accept, language):
    answer = client.get("/", headers={"Accept-Language": accept} if accept else {})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{language}/")
    assert answer.headers["Vary"] == "Accept, Accept-Language"


def test_the_root_leads_programs_that_read_rdf_to_the_catalogue(client):
    answer = client.get("/", headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/catalog")


def test_the_ontology_is_one_document_for_programs_and_a_page_for_readers(client):
    page = client.get("/ontology", headers={"Accept": BROWSER, "Accept-Language": "sv"})
    assert (page.status_code, page.headers["Location"]) == (303, "/sv/ontology")
    data = client.get("/ontology", headers={"Accept": "text/turtle"})
    assert (data.status_code, data.mimetype, data.headers["Content-Location"]) == (200, "text/turtle", "/ontology.ttl")
    assert data.headers["Vary"] == "Accept, Accept-Language"
    assert data.data == client.get("/ontology.ttl").data
    assert client.get("/ontology", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.slow
def test_every_iri_of_the_graph_has_a_page_and_data(app, client):
    site = app.extensions["hyte"]
    things = sorted(address for address in site.subjects if not address.startswith(HYTE))
    assert len(things) > 3000
    for place, address in enumerate(things if HARD else things[::7]):
        path = "/" + address.removeprefix(BASE)
        language = ("fi", "sv", "en")[place % 3]
        page = client.get(path, headers={"Accept-Language": language}, follow_redirects=True)
        data = client.get(path, headers={"Accept": "application/n-triples"}, follow_redirects=True)
        assert (page.status_code, data.status_code) == (200, 200), address
        assert f"<{address}>" in data.text


def test_every_term_of_the_ontology_has_its_anchor_on_the_page(app, client):
    text = client.get("/en/ontology").text
    terms = app.extensions["hyte"].vocabulary
    assert len(terms) > 300
    assert not [term for term in terms if f'id="{term.split("#")[1]}"' not in text]
