"""The smaller commands: norms, show, format, doctor."""

from __future__ import annotations

import json

import pytest

from hyte_graph.cli.main import COMMANDS, main


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("HYTE_LANG", "en")


def said(capsys, *words: str, code: int = 0) -> str:
    assert main(list(words)) == code
    captured = capsys.readouterr()
    return captured.out if code == 0 else captured.err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert "--lang" in capsys.readouterr().out


def test_without_a_command_the_help_is_printed(capsys):
    assert main([]) == 2
    assert "check descriptions of organisations" in capsys.readouterr().out


def test_the_norms_of_an_actor_are_listed_with_citations(capsys):
    out = said(capsys, "norms", "--actor", "helsinki", "--on", "2025-12-31")
    assert "612/2021 s. 6(5) sentence 4" in out
    assert "cty-7-4-s4-annual-negotiation" not in out


def test_norms_that_do_not_apply_come_with_the_reason(capsys):
    out = said(capsys, "norms", "--actor", "helsinki", "--on", "2025-12-31", "--all", "--format", "json")
    found = {item["norm"]: item for item in json.loads(out)}
    assert found["cty-7-4-s4-annual-negotiation"]["state"] == "not-applicable"
    assert "615/2021" in found["cty-7-4-s4-annual-negotiation"]["reasons"][0]["fi"]


def test_an_unknown_name_is_wrong_usage_with_the_nearest(capsys):
    err = said(capsys, "norms", "--actor", "helsinky", code=2)
    assert err == 'No actor "helsinky"; the nearest known is "helsinki".\n'
    assert "the nearest known" in said(capsys, "show", "norm", "cty-7-4", code=2)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_norm_sheet_has_provision_exceptions_and_rules(language, capsys):
    out = said(capsys, "show", "norm", "cty-7-4-s4-annual-negotiation", "--lang", language)
    assert "612/2021" in out
    assert "finlex.fi" in out
    assert "cty-7-4-s4-annual-negotiation--theme-goals: " in out
    assert "Hels" in out


def test_a_duty_is_shown_by_norm_actor_and_period(capsys):
    out = said(capsys, "show", "duty", "cty-7-3-s2-annual-report--kainuu--2024")
    assert out.startswith("Kainuu wellbeing services county · 2024")
    assert "has the form" in said(capsys, "show", "duty", "x", code=2)


def test_a_rule_is_shown_with_its_shape(capsys):
    out = said(capsys, "show", "rule", "cty-7-3-s6-publish")
    assert "sh:targetClass norm:cty-7-3-s6-publish ;" in out
    assert "rule:fact-published" in out


def test_an_act_is_found_by_its_number(capsys):
    assert "hus-8-3-s2-annual-report" in said(capsys, "show", "act", "615/2021", "--lang", "sv")


def test_an_actor_is_found_by_its_official_name(capsys):
    out = said(capsys, "show", "actor", "Länsi-Uudenmaan hyvinvointialue", "--lang", "sv")
    assert "Västra Nylands välfärdsområde" in out
    assert "Esbo" in out


def test_coverage_counts_every_norm(capsys):
    last = said(capsys, "show", "coverage").splitlines()[-1].split()
    norms, duties, executable, declared, others = map(int, last[:5])
    assert norms == 236  # and four draft norms
    assert duties == executable + declared
    assert norms == duties + others


def test_coverage_by_section_adds_up_to_coverage_by_act(capsys):
    acts = said(capsys, "show", "coverage").splitlines()[1:-1]
    sections = said(capsys, "show", "coverage", "--sections").splitlines()[1:-1]
    assert sum(int(line.split()[0]) for line in acts) == sum(int(line.split()[0]) for line in sections)


def test_format_writes_the_canonical_form_and_check_only_names_it(tmp_path, capsys):
    path = tmp_path / "x.ttl"
    path.write_text("@prefix hyte: <https://w3id.org/hyte-graph/ontology#> .\nhyte:b a hyte:B. hyte:a a hyte:A.\n")
    assert main(["format", "--check", str(path)]) == 1
    assert capsys.readouterr().err == f"{path}\n"
    assert main(["format", str(path)]) == 0
    assert main(["format", "--check", str(path)]) == 0
    assert path.read_text().splitlines()[0] == "PREFIX hyte: <https://w3id.org/hyte-graph/ontology#>"


def test_format_refuses_what_is_no_turtle(tmp_path, capsys):
    path = tmp_path / "x.ttl"
    path.write_text("<html>")
    assert said(capsys, "format", str(path), code=3).startswith("x.ttl: this is not Turtle")


def test_doctor_names_versions(capsys):
    found = json.loads(said(capsys, "doctor", "--format", "json"))
    assert found["pyshacl"]
    assert found["rdflib"]
