"""Acts on a day, provisions in two languages, sources, the bills of 2017, and what a norm leads on to."""

from __future__ import annotations

import pytest

from hyte_graph.languages import LANGUAGES
from hyte_graph.model import Norm
from hyte_web import frame
from hyte_web.page import Page
from tests.web.markup import read

PAGES = ("source", "source/stm", "source/handbook-2017", "statement/stm-sv-026", "statement/hb17-sv-003", "crosswalk")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_the_html_of_the_sources_holds_together(client, language, path):
    answer = client.get(f"/{language}/{path}")
    assert answer.status_code == 200
    assert read(answer.text).faults == []


def test_a_section_has_the_finnish_and_the_swedish_side_by_side(app, client):
    norm: Norm = app.extensions["hyte"].norms["cty-7-4-s4-annual-negotiation"]
    page = read(client.get("/sv/law/2021-612-7").text)
    assert {(norm.definition.fi, "fi"), (norm.definition.sv, "sv")} <= set(page.texts)
    assert (norm.definition.en, "en") not in page.texts
    assert (norm.definition.en, "en") in read(client.get("/en/law/2021-612-7").text).texts
    assert "mom-4" in page.ids


@pytest.mark.parametrize("path", ["law/2021-612-7", "law/2021-612"])
def test_what_did_not_apply_yet_on_a_day_is_marked(client, path):
    before = client.get(f"/en/{path}?on=2022-06-01").text
    after = client.get(f"/en/{path}?on=2023-01-01").text
    assert "applies only from 1 January 2023" in before
    assert "applies only from 1 January 2023" not in after
    assert "applies only from" not in client.get(f"/en/{path}").text


def test_what_is_no_day_is_refused_at_its_field(client):
    answer = client.get("/en/law/2021-612-7?on=2025-02-30")
    assert answer.status_code == 400
    assert "That is no day." in answer.text
    assert read(answer.text).faults == []


def test_a_norm_leads_on_to_cases_statements_drafts_terms_and_its_sparql(client):
    text = client.get("/en/norm/cty-7-4-s4-annual-negotiation").text
    anchors = read(text).anchors
    assert {"/en/statement/stm-sv-026", "/en/crosswalk/2017-53", "/en/term/annual-negotiation"} <= set(anchors)
    assert "negotiation/passes" in text
    assert "does not show that the norm is followed" in text.lower()
    assert "/en/graph?focus=norm:cty-7-4-s4-annual-negotiation" in anchors
    assert "SELECT" in text


def test_a_source_tells_line_by_line_what_it_says_and_what_the_law_says(client):
    page = read(client.get("/en/source/stm").text)
    assert "/en/statement/stm-sv-026" in page.anchors
    assert "/en/norm/cty-7-4-s4-annual-negotiation" in page.anchors
    assert any(text == "line 25:" for text, _ in page.texts)


@pytest.mark.parametrize("path", ["source/handbook-2017", "statement/hb17-sv-003", "crosswalk"])
def test_all_that_is_of_the_bills_of_2017_says_that_they_never_came_into_force(client, path):
    for language, words in zip(
        LANGUAGES, ("eivät koskaan tulleet voimaan", "trädde aldrig i kraft", "never"), strict=True
    ):
        assert words in client.get(f"/{language}/{path}").text, language


def test_the_crosswalk_has_a_row_for_each_of_the_graph(app, client):
    text = client.get("/fi/crosswalk").text
    for address in app.extensions["hyte"].things["crosswalk"]:
        assert f'href="/fi/crosswalk/{address.rsplit("/", 1)[1]}"' in text


def test_an_organisation_shows_what_others_owe_it(client):
    anchors = read(client.get("/fi/actor/espoo").text).anchors
    assert "/fi/norm/cty-7-4-s4-annual-negotiation" in anchors


def test_the_head_leads_only_to_parts_that_the_site_has(app, client):
    with app.test_request_context("/fi/"):
        page = Page(app.extensions["hyte"], "fi")
        assert frame.at(page, "norm") == "/fi/norm"
        assert frame.at(page, "nothing-of-the-kind") == ""
    heads = read(client.get("/fi/none").text).anchors
    assert {"/fi/law", "/fi/norm", "/fi/actor", "/fi/term", "/fi/ontology"} <= set(heads)


@pytest.mark.parametrize(
    ("language", "day"), [("fi", "1. tammikuuta 2023"), ("sv", "1 januari 2023"), ("en", "1 January 2023")]
)
def test_days_are_written_as_the_language_writes_them(client, language, day):
    assert day in client.get(f"/{language}/norm/cty-7-4-s4-annual-negotiation").text
