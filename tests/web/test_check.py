"""Checking on the web: what is handed in, what comes back, and that it stays with whoever handed it in."""

from __future__ import annotations

import html
import io
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Barrier

import pytest

from hyte_graph.languages import LANGUAGES
from hyte_graph.messages import say
from hyte_graph.resources import root
from hyte_web import create_app
from hyte_web.check.downloads import KINDS
from hyte_web.check.runs import Runs
from tests.conftest import lacks
from tests.web.markup import read

DAY = "2025-12-31"
FILE = root("examples") / "pohjanmaa.yaml"
SILENCE = {"fi": "ei ole rikkomus", "sv": "ingen överträdelse", "en": "no breach"}


def hidden(text: str) -> dict[str, str]:
    """Return what a form carries from page to page."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', text)
    return {name: html.unescape(value) for name, value in found}


def post(client, path: str, **fields: object):
    token = hidden(client.get("/fi/check").text).get("csrf_token")
    told = {"csrf_token": token} if token else {}
    return client.post(path, data=told | fields, content_type="multipart/form-data")


def upload(client, content: bytes, name: str = "kuvaus.yaml", language: str = "fi", **fields: str):
    return post(client, f"/{language}/check", file=(io.BytesIO(content), name), **{"on": DAY, **fields})


@pytest.fixture(scope="module")
def run(app) -> str:
    answer = upload(app.test_client(), FILE.read_bytes())
    assert answer.status_code == 303
    return answer.headers["Location"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["check", "check/template", "check/form/area", "check/deleted", "compare", "calendar/pohjanmaa"]
)
def test_the_ways_into_a_check_hold_together(client, path, language):
    answer = client.get(f"/{language}/{path}")
    page = read(answer.text)
    assert (answer.status_code, page.faults, page.language) == (200, [], language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_door_says_that_missing_evidence_is_no_breach_and_lists_all_examples(client, language):
    answer = client.get(f"/{language}/check")
    assert SILENCE[language] in answer.text
    listed = [href for href in read(answer.text).anchors if "/check/example/" in href]
    assert len(listed) == len(list(root("examples").glob("*.yaml"))) == 21


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_says_what_the_result_says_and_is_kept_by_nobody(client, run, language):
    answer = client.get(run.replace("/fi/", f"/{language}/"))
    page = read(answer.text)
    assert (answer.status_code, page.faults) == (200, [])
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert "ETag" not in answer.headers
    result = json.loads(client.get(f"{run}.json").text)
    told = {text for text, _ in page.texts}
    for verdict in result["verdicts"]:
        if verdict["outcome"] not in ("not-applicable", "not-in-force"):
            label = verdict["label"][language]
            assert label[:1].upper() + label[1:] in told
            assert set(verdict["reasons"][language]) <= told
    for outcome, count in result["summary"].items():
        assert (f"?outcome={outcome}#verdicts" in page.anchors) == (count > 0), outcome
    assert result["input"]["sha256"] in told


@pytest.mark.threat("H8")
def test_a_page_of_a_report_names_the_json_report_that_is_offered_beside_it(client, run):
    for address, query in ((run, ""), ("/sv/check/example/raahe", "?on=2025-12-31")):
        digest = sha256(client.get(f"{address}.json{query}").data).hexdigest()
        assert digest in client.get(f"{address}{query}").text
        assert digest in client.get(f"{address}.csv{query}").text


def test_a_report_on_the_web_holds_the_same_result_as_the_library(app, client, run):
    made = app.extensions["hyte"].library.assess(FILE, on=date.fromisoformat(DAY))
    assert json.loads(client.get(f"{run}.json").text)["summary"] == made.summary()


def test_filters_leave_what_they_name(client, run):
    page = client.get(f"{run}?outcome=needs-judgement").text
    shown = set(re.findall(r'class="verdict verdict-([a-z-]+)"', page))
    assert shown == {"needs-judgement"}
    assert read(page).faults == []
    none = client.get(f"{run}?outcome=needs-judgement&family=negotiation")
    assert (none.status_code, re.findall(r'class="verdict ', none.text)) == (200, [])


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.suffix not in ("ttl", "jsonld")], ids=lambda k: k.suffix
)
def test_a_report_can_be_had_in_every_format(client, run, kind):
    if not kind.is_here:
        lacks(f"{kind.needs} is not installed")
    answer = client.get(f"{run}.{kind.suffix}")
    assert (answer.status_code, answer.mimetype) == (200, kind.media_type)
    assert f'filename="pohjanmaa-{DAY}.{kind.ending}"' in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(answer.data) > 1000


def test_the_report_as_rdf_is_made_when_asked_for_and_kept_with_the_run(client, run):
    first, again = client.get(f"{run}.ttl"), client.get(f"{run}.ttl")
    assert first.status_code == 200
    assert first.data == again.data
    assert b"ValidationReport" in first.data


def test_an_unknown_format_is_not_found(client, run):
    assert client.get(f"{run}.exe").status_code == 404


def test_what_was_handed_in_comes_back_byte_for_byte(client, run):
    answer = client.get(f"{run}/input")
    assert answer.data == FILE.read_bytes()
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_fault_of_a_file_is_named_with_its_line_and_no_verdict_is_given(client, language):
    spoiled = FILE.read_bytes().replace(b"kind: council", b"kind: xcouncil")
    answer = upload(client, spoiled, "../../x/kuvaus.yaml", language, known_on="2025-06-30")
    page = read(answer.text)
    assert (answer.status_code, page.faults) == (422, [])
    assert re.search(r"kuvaus\.yaml, (rivi|rad|line) 46:", answer.text)
    assert "x/kuvaus" not in answer.text
    assert 'id="errors" autofocus' in answer.text
    assert 'value="2025-06-30"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "a.yaml"), (b"x: [", "a.yaml"), (b"PK\x03\x04junk", "a.xlsx"), (b"MZ", "a.exe"), (b"\xff\xfe", "a.ttl")],
)
def test_what_is_no_description_is_refused_in_a_sentence(client, content, name):
    answer = upload(client, content, name)
    assert (answer.status_code, read(answer.text).faults) == (422, [])
    assert name in answer.text


def test_a_form_without_file_or_day_says_so(client):
    answer = post(client, "/fi/check", on="31.12.2025")
    assert answer.status_code == 422
    assert answer.text.count('<li><a href="#') == 2


def test_more_than_a_file_may_hold_is_refused(client):
    assert upload(client, b" " * (11 * 2**20)).status_code == 413


def test_what_is_compared_names_what_changed_and_why(client, run):
    answer = post(client, f"{run}/compare", on="2024-12-31")
    assert answer.status_code == 303
    for language in LANGUAGES:
        page = client.get(answer.headers["Location"].replace("/fi/", f"/{language}/"))
        assert (page.status_code, read(page.text).faults) == (200, [])
    told = json.loads(client.get(answer.headers["Location"] + "?format=json").text)
    assert told["causes"] == ["day"]
    assert {change["kind"] for change in told["changes"]} >= {"new"}


def test_another_organisation_is_not_compared(client, run):
    other = io.BytesIO((root("examples") / "kotka.yaml").read_bytes())
    answer = post(client, f"{run}/compare", on=DAY, file=(other, "kotka.yaml"))
    assert (answer.status_code, read(answer.text).faults) == (422, [])


def test_a_run_can_be_deleted_and_is_gone_with_a_reason(client):
    run = upload(client, FILE.read_bytes()).headers["Location"]
    assert client.get(run).status_code == 200
    assert client.get(f"{run}/delete").status_code == 405
    assert post(client, f"{run}/delete").status_code == 303
    for path in (run, f"{run}.json", f"{run}/input", f"{run}/compare/{'0' * 32}"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "poistettu" in answer.text
    assert post(client, f"{run}/delete").status_code == 303


def test_a_run_expires_and_leaves_nothing_behind(tmp_path, monkeypatch):
    kept = Runs(tmp_path / "runs", hours=1)
    run = kept.add(b"x", "x.yaml", "{}")
    assert (tmp_path / "runs").stat().st_mode & 0o777 == 0o700
    assert len(run.name) == 32
    assert kept.get(run.name) is not None
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3601)
    assert kept.get(run.name) is None
    assert list((tmp_path / "runs").iterdir()) == []


@pytest.mark.parametrize("name", ["", "..", "../x", "a" * 31, "A" * 32, "new-abcdef"])
def test_only_names_of_runs_are_looked_up(tmp_path: Path, name):
    assert Runs(tmp_path).get(name) is None


def test_a_workbook_gives_a_report_and_comes_back_with_remarks(client):
    book = client.get(f"/sv/check/template.xlsx?actor=pohjanmaa&on={DAY}")
    assert book.mimetype.endswith("spreadsheetml.sheet")
    answer = upload(client, book.data, "bok.xlsx", "sv")
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"])
    assert say("nothing-stated", name="bok.xlsx").sv in html.unescape(page.text)
    copy = client.get(f"{answer.headers['Location']}/annotated")
    assert (copy.status_code, copy.data[:2]) == (200, b"PK")
    assert copy.data != book.data


@pytest.mark.parametrize("suffix", ["ods", "zip", "yaml"])
def test_a_template_can_be_handed_in_as_it_is(client, suffix):
    answer = client.get(f"/fi/check/template.{suffix}?actor=kotka&on={DAY}")
    assert answer.status_code == 200
    assert upload(client, answer.data, f"pohja.{suffix}").status_code == 303


def test_the_template_form_knows_names_and_leads_to_the_file(client):
    answer = client.get("/sv/check/template?actor=Österbottens välfärdsområde&on=2025-12-31&format=ods&language=fi")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/template.ods?actor=pohjanmaa&on=2025-12-31&language=fi")
    wrong = client.get("/sv/check/template?actor=Österbotn")
    assert (wrong.status_code, read(wrong.text).faults) == (422, [])


@pytest.mark.parametrize("suffix", ["csv", "json", "ics"])
def test_what_falls_due_can_be_had_as_a_file(client, suffix):
    answer = client.get(f"/fi/calendar/pohjanmaa.{suffix}?on=2025-12-31&until=2026-12-31")
    assert answer.status_code == 200
    assert b"20261231" in answer.data.replace(b"-", b"")


def test_days_that_go_backwards_are_refused(client):
    answer = client.get("/fi/calendar/pohjanmaa?on=2026-01-01&until=2025-01-01")
    assert (answer.status_code, read(answer.text).faults) == (400, [])


@pytest.mark.parametrize(
    "path", ["check/example/pohjanmaa?on=x", "check/example/pohjanmaa?on=9999-01-01", "compare?on=x"]
)
def test_a_day_that_is_none_is_refused(client, path):
    assert client.get(f"/fi/{path}").status_code == 400


@pytest.mark.parametrize("path", ["check/example/nobody", "calendar/nobody", "area/nobody"])
def test_an_organisation_that_nobody_knows_is_not_found(client, path):
    assert client.get(f"/fi/{path}").status_code == 404


def test_an_example_is_a_page_with_its_day_in_the_address(client):
    answer = client.get(f"/en/check/example/pohjanmaa?on={DAY}&family=negotiation")
    page = read(answer.text)
    assert (answer.status_code, page.faults) == (200, [])
    assert f"/en/check/example/pohjanmaa.pdf?on={DAY}" in page.anchors
    assert "no-store" not in answer.headers["Cache-Control"]


def test_areas_are_compared_like_with_like(client):
    answer = client.get("/fi/compare?area=pohjanmaa&area=keski-pohjanmaa&area=nobody&differing=1")
    assert (answer.status_code, read(answer.text).faults) == (200, [])
    rows = json.loads(client.get("/fi/compare?area=pohjanmaa&area=keski-pohjanmaa&differing=1&format=json").text)
    assert rows
    assert all(len(set(row["outcomes"].values())) > 1 for row in rows)


def test_the_first_checks_of_eight_threads_at_the_same_time_all_succeed():
    app, start = create_app(), Barrier(8)
    content = FILE.read_bytes()

    def ask(place: int) -> int:
        client = app.test_client()
        start.wait()
        if place % 2:
            return upload(client, content).status_code
        return client.get("/sv/check/example/kotka?outcome=overdue").status_code

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(ask, range(8))) == [200] * 4 + [303] * 4


def test_a_judgement_in_the_file_stands_in_the_report_with_role_day_and_reason(client):
    judged = FILE.read_text(encoding="utf-8") + (
        "judgements:\n  - id: j1\n    norm: cty-7-1-s1-promote-wellbeing\n    outcome: fulfilled\n"
        "    role: tarkastaja\n    date: '2025-12-01'\n    reason: Asiakirjat luettu.\n"
    )
    answer = upload(client, judged.encode())
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"])
    assert read(page.text).faults == []
    assert "Asiakirjat luettu" in page.text
