"""hyte query: text, file, stdin or saved question in; a table, a workbook or a standard form out."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import python_calamine

from hyte_graph.cli.main import main
from hyte_graph.languages import LANGUAGES
from tests.conftest import ROOT

NORM = "norm=cty-7-4-s4-annual-negotiation"
LABELS = "SELECT ?label WHERE { ?thing skos:prefLabel ?label } ORDER BY ?label"
FIXTURE = str(ROOT / "tests" / "fixtures" / "fx-a.yaml")


def test_sparql_text_is_answered_as_a_table(capfd):
    assert main(["query", LABELS, "-p", "thing=term:interface", "--lang", "en"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0] == "label"
    assert {"interface", "kontaktyta", "yhdyspinta", "Rows: 3"} <= set(lines)


def test_a_file_and_stdin_are_answered_alike(capfd, monkeypatch, tmp_path):
    path = tmp_path / "labels.rq"
    path.write_text(LABELS, encoding="utf-8")
    assert main(["query", str(path), "-p", "thing=term:interface", "--format", "csv"]) == 0
    from_file = capfd.readouterr().out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LABELS.encode())))
    assert main(["query", "-", "-p", "thing=term:interface", "--format", "csv"]) == 0
    assert capfd.readouterr().out == from_file
    assert from_file.splitlines() == ["label", "interface", "kontaktyta", "yhdyspinta"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_saved_question_speaks_the_language(capfd, language):
    assert main(["query", "statements-of-a-norm", "-p", NORM, "--lang", language]) == 0
    out = capfd.readouterr().out
    assert {"fi": "toistaa osittain", "sv": "återger delvis", "en": "restates in part"}[language] in out


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_and_the_text_of_a_question_are_shown(capfd, language):
    assert main(["query", "--list", "--lang", language]) == 0
    assert "statements-of-a-norm" in capfd.readouterr().out
    assert main(["query", "statements-of-a-norm", "--show", "--lang", language]) == 0
    shown = capfd.readouterr().out
    assert "hyte:comparesNorm ?norm" in shown
    assert "-p norm=" in shown


def test_a_word_narrows_the_list(capfd):
    assert main(["query", "nosuchwordatall", "--list"]) == 0
    assert capfd.readouterr().out.strip() == ""


def test_the_workbook_holds_the_rows_as_text(tmp_path):
    target = tmp_path / "answer.xlsx"
    assert main(["query", 'SELECT ("=1+1" AS ?value) (3 AS ?n) {}', "--format", "xlsx", "-o", str(target)]) == 0
    rows = python_calamine.CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert rows == [["value", "n"], ["=1+1", 3]]


@pytest.mark.parametrize(("form", "start"), [("json", "{"), ("xml", "<?xml"), ("tsv", "?label"), ("csv", "label")])
def test_rows_come_in_each_standard_form(capfd, form, start):
    assert main(["query", LABELS, "-p", "thing=term:interface", "--format", form]) == 0
    assert capfd.readouterr().out.startswith(start)


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "rdf"])
def test_triples_come_in_each_form(capfd, form):
    assert main(["query", "DESCRIBE term:interface", "--format", form]) == 0
    assert "kontaktyta" in capfd.readouterr().out


def test_an_organisation_can_be_asked_about(capfd):
    text = "SELECT ?outcome { [] earl:test norm:cty-7-4-s4-annual-negotiation ; earl:result/hyte:hasOutcome ?outcome }"
    assert main(["query", text, "--with", FIXTURE, "--on", "2025-03-31", "--format", "json"]) == 0
    rows = json.loads(capfd.readouterr().out)["results"]["bindings"]
    assert len(rows) == 3  # 2023, 2024 and 2025


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["nosuchquestion"], 2, 'no saved question "nosuchquestion"'),
        (["statements-of-a-norm"], 2, "-p norm=VALUE"),
        (["statements-of-a-norm", "-p", "norm=cty-7-4-s4-annual-negotiatio"], 2, "cty-7-4-s4-annual-negotiation"),
        (["statements-of-a-norm", "-p", "norm=interface"], 2, "no suitable thing"),
        (["statements-of-a-norm", "-p", "nrm=x"], 2, "no parameter"),
        (["statements-of-a-norm", "-p", "norm"], 2, "not of the form"),
        (["statements-of-a-norm", "-p", NORM, "-p", "language=de"], 2, "no language"),
        ([LABELS, "-p", "thing=<no iri>"], 2, "no RDF term"),
        (["SELECT * { ?s ?p ?o }", "--limit", "5"], 5, "more than 5 rows"),
        (["SELECT * { ?a ?b ?c . ?d ?e ?f }", "--timeout", "0.2", "--limit", "999999999"], 5, "not done in 0.2"),
        (["SELECT * { SERVICE <urn:x> {} }"], 2, "SERVICE"),
        (["nosuchfile.rq"], 3, "nosuchfile.rq"),
        (["ASK {}", "-o", "no/such/folder/answer.csv"], 2, "answer.csv"),
        (["ASK {}", "--limit", "0"], 2, "greater than 0"),
        (["ASK {}", "--timeout", "-1"], 2, "greater than 0"),
        (["ASK { ?s ?p '\udcff' }"], 2, "UTF-8"),
        ([], 2, "Give a query"),
    ],
)
def test_a_wrong_query_is_one_clear_sentence(capfd, words, code, told):
    assert main(["query", *words, "--lang", "en"]) == code
    caught = capfd.readouterr()
    assert told in caught.err.replace("“", '"').replace("”", '"')
    assert len(caught.err.strip().splitlines()) == 1
    assert caught.out == ""


def test_a_query_that_is_no_text_is_one_clear_sentence(tmp_path, capfd):
    path = tmp_path / "broken.rq"
    path.write_bytes(b"ASK { ?s ?p '\xff' }")
    assert main(["query", str(path), "--lang", "en"]) == 2
    assert capfd.readouterr().err == "The query is no UTF-8 text; save it as UTF-8. [not-utf-8]\n"


def test_an_answer_can_be_written_to_a_file(tmp_path: Path, capfd):
    target = tmp_path / "answer.json"
    assert main(["query", "ASK {}", "--format", "json", "-o", str(target)]) == 0
    assert json.loads(target.read_text(encoding="utf-8"))["boolean"] is True
    assert capfd.readouterr().out == ""
