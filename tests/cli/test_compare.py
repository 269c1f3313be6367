"""hyte compare: only duties that several organisations have, with the outcome of each."""

from __future__ import annotations

import csv
import io
import json

import pytest

from hyte_graph.cli.main import main
from hyte_graph.languages import LANGUAGES
from tests.conftest import EXAMPLES

COUNTY, OTHER, TOWN, CITY = (str(EXAMPLES / f"{name}.yaml") for name in ("vantaa-kerava", "oulu", "raahe", "helsinki"))
WORDS = ["--on", "2025-12-31", "--engine", "shacl"]


def rows(capsys, *files: str, extra: tuple[str, ...] = ()) -> list[dict[str, object]]:
    assert main(["compare", *files, *WORDS, "--format", "json", *extra]) == 0
    return json.loads(capsys.readouterr().out)


def test_only_duties_of_several_are_compared(capsys):
    found = rows(capsys, COUNTY, TOWN)
    assert found
    idle = (None, "not-applicable", "not-in-force")
    assert all(sum(outcome not in idle for outcome in row["outcomes"].values()) == 2 for row in found)
    assert not {row["norm"] for row in found} & {"cty-7-4-s4-annual-negotiation", "mun-6-3-s2-annual-report"}


def test_two_towns_share_the_report_of_the_year_and_differ_in_it(capsys):
    found = {(row["norm"], row["period"]): row["outcomes"] for row in rows(capsys, TOWN, OTHER)}
    assert set(found["mun-6-3-s2-annual-report", "2024"]) == {"raahe", "oulu"}
    differing = rows(capsys, TOWN, OTHER, extra=("--differing",))
    assert 0 < len(differing) < len(found)
    idle = (None, "not-applicable", "not-in-force")
    assert all(len(set(row["outcomes"].values()) - set(idle)) > 1 for row in differing)


def test_helsinki_is_not_held_against_section_seven(capsys):
    assert "cty-7-3-s2-annual-report" not in {row["norm"] for row in rows(capsys, CITY, COUNTY)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_says_that_missing_evidence_is_no_breach(capsys, language):
    assert main(["compare", COUNTY, TOWN, *WORDS, "--lang", language]) == 0
    out = capsys.readouterr().out
    assert {"fi": "ei ole rikkomus", "sv": "ingen överträdelse", "en": "no breach"}[language] in out
    assert "raahe.yaml" in out


def test_csv_has_a_column_for_each_organisation(capsys):
    assert main(["compare", COUNTY, TOWN, *WORDS, "--format", "csv"]) == 0
    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(found[0])[-2:] == ["vantaa-kerava", "raahe"]


def test_one_description_is_not_compared(capsys):
    assert main(["compare", COUNTY, *WORDS, "--lang", "en"]) == 2
    assert "at least two" in capsys.readouterr().err
