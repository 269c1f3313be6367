"""A stored result says again what the assessment said, and what is no result is refused in one sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from hyte_graph.errors import FilingError
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.reports import json_report, render
from hyte_graph.reports.stored import read_results
from tests.conftest import EXAMPLES, HARD, ROOT

FORMATS = ("text", "html", "json", "md", "csv", "xlsx", "sarif", "junit", "ics")


@pytest.fixture(scope="module")
def made(check):
    """Return assessments of a county, a municipality and an invented county with many outcomes."""
    found = [
        check((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"), name=f"{name}.yaml", include_drafts=True)
        for name in ("lansi-uusimaa", "espoo")
    ]
    return [*found, check((ROOT / "tests" / "fixtures" / "fx-m.yaml").read_text(encoding="utf-8"), on="2025-03-31")]


@pytest.fixture
def value(made):
    return json_report.as_value(made[0])


def read(value, knowledge):
    return read_results(json.dumps(value).encode(), "r.json", knowledge)


def refusal(value, knowledge):
    with pytest.raises(FilingError) as caught:
        read(value, knowledge)
    return caught.value.message


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_a_stored_result_is_that_of_the_assessment(form, language, made, knowledge):
    for each in made:
        stored = read_results(json_report.render([each]).encode(), "r.json", knowledge)
        assert stored.refused == ()
        assert render(form, stored.assessments, knowledge, language) == render(form, [each], knowledge, language)


def test_several_results_and_refusals_are_read_in_their_order(made, knowledge):
    messages = [Text("a", "b", "c")]
    stored = read_results(json_report.render(made, [("x.yaml", messages)]).encode(), "r.json", knowledge)
    assert [each.name for each in stored.assessments] == [each.name for each in made]
    assert stored.refused == (("x.yaml", (Text("a", "b", "c"),)),)


def test_a_verdict_comes_back_whole_but_for_the_findings_and_the_cells_of_its_remarks(made, knowledge):
    for each in made:
        stored = read(json_report.as_value(each), knowledge).assessments[0]
        assert each.findings
        assert not stored.findings
        assert _told(stored) == _told(each)


def _told(made):
    """Return an assessment as far as the file tells it: an organisation by its name."""
    verdicts = [replace(verdict, actor=made.actor.slug, aside=()) for verdict in made.verdicts]
    return replace(made, actor=made.actor.label, findings=(), verdicts=()), verdicts


def test_what_the_result_says_of_a_norm_outweighs_what_the_graph_says_today(value, knowledge):
    value["verdicts"][0]["label"] = {"fi": "silloin", "sv": "då", "en": "then"}
    assert read(value, knowledge).assessments[0].verdicts[0].norm.label == Text("silloin", "då", "then")


def test_a_result_without_the_keys_that_came_later_is_read(value, knowledge):
    del value["statesFacts"], value["organisation"]["type"]
    for verdict in value["verdicts"]:
        del verdict["remarks"]
        for item in verdict["evidence"]:
            del item["line"]
    stored = read(value, knowledge).assessments[0]
    assert stored.states_facts
    assert stored.on == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("content", "line"), [(b"", 1), (b'{"schema":\n}', 2), (b"\xff", 1), (b"[" * 100_000, 1), (b"1" * 5_000, 1)]
)
def test_what_is_no_json_is_refused_with_its_line(content, line, knowledge):
    with pytest.raises(FilingError, match=rf"^r.json(, line {line}: the file is no JSON|: the file holds no result); "):
        read_results(content, "r.json", knowledge)


@pytest.mark.parametrize("value", [[], {}, 1, None, "x", [1], [{}], {"on": "2025-12-31"}])
def test_json_without_a_result_is_refused(value, knowledge):
    assert refusal(value, knowledge).en.startswith("r.json: the file holds no result; ")


def test_another_form_of_the_result_is_refused_by_name(value, knowledge):
    value["schema"] = "hyte.result/2"
    assert 'the form of the result, "hyte.result/2", is not known (hyte.result/1 is)' in refusal(value, knowledge).en


def test_an_unknown_norm_is_refused_and_the_nearest_is_named(value, knowledge):
    known = value["verdicts"][0]["norm"]
    value["verdicts"][0]["norm"] = known + "x"
    message = refusal(value, knowledge)
    for language in LANGUAGES:
        assert known + "x" in message.within(language)
        assert len(message.within(language)) > len(known) * 2 + 40


@pytest.mark.parametrize(
    ("path", "wrong", "place"),
    [
        (("on",), "31.12.2025", "on"),
        (("versions",), [], "versions"),
        (("organisation", "id"), "../x", "organisation.id"),
        (("verdicts", 2, "outcome"), "fine", "verdicts[2].outcome"),
        (("verdicts", 0, "label"), {"fi": "a"}, "verdicts[0].label.sv"),
        (("verdicts", 0, "reasons", "sv"), [], "verdicts[0].reasons"),
        (("verdicts", 0), "x", "verdicts[0]"),
        (("dataErrors",), None, "dataErrors"),
        (("summary", "fulfilled"), 99, "summary"),
    ],
)
def test_what_is_not_as_the_schema_has_it_is_refused_with_its_place(path, wrong, place, value, knowledge):
    value = json.loads(json.dumps(value))
    *above, last = path
    target = value
    for key in above:
        target = target[key]
    target[last] = wrong
    assert refusal(value, knowledge).en.startswith(f"r.json: {place} is missing or malformed ")


def test_no_key_of_a_result_can_be_taken_away_or_turned_and_crash_the_reader(value, knowledge):
    whole = json.loads(json.dumps(value))
    verdict = next(item for item in whole["verdicts"] if item["evidence"])
    parts = (whole, whole["organisation"], whole["input"], verdict, verdict["evidence"][0])
    for part in parts:
        for key in list(part):
            kept = part[key]
            for wrong in (None, 1, [], {"fi": 1}, "=", {}, [[]], True)[: None if HARD else 4]:
                part[key] = wrong
                try:
                    read(whole, knowledge)
                except FilingError as error:
                    assert error.message.fi.startswith("r.json: ")  # noqa: PT017
            part[key] = kept
    assert read(whole, knowledge).assessments
