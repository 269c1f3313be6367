"""hyte calendar: what falls due, in three languages and as data."""

from __future__ import annotations

import csv
import io
import json

import pytest

from hyte_graph.cli.main import main
from hyte_graph.languages import LANGUAGES

WORDS = ["calendar", "lansi-uusimaa", "--on", "2025-03-31", "--until", "2025-12-31"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_readable_in_each_language(capsys, language):
    assert main([*WORDS, "--lang", language]) == 0
    out = capsys.readouterr().out
    assert {"fi": "7 § 4 mom. 4 virke", "sv": "7 § 4 mom. 4 meningen", "en": "s. 7(4) sentence 4"}[language] in out
    assert out.count("31.5.2025" if language != "en" else "31 May 2025") == 1


def test_csv_and_json_hold_the_same(capsys):
    assert main([*WORDS, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert main([*WORDS, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == rows
    assert {"cty-7-4-s4-annual-negotiation", "cty-7-3-s2-annual-report"} <= {row["norm"] for row in rows}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["calendar", "lansi-uusima", "--until", "2030-01-01"], "lansi-uusimaa"),
        (["calendar", "lansi-uusimaa", "--on", "2025-01-01", "--until", "2024-01-01"], "after"),
        (["calendar", "lansi-uusimaa", "--until", "next year"], "next year"),
    ],
)
def test_a_wrong_call_is_one_sentence(capsys, words, told):
    assert main([*words, "--lang", "en"]) == 2
    caught = capsys.readouterr()
    assert told in caught.err
    assert len(caught.err.strip().splitlines()) == 1
