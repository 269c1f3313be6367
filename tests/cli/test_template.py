"""hyte template, as a user calls it."""

from __future__ import annotations

from datetime import date

import openpyxl
import pytest

from hyte_graph.cli.main import main
from hyte_graph.compliance.prepared import binding_norms, blank_description, prepared
from hyte_graph.intake import read_description
from hyte_graph.intake.reader import read_stated
from hyte_graph.store.lookup import actor_of
from tests.conftest import EXAMPLES

DAY = date(2025, 12, 31)


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("HYTE_LANG", "en")


def template(path, *words: str) -> int:
    return main(["template", "--on", "2025-12-31", "-o", str(path), *words])


@pytest.mark.parametrize(("language", "sheet"), [("fi", "Vastaukset"), ("sv", "Svar"), ("en", "Answers")])
def test_the_answers_are_those_norms_that_bind_with_their_citation(language, sheet, tmp_path, knowledge):
    assert template(tmp_path / "t.xlsx", "--actor", "raahe", "--lang", language) == 0
    page = openpyxl.load_workbook(tmp_path / "t.xlsx")[sheet]
    keys = {cell.value: cell.column for cell in page[2]}
    rows = {page.cell(row, keys["answers.norm"]).value: row for row in range(3, page.max_row + 1)}
    binding = binding_norms(actor_of("raahe", knowledge), DAY, knowledge)
    assert {name.rpartition(" · ")[2] for name in rows} == {norm.slug for norm in binding}
    cited = {page.cell(row, keys["answers.@citation"]).value for row in rows.values()}
    assert cited == {norm.provision.citation.within(language) for norm in binding}


def test_an_empty_template_states_nothing_but_the_organisation_and_its_terms(tmp_path, knowledge):
    template(tmp_path / "t.xlsx", "--actor", "lansi-uusimaa")
    made = read_description((tmp_path / "t.xlsx").read_bytes(), "t.xlsx", knowledge)
    assert made.organisation == "lansi-uusimaa"
    assert sorted(made.cells) == ["t2022", "t2025"]


@pytest.mark.parametrize("actor", ["lansi-uusimaa", "helsinki", "hus", "raahe"])
def test_a_template_of_each_kind_of_organisation_can_be_checked(actor, tmp_path, capsys):
    for name in ("t.xlsx", "t.yaml"):
        assert template(tmp_path / name, "--actor", actor) == 0
        assert main(["check", str(tmp_path / name), "--on", "2025-12-31", "--engine", "shacl"]) == 4
        assert "states no facts" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".zip", ".yaml"])
def test_a_template_holds_all_of_an_earlier_description(suffix, tmp_path, knowledge, capsys):
    source = EXAMPLES / "vantaa-kerava.yaml"
    assert template(tmp_path / f"t{suffix}", "--actor", "vantaa-kerava", "--prefill", str(source)) == 0
    assert capsys.readouterr().err == ""
    made = read_stated((tmp_path / f"t{suffix}").read_bytes(), f"t{suffix}", knowledge)
    assert set(made.graph) == set(read_stated(source.read_bytes(), source.name, knowledge).graph)


def test_a_workbook_can_be_filled_in_again_from_itself(tmp_path, knowledge):
    template(tmp_path / "one.xlsx", "--actor", "raahe", "--prefill", str(EXAMPLES / "raahe.yaml"))
    for source in ("one.ods", "one.zip", "one", "one.json", "one.ttl"):
        words = ["--format", "csv"] if source == "one" else []
        if source in ("one.json", "one.ttl"):
            main(["convert", str(tmp_path / "one.xlsx"), str(tmp_path / source)])
        else:
            template(tmp_path / source, "--actor", "raahe", "--prefill", str(tmp_path / "one.xlsx"), *words)
        template(tmp_path / f"{source}.xlsx", "--actor", "raahe", "--prefill", str(tmp_path / source))
        if source != "one.ttl":  # Turtle has no order
            assert (tmp_path / f"{source}.xlsx").read_bytes() == (tmp_path / "one.xlsx").read_bytes(), source


def test_an_answer_that_was_given_is_not_asked_again(knowledge):
    actor = actor_of("raahe", knowledge)
    norms, value = binding_norms(actor, DAY, knowledge), blank_description(actor, DAY, knowledge)
    before = prepared(norms, actor, DAY, knowledge, value)
    given = {**value, "answers": [{"norm": norms[0].slug, "answer": "no"}], "completeness": [before["completeness"][0]]}
    after = prepared(norms, actor, DAY, knowledge, given)
    assert after == {"answers": before["answers"][1:], "completeness": before["completeness"][1:]}


def test_completeness_is_asked_for_each_year_and_term_of_a_subject_once(knowledge):
    actor = actor_of("lansi-uusimaa", knowledge)
    value = blank_description(actor, DAY, knowledge)
    rows = prepared(binding_norms(actor, DAY, knowledge), actor, DAY, knowledge, value)["completeness"]
    assert {"subject": "negotiation", "year": "2024"} in rows
    assert {"subject": "wellbeing_report", "term": "t2022"} in rows
    assert len({tuple(row.items()) for row in rows}) == len(rows)
    assert all(set(row) <= {"subject", "year", "term"} for row in rows)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ("--actor", "raahe", "--prefill", str(EXAMPLES / "kitee.yaml")),
            2,
            "kitee.yaml is about kitee, not about raahe",
        ),
        (("--actor", "rahe"), 2, 'No actor "rahe"; the nearest known is "raahe".'),
        (("--actor", "raahe", "--prefill", "nothing.yaml"), 3, "nothing.yaml: no such file."),
    ],
)
def test_what_cannot_be_done_is_said(words, code, said, tmp_path, capsys):
    assert template(tmp_path / "t.xlsx", *words) == code
    assert said in capsys.readouterr().err


def test_an_ending_that_cannot_be_written_is_refused(tmp_path, capsys):
    assert template(tmp_path / "t.docx", "--actor", "raahe") == 2
    assert "unknown format; use one of .xlsx, .ods, .zip, .yaml, .yml" in capsys.readouterr().err
    assert template(tmp_path / "t.xlsx", "--actor", "raahe", "--format", "csv") == 2
    assert "unknown format; use one of .zip" in capsys.readouterr().err
