"""hyte check --save, hyte history, hyte diff: what was said before, and what has changed since."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from hyte_graph.cli.main import main
from hyte_graph.languages import LANGUAGES
from hyte_graph.store.archive import FILE, Archive
from tests.conftest import EXAMPLES

TOWN = EXAMPLES / "raahe.yaml"


def save(folder: Path, on: str, path: Path = TOWN) -> None:
    words = ["check", str(path), "--on", on, "--engine", "shacl", "--fail-on", "never", "--format", "json"]
    assert main([*words, "--save", str(folder), "-o", str(folder / "report.json")]) == 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("store")
    save(made, "2024-12-31")
    save(made, "2025-12-31")
    return made


def test_nothing_is_written_unless_asked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    main(["check", str(TOWN), "--on", "2025-12-31", "--engine", "shacl"])
    assert list(tmp_path.iterdir()) == []


def test_a_saved_assessment_is_the_json_report_with_its_input(folder):
    archive = Archive(folder)
    saved = archive.history("raahe")
    assert [item.number for item in saved] == [1, 2]
    assert dict(saved[1].result) == json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert archive.content(1) == TOWN.read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_history_lists_days_numbers_and_counts(folder, capsys, language):
    assert main(["history", "raahe", "--store", str(folder), "--lang", language]) == 0
    out = capsys.readouterr().out
    assert "2024-12-31" in out
    assert "2025-12-31" in out
    assert {"fi": "tallennettu", "sv": "sparad", "en": "saved"}[language] in out


@pytest.mark.parametrize("language", LANGUAGES)
def test_diff_tells_what_changed_and_that_only_the_day_differs(folder, capsys, language):
    assert main(["diff", "1", "2", "--store", str(folder), "--lang", language]) == 1
    out = capsys.readouterr().out
    assert {"fi": "eroa: päivä.", "sv": "skiljer sig: dagen.", "en": "differ: the day."}[language] in out
    assert {"fi": "Uudet (", "sv": "Nya (", "en": "New ("}[language] in out


def test_diff_as_json_names_each_change(folder, capsys):
    assert main(["diff", "1", "2", "--store", str(folder), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["causes"] == ["day"]
    new = {(item["norm"], item["period"]) for item in found["changes"] if item["kind"] == "new"}
    assert ("mun-6-3-s2-annual-report", "2025") in new
    assert all(item["before"] != item["after"] for item in found["changes"])


def test_the_same_result_differs_in_nothing(folder, capsys):
    assert main(["diff", "2", str(folder / "report.json"), "--store", str(folder), "--lang", "en"]) == 0
    assert "No outcome has changed" in capsys.readouterr().out


def test_a_changed_description_is_a_cause(folder, capsys, tmp_path):
    changed = tmp_path / "raahe.yaml"
    changed.write_text(TOWN.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    save(tmp_path, "2025-12-31", changed)
    capsys.readouterr()
    words = ["diff", str(folder / "report.json"), str(tmp_path / "report.json"), "--format", "json"]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["causes"] == ["data"]


def test_other_organisations_are_not_compared_in_time(folder, capsys, tmp_path):
    save(tmp_path, "2025-12-31", EXAMPLES / "oulu.yaml")
    assert main(["diff", str(folder / "report.json"), str(tmp_path / "report.json"), "--lang", "en"]) == 2
    assert "hyte compare" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["history", "raahe", "--store", "nowhere"], 2, "no saved assessments"),
        (["history", "oulu", "--store", "{folder}"], 2, "raahe"),
        (["diff", "1", "9", "--store", "{folder}"], 2, "number 9"),
        (["diff", "1", "2"], 2, "--store"),
        (["diff", "missing.json", "missing.json"], 3, "missing.json"),
    ],
)
def test_a_wrong_call_is_one_sentence(folder, capsys, words, code, told):
    assert main([*(word.format(folder=folder) for word in words), "--lang", "en"]) == code
    caught = capsys.readouterr()
    assert told in caught.err
    assert len(caught.err.strip().splitlines()) == 1


@pytest.mark.parametrize("fault", ["foreign", "newer", "text"])
def test_a_file_that_is_not_ours_is_left_as_it_is(tmp_path, capsys, fault):
    path = tmp_path / FILE
    if fault == "text":
        path.write_text("no data base" * 100, encoding="utf-8")
    else:
        with sqlite3.connect(path) as base:
            base.executescript("CREATE TABLE x (y);" if fault == "foreign" else "PRAGMA user_version = 99;")
    before = path.read_bytes()
    assert main(["check", str(TOWN), "--on", "2025-12-31", "--engine", "shacl", "--save", str(tmp_path)]) == 3
    assert FILE in capsys.readouterr().err
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path, capsys):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    words = ["check", str(TOWN), "--on", "2025-12-31", "--engine", "shacl", "--save", str(tmp_path / "taken" / "store")]
    assert main(words) == 3
    assert FILE in capsys.readouterr().err
