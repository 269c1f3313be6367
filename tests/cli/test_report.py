"""hyte report, as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hyte_graph.cli.main import main
from hyte_graph.reports import FORMATS
from tests.conftest import EXAMPLES

COUNTY = str(EXAMPLES / "lansi-uusimaa.yaml")
ASKED = ["--on", "2025-12-31", "--engine", "shacl"]


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("HYTE_LANG", "en")


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    """Return the path of a stored result."""
    path = tmp_path_factory.mktemp("results") / "result.json"
    assert main(["check", COUNTY, *ASKED, "--format", "json", "-o", str(path)]) == 0
    return str(path)


def test_a_stored_result_reads_like_the_check_itself(result, capsys):
    for form in ("text", "md", "csv"):
        assert main(["check", COUNTY, *ASKED, "--format", form, "--lang", "sv"]) == 0
        wanted = capsys.readouterr().out
        assert main(["report", result, "--format", form, "--lang", "sv"]) == 0
        assert capsys.readouterr() == (wanted, "")


def test_a_stored_result_as_json_is_the_same_file(result, capsys):
    assert main(["report", result, "--format", "json"]) == 0
    assert capsys.readouterr().out == Path(result).read_text(encoding="utf-8")


def test_several_results_are_compared(result, tmp_path, capsys):
    other = str(tmp_path / "other.json")
    main(["check", str(EXAMPLES / "espoo.yaml"), *ASKED, "--format", "json", "-o", other])
    assert main(["report", result, other]) == 0
    assert "Organisations compared" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["turtle", "jsonld", "nq"])
def test_what_a_stored_result_does_not_hold_is_refused(form, result, capsys):
    assert main(["report", result, "--format", form]) == 2
    assert capsys.readouterr().err == (
        f"The format {form} cannot be made from a stored result, since that has no SHACL findings; "
        f"check the description itself: hyte check --format {form}.\n"
    )


def test_a_refused_description_in_a_result_is_told_and_gives_code_3(tmp_path, capsys):
    wrong, path = tmp_path / "wrong.yaml", str(tmp_path / "r.json")
    wrong.write_text("bodies: []\n")
    main(["check", str(wrong), COUNTY, *ASKED, "--format", "json", "-o", path])
    told = capsys.readouterr().err
    assert main(["report", path, "--format", "md"]) == 3
    captured = capsys.readouterr()
    assert captured.err == told
    assert captured.out.startswith("# ")


def test_a_missing_or_broken_file_is_named(tmp_path, capsys):
    assert main(["report", "nowhere.json"]) == 3
    assert capsys.readouterr().err == "nowhere.json: no such file. [not-found]\n"
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps({"schema": "other/9"}))
    assert main(["report", str(broken)]) == 3
    assert capsys.readouterr().err.startswith('broken.json: the form of the result, "other/9", is not known')


def test_a_report_that_cannot_be_written_is_wrong_usage(result, tmp_path, capsys):
    assert main(["report", result, "--format", "md", "-o", str(tmp_path / "no" / "folder.md")]) == 2
    assert capsys.readouterr().err.startswith("The file folder.md could not be written; ")


@pytest.mark.parametrize("form", sorted({"md", "csv", "xlsx", "sarif", "junit", "ics"} & set(FORMATS)))
def test_every_format_goes_into_a_file(form, result, tmp_path):
    path = tmp_path / f"report.{form}"
    assert main(["report", result, "--format", form, "-o", str(path)]) == 0
    assert path.stat().st_size > 1_000
