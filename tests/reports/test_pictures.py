"""The pictures say what the tables say, to the eye and to the ear, and nothing rests on colour."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.outcomes import BREACHES, OUTCOMES
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.model import Period
from hyte_graph.reports.drawing import pattern
from hyte_graph.reports.grouping import IDLE, symbol
from hyte_graph.reports.pictures import matrix, timeline
from tests.conftest import EXAMPLES

_SVG = "{http://www.w3.org/2000/svg}"
_HOSTILE = "</svg><script>alert('x')</script>\"&\N{RIGHT-TO-LEFT OVERRIDE}\a"


@pytest.fixture(scope="module")
def made(check) -> list[Assessment]:
    """Return a municipality, Helsinki and a county."""
    paths = [EXAMPLES / f"{name}.yaml" for name in ("kotka", "helsinki", "lansi-uusimaa")]
    return [check(path.read_text(encoding="utf-8"), name=path.name) for path in paths]


@pytest.fixture(scope="module")
def varied(made) -> Assessment:
    """Return the county with each of the outcomes that ask something, on duties whose periods end."""
    asked = [outcome for outcome in OUTCOMES if outcome not in IDLE]
    ending = [item for item in made[2].verdicts if item.period and item.period.closes and item.outcome not in IDLE]
    turned = {id(item): outcome for item, outcome in zip(ending, asked, strict=False)}
    assert len(turned) == len(asked)
    verdicts = (replace(item, outcome=turned.get(id(item), item.outcome)) for item in made[2].verdicts)
    return replace(made[2], verdicts=tuple(verdicts))


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own picture


def words(node: ElementTree.Element) -> str:
    return "\n".join(node.itertext())


@pytest.mark.parametrize("language", LANGUAGES)
def test_picture_has_a_role_a_title_and_a_description(varied, made, knowledge, language):
    for picture in (timeline(varied, knowledge, language), matrix(made, knowledge, language)):
        root = drawn(picture.svg)
        assert root.get("role") == "img"
        named = {root.get("aria-labelledby"): "title", root.get("aria-describedby"): "desc"}
        assert len(named) == 2
        for name, tag in named.items():
            assert [node.text for node in root.iter(_SVG + tag) if node.get("id") == name] == [
                picture.title if tag == "title" else picture.description
            ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_of_a_picture_is_told_by_sign_and_word(varied, knowledge, language):
    shown = words(drawn(timeline(varied, knowledge, language).svg)).split("\n")
    for outcome in (outcome for outcome in OUTCOMES if outcome not in IDLE):
        assert symbol(outcome, knowledge) in shown
        assert knowledge.code("outcome", outcome).within(language) in shown


def test_picture_names_no_colour(varied, made, knowledge):
    for picture in (timeline(varied, knowledge, "fi"), matrix(made, knowledge, "fi")):
        paints = re.findall(r'(?:fill|stroke)="([^"]+)"', picture.svg)
        assert set(paints) <= {
            "none",
            "currentColor",
            "url(#timeline-hatch)",
            "url(#timeline-dots)",
            "url(#matrix-dots)",
        }


def test_what_is_broken_shown_open_and_not_asked_have_patterns_of_their_own():
    kinds = {outcome: pattern(outcome) for outcome in OUTCOMES}
    assert {kinds[outcome] for outcome in BREACHES} == {"hatch"}
    assert [outcome for outcome in OUTCOMES if kinds[outcome] == "solid"] == ["fulfilled"]
    assert {kinds[outcome] for outcome in IDLE} == {"none"}
    assert kinds["evidence-missing"] == kinds["needs-judgement"] == "dots"


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_beside_the_timeline_has_every_period_that_ends(varied, knowledge, language):
    picture = timeline(varied, knowledge, language)
    ending = [item for item in varied.verdicts if item.period and item.period.closes and item.outcome not in IDLE]
    cells = [cell.outcome for row in picture.rows for cell in row.columns[0]]
    assert sorted(cells) == sorted(item.outcome for item in ending)
    bars = [bar.outcome for line in picture.drawing.lines for bar in line.bars]
    assert bars == cells
    table = picture.table
    for item in ending:
        for told in (item.norm.label.within(language)[1:], item.norm.provision.citation.within(language)):
            assert told in words(drawn(table))


def test_bars_stand_where_their_days_stand(made, knowledge):
    verdict = next(item for item in made[0].verdicts if item.period and item.period.closes)
    periods = [
        Period("2023", date(2023, 1, 1), date(2023, 12, 31)),
        Period("2024", date(2024, 7, 1), date(2025, 6, 30)),
    ]
    verdicts = tuple(replace(verdict, period=period, outcome="fulfilled") for period in periods)
    drawing = timeline(replace(made[0], on=date(2025, 12, 31), verdicts=verdicts), knowledge, "fi").drawing
    assert [year for _, year in drawing.years] == [2023, 2024, 2025]
    (first, second) = drawing.lines[0].bars
    edges = [x for x, _ in drawing.years]
    assert first.x == edges[0]
    assert first.x + first.width <= edges[1]
    assert edges[1] < second.x < edges[2] < second.x + second.width
    assert first.y == second.y
    assert drawing.today > second.x + second.width


def test_periods_that_overlap_stand_below_each_other(made, knowledge):
    verdict = next(item for item in made[0].verdicts if item.period and item.period.closes)
    periods = [Period("a", date(2021, 8, 1), date(2025, 12, 31)), Period("b", date(2025, 6, 1), date(2029, 5, 31))]
    verdicts = tuple(replace(verdict, period=period, outcome="fulfilled") for period in periods)
    first, second = timeline(replace(made[0], verdicts=verdicts), knowledge, "fi").drawing.lines[0].bars
    assert first.x + first.width > second.x
    assert first.y + first.height <= second.y


@pytest.mark.parametrize("language", LANGUAGES)
def test_matrix_has_the_norms_of_both_sections_and_each_organisation(made, knowledge, language):
    picture = matrix(made, knowledge, language)
    table = words(drawn(picture.table))
    for one in made:
        assert one.actor.label.within(language) in words(drawn(picture.svg))
        assert one.actor.label.within(language) in table
    slugs = (
        "mun-6-3-s3-term-plan",
        "cty-7-3-s3-term-plan",
        "hel-6-5-s4-annual-negotiation",
        "uus-cty-7-5-s3-negotiate-with-hus",
    )
    labels = [norm.label.within(language)[1:] for norm in knowledge.norms.values() if norm.slug in slugs]
    assert len(labels) == len(slugs)
    assert all(label in table for label in labels)


def test_square_shows_its_periods_from_the_oldest_to_the_newest(made, knowledge):
    picture = matrix(made, knowledge, "fi")
    at, row = next((at, row) for at, row in enumerate(picture.rows) if len(row.columns[1]) > 1)
    shown = picture.drawing.lines[at].squares[1].signs
    assert shown == " ".join(cell.sign for cell in row.columns[1])


def test_markup_in_names_is_text_in_pictures(made, knowledge):
    spoiled = replace(made[0], actor=replace(made[0].actor, label=Text.same(_HOSTILE)))
    for picture in (timeline(spoiled, knowledge, "fi"), matrix([spoiled, made[1]], knowledge, "fi")):
        for text in (picture.svg, picture.table):
            assert "<script" not in text
            assert not list(drawn(text).iter("script"))
    assert "&lt;script&gt;" in picture.svg


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_assessment_gives_the_same_picture(varied, knowledge, language):
    assert timeline(varied, knowledge, language).svg == timeline(varied, knowledge, language).svg


def test_organisation_without_periods_has_a_picture_without_rows(made, knowledge):
    picture = timeline(replace(made[0], verdicts=()), knowledge, "fi")
    assert picture.rows == ()
    assert drawn(picture.svg).get("role") == "img"
