"""hyte check, as a user calls it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from hyte_graph.cli.main import main
from tests.conftest import EXAMPLES, ROOT

COUNTY = str(EXAMPLES / "lansi-uusimaa.yaml")
EMPTY = "schema_version: '1.0'\norganisation: {id: kainuu, type: wellbeing_services_county}\n"


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("HYTE_LANG", "en")


def hyte(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    environment = os.environ | {"HYTE_LANG": "en"}
    code = "from hyte_graph.cli.main import entry; entry()"
    return subprocess.run(
        [sys.executable, "-c", code, *words], input=given, capture_output=True, cwd=ROOT, env=environment
    )


def test_a_real_county_is_checked_in_one_command(capsys):
    assert main(["check", COUNTY, "--on", "2025-12-31", "--engine", "shacl", "--lang", "fi"]) == 0
    out = capsys.readouterr().out
    assert "Länsi-Uudenmaan hyvinvointialue: hyte-velvollisuudet 31.12.2025" in out
    assert "612/2021 7 § 4 mom. 3 virke" in out
    assert "✓ TÄYTTYNYT: " in out
    assert out.endswith("\n")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_results_go_to_stdout_and_nothing_else_does(language, capsys):
    main(["check", COUNTY, "--on", "2025-12-31", "--engine", "shacl", "--lang", language, "--format", "json"])
    captured = capsys.readouterr()
    assert json.loads(captured.out)["organisation"]["id"] == "lansi-uusimaa"
    assert captured.err == ""


def test_several_files_are_checked_in_one_run_and_compared(capsys):
    files = [str(EXAMPLES / f"{name}.yaml") for name in ("kitee", "raahe")]
    assert main(["check", *files, "--on", "2025-12-31", "--engine", "shacl"]) == 0
    out = capsys.readouterr().out
    assert "Organisations compared" in out
    assert "Kitee" in out
    assert "Raahe" in out


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path, capsys):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("bodies: []\n")
    code = main(["check", str(wrong), COUNTY, "--on", "2025-12-31", "--engine", "shacl", "--format", "json"])
    captured = capsys.readouterr()
    assert code == 3
    first, second = json.loads(captured.out)
    assert first["organisation"]["id"] == "lansi-uusimaa"
    assert second["input"]["name"] == "wrong.yaml"
    assert captured.err.startswith('wrong.yaml, line 1: the key "schema_version" is missing; add it.')


def test_stdin_is_read_as_yaml():
    done = hyte("check", "-", "--on", "2025-12-31", "--format", "json", given=(EXAMPLES / "raahe.yaml").read_bytes())
    assert done.returncode == 0
    assert json.loads(done.stdout)["input"]["name"] == "stdin.yaml"


def test_an_empty_description_exits_with_4_and_says_so(tmp_path, capsys):
    path = tmp_path / "empty.yaml"
    path.write_text(EMPTY)
    assert main(["check", str(path), "--on", "2025-12-31", "--engine", "shacl", "--format", "json"]) == 4
    captured = capsys.readouterr()
    assert captured.err == "empty.yaml states no facts, so nothing could be checked.\n"
    assert json.loads(captured.out)["summary"]["fulfilled"] == 0


def test_a_breach_exits_with_1_and_never_makes_it_0(tmp_path):
    path = tmp_path / "breach.yaml"
    path.write_text(EMPTY + 'answers:\n  - {norm: cty-7-3-s6-publish, answer: "no"}\n')
    words = ["check", str(path), "--on", "2025-12-31", "--engine", "shacl", "-o", str(tmp_path / "out.txt")]
    assert main(words) == 1
    assert main([*words, "--fail-on", "never"]) == 0


@pytest.mark.parametrize(("level", "code"), [("breach", 0), ("partly", 0), ("evidence", 1), ("never", 0)])
def test_the_level_decides_the_exit_code(level, code, tmp_path):
    words = ["check", COUNTY, "--on", "2025-12-31", "--engine", "shacl", "-o", str(tmp_path / "out.txt")]
    assert main([*words, "--fail-on", level]) == code


@pytest.mark.parametrize("text", ["2025-02-30", "31.12.2025", "20251231", "2025-W01-1", "soon"])
def test_a_wrong_day_is_wrong_usage(text, capsys):
    assert main(["check", COUNTY, "--on", text]) == 2
    assert capsys.readouterr().err == f'"{text}" is no day; write it as 2025-12-31. [bad-day]\n'


def test_a_missing_file_is_named(capsys):
    assert main(["check", "nowhere.yaml", "--on", "2025-12-31"]) == 3
    assert capsys.readouterr().err == "nowhere.yaml: no such file. [not-found]\n"


def test_drafts_are_hypothetical_and_only_when_asked(capsys):
    words = ["check", COUNTY, "--on", "2025-12-31", "--engine", "shacl", "--format", "json"]
    main(words)
    assert json.loads(capsys.readouterr().out)["summary"]["hypothetical"] == 0
    main([*words, "--include-drafts"])
    value = json.loads(capsys.readouterr().out)
    drafts = [verdict for verdict in value["verdicts"] if verdict["outcome"] == "hypothetical"]
    assert len(drafts) == 4
    assert {verdict["strength"] for verdict in drafts} == {"draft"}


def test_the_report_is_written_to_a_file(tmp_path, capsys):
    target = tmp_path / "report.ttl"
    assert (
        main(["check", COUNTY, "--on", "2025-12-31", "--engine", "shacl", "--format", "turtle", "-o", str(target)]) == 0
    )
    assert capsys.readouterr().out == ""
    assert "a sh:ValidationReport" in target.read_text(encoding="utf-8")


def test_the_same_command_gives_the_same_bytes_in_every_hash_seed():
    outputs = set()
    for seed in ("0", "1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "HYTE_LANG": "en"}
        code = "from hyte_graph.cli.main import entry; entry()"
        words = [
            "check",
            str(EXAMPLES / "helsinki.yaml"),
            "--on",
            "2025-12-31",
            "--format",
            "turtle",
            "--engine",
            "shacl",
        ]
        done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, cwd=ROOT, env=environment)
        assert done.returncode == 0
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_help_needs_no_engine():
    probe = (
        "import sys; from hyte_graph.cli.main import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(sorted(set(sys.modules) & {'rdflib', 'pyshacl', 'owlready2', 'flask', 'jinja2', 'pyoxigraph'}))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "exit codes" in done.stdout


def test_a_refused_file_is_data_errors_and_not_one_verdict_in_json(tmp_path, capsys):
    path = tmp_path / "wrong.yaml"
    path.write_text(EMPTY + "bodies: [{id: b1, kind: comittee}]\n")
    assert main(["check", str(path), "--on", "2025-12-31", "--format", "json"]) == 3
    captured = capsys.readouterr()
    value = json.loads(captured.out)
    assert value["verdicts"] == []
    assert "{en} [{code}]".format_map(value["dataErrors"][0]) == captured.err.strip()


def test_an_answer_about_a_norm_that_does_not_exist_is_refused(tmp_path, capsys):
    path = tmp_path / "wrong.yaml"
    path.write_text(EMPTY + 'answers:\n  - {norm: cty-7-3-s6-publsh, answer: "yes"}\n')
    assert main(["check", str(path), "--on", "2025-12-31"]) == 3
    wanted = (
        'wrong.yaml, line 4: no norm "cty-7-3-s6-publsh"; the nearest known is "cty-7-3-s6-publish". [unknown-norm]\n'
    )
    assert capsys.readouterr().err == wanted


def test_a_defect_of_the_program_never_looks_like_a_verdict(monkeypatch, capsys):
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("hyte_graph.cli.check.assess", broken)
    assert main(["check", COUNTY, "--on", "2025-12-31"]) == 70
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "A defect of the program (ZeroDivisionError: oops); report it, nothing was judged.\n"


def test_an_invented_organisation_cannot_take_the_name_of_a_real_one(tmp_path, capsys):
    path = tmp_path / "invented.yaml"
    path.write_text(EMPTY.replace("}", ", fictitious: true}"))
    assert main(["check", str(path), "--on", "2025-12-31"]) == 3
    wanted = 'invented.yaml: "kainuu" is a real organisation; give an invented one an id of its own. [unknown-actor]\n'
    assert capsys.readouterr().err == wanted
