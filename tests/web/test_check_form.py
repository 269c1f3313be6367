"""The step form: it asks what binds, carries what was told, and makes a description."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import pytest

from hyte_graph.intake import read_description
from hyte_graph.languages import LANGUAGES
from hyte_graph.resources import root
from tests.web.markup import read
from tests.web.test_check import DAY, hidden, post

NORM = "cty-7-2-s3-name-responsible-party"


def begin(client, language: str = "fi"):
    answer = post(client, f"/{language}/check/form/area", actor="pohjanmaa", on=DAY)
    assert answer.status_code == 200
    return answer


def step(client, told, to: str, language: str = "fi", **fields: str):
    return post(client, f"/{language}/check/form/{to}", **(hidden(told.text) | fields))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_holds_together_and_asks_what_binds(app, client, language):
    page = begin(client, language)
    steps = ["general-duty", *re.findall(r'<li><button formaction="/../check/form/([a-z-]+)"', page.text)]
    asked = set()
    for name in steps if language == "fi" else steps[-4:]:
        page = step(client, page, name, language)
        assert (page.status_code, read(page.text).faults) == (200, []), name
        asked |= {found.partition("--")[0] for found in re.findall(r'name="a\.([a-z0-9-]+)"', page.text)}
    norms = app.extensions["hyte"].library.norms(actor="pohjanmaa", on=date.fromisoformat(DAY))
    assert asked == {norm.slug for norm in norms} or (asked and language != "fi")


def test_what_is_told_travels_becomes_a_description_and_is_checked(app, client):
    page = step(client, begin(client), "responsible-party")
    told = {f"a.{NORM}": "yes", f"d.{NORM}": "2024-05", f"t.{NORM}": "Pöytäkirja", f"u.{NORM}": "https://example.org/x"}
    page = step(client, page, "records", **told)
    page = step(client, page, "review", **{"c.annual_report--2024": "true"})
    saved = step(client, page, "save")
    assert saved.headers["Content-Disposition"] == 'attachment; filename="pohjanmaa.yaml"'
    read_description(saved.data, "saved.yaml", app.extensions["hyte"].knowledge)
    assert b"2024-05" in saved.data
    assert b"complete: true" in saved.data
    answer = step(client, page, "check")
    result = json.loads(client.get(answer.headers["Location"] + ".json").text)
    outcomes = {(item["norm"], (item["period"] or {}).get("id")): item["outcome"] for item in result["verdicts"]}
    assert outcomes[NORM, None] == "fulfilled"
    assert outcomes["cty-7-3-s2-annual-report", "2024"] == "overdue"
    assert outcomes["cty-7-3-s2-annual-report", "2023"] == "evidence-missing"


def test_a_saved_file_is_taken_up_again_with_all_that_it_holds(client):
    content = (root("examples") / "pohjanmaa.yaml").read_bytes()
    page = post(client, "/fi/check/form/area", on=DAY, file=(io.BytesIO(content), "pohjanmaa.yaml"))
    assert page.status_code == 200
    saved = step(client, page, "save")
    assert b"hallitus" in saved.data
    assert b"osterbottensvalfard.fi" in saved.data


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_is_named_beside_its_field_and_nothing_is_lost(client, language):
    page = step(client, begin(client, language), "responsible-party", language)
    told = {f"d.{NORM}": "31.12.2024", f"t.{NORM}": "<b>Pöytäkirja", f"u.{NORM}": "javascript:alert(1)"}
    answer = step(client, page, "records", language, **told)
    found = read(answer.text)
    assert (answer.status_code, found.faults) == (422, [])
    assert {f"#a.{NORM}", f"#d.{NORM}", f"#u.{NORM}"} <= set(found.anchors)
    assert "31.12.2024" in answer.text
    assert "&lt;b&gt;Pöytäkirja" in answer.text


def test_an_answer_without_a_source_is_named_in_the_review(client):
    page = step(client, begin(client), "responsible-party")
    page = step(client, page, "review", **{f"a.{NORM}": "yes"})
    assert "Ilman lähdettä: 1" in page.text


def test_an_answer_can_be_changed_and_leaves_no_source_behind(client):
    page = step(client, begin(client), "responsible-party")
    page = step(client, page, "responsible-party", **{f"a.{NORM}": "yes", f"t.{NORM}": "Pöytäkirja"})
    assert "Pöytäkirja" in page.text
    page = step(client, page, "review", **{f"a.{NORM}": "no", f"t.{NORM}": ""})
    state = json.loads(hidden(page.text)["state"])
    assert [item["answer"] for item in state["answers"]] == ["no"]
    assert not state.get("sources")


@pytest.mark.parametrize(
    "state", ["", "{", "{}", '{"organisation": {"id": "nobody", "type": "municipality"}}', "[" * 99]
)
def test_a_state_that_somebody_changed_is_refused(client, state):
    answer = post(client, "/fi/check/form/review", state=state, **{"from": "review", "for": DAY})
    assert (answer.status_code, read(answer.text).faults) == (422, [])


def test_a_step_without_what_was_told_before_leads_to_the_beginning(client):
    answer = client.get("/fi/check/form/review")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/fi/check/form/area")


@pytest.mark.parametrize(("actor", "on"), [("nobody", DAY), ("pohjanmaa", ""), ("", DAY)])
def test_the_form_begins_with_an_organisation_and_a_day(client, actor, on):
    answer = post(client, "/fi/check/form/area", actor=actor, on=on)
    assert (answer.status_code, read(answer.text).faults) == (422, [])
