"""hyte check --assume, --law-as-of and --judgements, hyte repair, hyte compare --store, hyte calendar --format ics."""

from __future__ import annotations

import json

import pytest
import yaml
from icalendar import Calendar

from hyte_graph.cli.main import main
from hyte_graph.languages import LANGUAGES
from tests.compliance.test_what_if import BASE, HELD, JUDGED
from tests.conftest import EXAMPLES

DAY = ["--on", "2025-12-31", "--engine", "shacl"]


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in {"base": BASE, "facts": HELD, "findings": JUDGED}.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_what_if_is_saved_with_its_mark_and_is_not_compared(desk, capsys):
    assert main(["check", "base.yaml", *DAY, "--assume", "facts.yaml", "--save", "store"]) == 0
    assert main(["history", "kainuu", "--store", "store", "--lang", "sv"]) == 0
    assert "TÄNK OM" in capsys.readouterr().out
    assert main(["compare", "kainuu", "kainuu", "--store", "store", "--lang", "en"]) == 2
    assert "no assessment" in capsys.readouterr().err


def test_the_exit_code_follows_what_is_assumed_and_the_json_says_so(desk, capsys):
    assert main(["check", "base.yaml", *DAY, "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["whatIf"] is False
    words = ["--assume", "facts.yaml", "--judgements", "findings.yaml", "--law-as-of", "2025-06-01"]
    assert main(["check", "base.yaml", *DAY, *words, "--format", "json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["whatIf"], made["lawOn"], made["on"]) == (True, "2025-06-01", "2025-12-31")
    assert [file["name"] for file in (*made["assumed"], *made["judged"])] == ["facts.yaml", "findings.yaml"]


def test_assumptions_are_laid_over_one_description_only(desk, capsys):
    assert main(["check", "base.yaml", "base.yaml", *DAY, "--assume", "facts.yaml", "--lang", "en"]) == 2
    assert "one description at a time" in capsys.readouterr().err


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_repair_is_written_read_back_and_mends(language, desk, capsys):
    assert main(["repair", "base.yaml", *DAY, "-o", "repair.yaml", "--lang", language]) == 0
    told = capsys.readouterr().out
    assert "612/2021" in told
    assert "--assume repair.yaml" in told
    text = (desk / "repair.yaml").read_text(encoding="utf-8")
    assert text.startswith("# ")
    head = text.replace("\n# ", " ")
    assert {"fi": "vielä totta", "sv": "ännu sant", "en": "true yet"}[language] in head
    assert list(yaml.safe_load(text)["negotiations"][0]["serves"].split()) == ["cty-7-4-s4-annual-negotiation"]
    assert main(["check", "base.yaml", *DAY, "--assume", "repair.yaml"]) == 0


def test_a_repair_as_json_tells_what_can_still_be_done(desk, capsys):
    assert main(["repair", "base.yaml", *DAY, "--format", "json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["schema"] == "hyte.repair/1"
    assert [(fact["canStillBeDone"], fact["lastDay"]) for fact in made["facts"]] == [(False, "2024-12-31")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_mended_is_said_with_its_reason(language, desk, capsys):
    denied = BASE + 'answers:\n  - {norm: cty-7-4-s4-annual-negotiation, year: "2023", answer: no}\n'
    (desk / "denied.yaml").write_text(denied, encoding="utf-8")
    assert main(["repair", "denied.yaml", *DAY, "-o", "r.yaml", "--lang", language]) == 1
    told = capsys.readouterr().out
    assert {"fi": "Aika päättyi 31.12.2023", "sv": "Tiden gick ut 31.12.2023", "en": "ended on 31 December 2023"}[
        language
    ] in told


def test_the_latest_saved_assessments_are_compared_by_slug(desk, capsys):
    names = [str(EXAMPLES / f"{name}.yaml") for name in ("raahe", "oulu")]
    for day in ("2024-12-31", "2025-12-31"):
        words = ["--engine", "shacl", "--fail-on", "never", "--save", "store", "--format", "json", "-o", "r.json"]
        assert main(["check", *names, "--on", day, *words]) == 0
    capsys.readouterr()
    assert main(["compare", *names, "--on", "2025-12-31", "--engine", "shacl", "--format", "json"]) == 0
    fresh = capsys.readouterr().out
    assert main(["compare", "raahe", "oulu", "--store", "store", "--format", "json"]) == 0
    assert capsys.readouterr().out == fresh
    assert main(["compare", "raahe", "oulu", "--store", "store", "--on", "2024-12-31", "--format", "json"]) == 0
    assert capsys.readouterr().out != fresh
    assert main(["compare", "raahe", "kotka", "--store", "store", "--lang", "fi"]) == 2
    assert "kotka" in capsys.readouterr().err


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_falls_due_is_a_calendar_with_citations(language, desk, capsys):
    words = ["calendar", "raahe", "--on", "2025-03-31", "--until", "2025-12-31", "--lang", language]
    assert main([*words, "--format", "ics", "-o", "raahe.ics"]) == 0
    events = Calendar.from_ical((desk / "raahe.ics").read_bytes()).walk("VEVENT")
    assert main([*words, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [str(event.decoded("dtstart")) for event in events] == [row["last_day"] for row in rows]
    assert all(row["citation"] in str(event["summary"]) for event, row in zip(events, rows, strict=True))
    assert len({str(event["uid"]) for event in events}) == len(rows)


def test_a_calendar_without_any_event_is_refused(desk, capsys):
    words = ["calendar", "raahe", "--on", "2025-06-01", "--until", "2025-06-02", "--format", "ics", "--lang", "en"]
    assert main(words) == 2
    assert capsys.readouterr().err
