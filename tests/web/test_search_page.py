"""Search: what one box finds, how the page tells it, and what the box suggests."""

from __future__ import annotations

import re

import pytest

from hyte_graph.languages import LANGUAGES
from hyte_graph.store.search.places import cited
from hyte_graph.vocabulary import iri
from hyte_web.search.finding import Finder
from tests.web.markup import read


@pytest.fixture(scope="module")
def found(app):
    finder: Finder = app.extensions["hyte-finder"]
    return lambda text, kind="": [(hit.kind, hit.iri.rsplit("/", 1)[1]) for hit in finder.find(text, kind).hits]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("hyvinvointikertomuksen", ("concept", "wellbeing-report")),
        ("612/2021", ("act", "2021-612")),
        ("612/2021 7 §", ("provision", "2021-612-7")),
        ("612/2021 s. 7(4)", ("provision", "2021-612-7-4")),
        ("1287/2013 13 a §", ("provision", "2013-1287-13a")),
        ("Esbo", ("actor", "espoo")),
    ],
)
def test_a_word_a_citation_or_a_name_finds_its_thing_first(found, text, first):
    kind, slug = found(text)[0]
    assert (kind, slug) == first


def test_an_organisation_is_found_in_both_languages_of_the_country(found):
    assert found("Västra Nylands välfärdsområde", "actor")[0] == found("Länsi-Uudenmaan hyvinvointialue", "actor")[0]
    assert found("HUS-yhtymä", "actor")[0] == ("actor", "hus")


def test_a_title_finds_its_act_and_a_question_its_question(found):
    assert ("act", "2021-612") in found("Lag om ordnande av social- och hälsovård", "act")[:2]
    assert found("Which abbreviations exist, and what do they stand for?")[0] == ("question", "abbreviations")


def test_a_part_that_the_graph_lacks_leads_to_the_whole_that_it_has(app):
    triples = app.extensions["hyte"].knowledge.triples
    assert cited("612/2021 7 § 99 mom.", triples).iri == iri("law", "2021-612-7")
    assert cited("612/2021 999 §", triples).iri == iri("law", "2021-612")
    assert cited("9999/2021", triples) is None
    assert cited("7 §", triples) is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", ["", "?q=", "?q=hyvinvointi", "?q=hyvinvointi&page=2&kind=concept", "?q=qqqqqqqq"])
def test_the_html_of_a_search_holds_together(client, language, query):
    answer = client.get(f"/{language}/search{query}")
    assert answer.status_code == 200
    assert read(answer.text).faults == []


def test_the_facets_count_what_each_kind_has_and_keep_what_is_sought(app, client):
    text = client.get("/fi/search?q=hyvinvointi").text
    counts = app.extensions["hyte-finder"].find("hyvinvointi").counts
    assert re.search(
        rf'href="/fi/search\?q=hyvinvointi&amp;kind=norm"[^>]*>Normit <span[^>]*>\({counts["norm"]}\)', text
    )
    narrowed = client.get("/fi/search?q=hyvinvointi&kind=norm").text
    assert f"{counts['norm']} tulosta" in narrowed
    assert not [href for href in read(narrowed).anchors if href.startswith("/fi/term/")]


def test_every_hit_stands_on_one_page_of_the_list(app, client):
    total = len(app.extensions["hyte-finder"].find("hyvinvointi", "concept").hits)
    shown: list[str] = []
    for page in range(1, -(-total // 20) + 1):
        text = client.get(f"/en/search?q=hyvinvointi&kind=concept&page={page}").text
        shown += re.findall(r'<h2><a href="(/en/term/[^"]+)"', text)
    assert len(shown) == len(set(shown)) == total
    assert client.get(f"/en/search?q=hyvinvointi&kind=concept&page={page + 1}").status_code == 404


def test_where_nothing_has_all_words_what_has_most_of_them_comes_first_and_the_page_says_so(app, client):
    found = app.extensions["hyte-finder"].find("kunnan velvollisuus neuvotella")
    assert found.is_partial
    assert iri("norm", "cty-7-4-s4-annual-negotiation") in [hit.iri for hit in found.hits[:5]]
    assert "Nothing has all the words." in client.get("/en/search?q=kunnan+velvollisuus+neuvotella").text
    assert "Nothing has all the words." not in client.get("/en/search?q=hyvinvointikertomus").text


def test_a_hit_in_another_language_is_marked_with_it(client):
    assert ("Välfärdsberättelse", "sv") in read(client.get("/fi/search?q=välfärdsberättelse").text).texts


@pytest.mark.parametrize("query", ["q=x&kind=nope", "q=x&page=0", "q=x&page=-1", "q=x&page=²", "q=x&page=1e3"])
def test_a_kind_or_page_that_does_not_exist_is_not_found(client, query):
    assert client.get(f"/fi/search?{query}").status_code == 404


def test_a_text_that_is_too_long_is_refused_with_a_sentence_at_its_field(client):
    answer = client.get("/en/search?q=" + "a" * 300)
    assert answer.status_code == 400
    assert "Shorten it to at most 200 characters." in answer.text
    assert read(answer.text).faults == []


def test_suggestions_begin_with_what_is_typed_and_lead_to_pages(client):
    items = client.get("/sv/search/suggest?q=välfärdsber").json
    assert items[0]["label"].startswith("välfärdsber")
    assert items[0]["lang"] == "sv"
    assert len(items) <= 8
    for item in items:
        assert client.get(item["href"]).status_code == 200, item
    assert client.get("/sv/search/suggest?q=").json == []


def test_what_was_found_can_be_taken_away(client):
    told = client.get("/fi/search.json?q=Espoo").json
    assert told["items"][0]["iri"] == iri("actor", "espoo")
    assert told["total"] == len(told["items"])
    table = client.get("/fi/search.csv?q=Espoo").text
    assert iri("actor", "espoo") in table
