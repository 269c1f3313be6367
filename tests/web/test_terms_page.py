"""The terminology: from A to Z, as a tree, by groups, and one concept in three languages."""

from __future__ import annotations

import re

import pytest

from hyte_graph.languages import LANGUAGES
from hyte_graph.vocabulary import iri
from hyte_web.browse.terms import concepts
from tests.web.markup import read


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["term", "term?view=tree", "term?view=group", "term/annual-statement", "term/accident"]
)
def test_the_html_of_the_terminology_holds_together(client, language, path):
    answer = client.get(f"/{language}/{path}")
    assert answer.status_code == 200
    assert read(answer.text).faults == []


def test_every_concept_stands_under_a_letter_and_in_the_tree(app, client):
    everything = {address.rsplit("/", 1)[1] for address in concepts(app.extensions["hyte"])}

    def linked(path: str) -> set[str]:
        anchors = read(client.get(path).text).anchors
        return {href.rsplit("/", 1)[1] for href in anchors if href.startswith("/sv/term/")}

    letters = re.findall(r'href="(/sv/term\?letter=[^"]+)"', client.get("/sv/term").text)
    assert set().union(*(linked(path) for path in letters)) == everything
    assert linked("/sv/term?view=tree") == everything


def test_swedish_letters_end_with_the_ones_after_z(client):
    letters = re.findall(r'href="/sv/term\?letter=[^"]+"[^>]*>([^<]+)<', client.get("/sv/term").text)
    assert [sign for sign in letters if sign in "ÅÄÖ"] == [sign for sign in ("Å", "Ä", "Ö") if sign in letters]
    assert letters.index("Å") > letters.index("V")


def test_another_name_leads_to_its_concept(client):
    letters = read(client.get("/sv/term?letter=R").text)
    assert any("redogörelse för social- och hälsovården" in text for text, _ in letters.texts)
    assert "/sv/term/annual-statement" in letters.anchors


def test_a_concept_tells_its_names_in_three_languages_and_where_each_comes_from(client):
    text = client.get("/en/term/annual-statement").text
    page = read(text)
    assert ("årlig redogörelse", "sv") in page.texts
    assert ("vuosittainen selvitys sosiaali- ja terveydenhuollosta ja taloudesta", "fi") in page.texts
    assert "attested in a statute" in text
    assert "translation of the project" in text
    assert {"/en/norm/cty-29-2-annual-statement", "/en/law/2021-612-29-2-s1", "/en/term/reporting"} <= set(page.anchors)
    assert iri("term", "annual-statement") in text


def test_a_divergence_of_the_languages_is_told_on_the_page_of_the_concept(app, client):
    known = app.extensions["hyte"]
    triples = known.knowledge.triples
    diverging = [address for address in concepts(known) if triples.optional_text(address, "divergenceNote")]
    assert diverging
    text = client.get(f"/fi/term/{diverging[0].rsplit('/', 1)[1]}").text
    assert "Kielten ero." in text


@pytest.mark.parametrize("query", ["view=nope", "letter=%3F", "letter=AA"])
def test_a_view_or_letter_that_does_not_exist_is_not_found(client, query):
    assert client.get(f"/fi/term?{query}").status_code == 404
