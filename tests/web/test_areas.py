"""The areas: the examples side by side, the tiles with their table, and a page for each organisation."""

from __future__ import annotations

import re

import pytest

from hyte_graph.languages import LANGUAGES
from hyte_graph.reports.grouping import IDLE
from hyte_web.areas import tiles
from hyte_web.check.examples import assessed, examples, usual_day
from tests.web.markup import read
from tests.web.test_check import SILENCE


@pytest.fixture(scope="module")
def ready(app):
    """Return the assessments of all examples, made once."""
    with app.test_request_context("/fi/"):
        return assessed().ready(usual_day(), patience=300)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", ["county", "municipality", "city"])
def test_the_table_says_what_the_assessments_say(client, ready, language, group):
    answer = client.get(f"/{language}/area?group={group}")
    page = read(answer.text)
    assert (answer.status_code, page.faults) == (200, [])
    assert answer.text.index(SILENCE[language]) < answer.text.index('<table class="matrix">')
    cells = re.findall(r'<span class="mark outcome-([a-z-]+)">', answer.text)
    assert cells
    assert (set(cells) - IDLE) <= {verdict.outcome for made in ready.values() for verdict in made.verdicts}


def test_every_duty_of_every_county_stands_in_the_table(client, ready):
    answer = client.get("/fi/area.csv")
    rows = {tuple(line.split(",")) for line in answer.text.splitlines()}
    told = {(row[0], row[1], row[-2], row[-1]) for row in rows}
    for slug in ("pohjanmaa", "vantaa-kerava"):
        for verdict in ready[slug].verdicts:
            if verdict.outcome not in IDLE:
                period = verdict.period.slug if verdict.period else ""
                known = (slug, verdict.norm.slug, period, verdict.outcome)
                older = len([item for item in ready[slug].verdicts if item.norm.slug == verdict.norm.slug]) > 4
                assert known in told or older


def test_filters_narrow_the_table(client, ready):
    every = client.get("/fi/area").text
    one = client.get("/fi/area?family=negotiation").text
    assert 0 < one.count('<th scope="row"><a href="/fi/norm/') < every.count('<th scope="row"><a href="/fi/norm/')
    assert read(client.get("/fi/area?family=nothing").text).faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tiles_show_the_21_counties_and_helsinki_and_their_table_says_the_same(app, client, ready, language):
    answer = client.get(f"/{language}/area?norm=cty-7-3-s6-publish")
    picture = re.search(r'<svg class="map".*?</svg>', answer.text, re.DOTALL)[0]
    assert picture.count('<g class="tile') == 22
    table = answer.text[answer.text.index("</figure>") :]
    assert sorted(re.findall(r'class="tile outcome-([a-z-]+)"', picture)) == sorted(
        re.findall(r'class="outcome outcome-([a-z-]+)"', table)
    )
    counties = {
        slug for slug, actor in app.extensions["hyte"].actors.items() if actor.type == "WellbeingServicesCounty"
    }
    assert set(tiles.slugs()) == counties | {"helsinki"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["pohjanmaa", "helsinki", "hus", "kotka", "lappi", "jomala"])
def test_an_organisation_has_a_page(client, slug, language):
    answer = client.get(f"/{language}/area/{slug}")
    assert (answer.status_code, read(answer.text).faults) == (200, [])
    assert (SILENCE[language] in answer.text) == (slug in examples())


def test_while_the_examples_are_being_assessed_the_page_says_how_many_are_missing(app, client):
    answer = client.get("/en/area?on=2024-06-30")
    assert answer.status_code == 200
    missing = re.search(r"Still being assessed: (\d+)", answer.text)
    assert missing is None or (int(missing[1]) <= 21 and answer.headers["Cache-Control"] == "no-store")


@pytest.mark.parametrize("on", ["x", "1900-01-01", "2999-01-01"])
def test_a_day_that_cannot_be_is_refused(client, on):
    assert client.get(f"/fi/area?on={on}").status_code == 400
