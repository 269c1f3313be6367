"""The JSON report keeps to docs/result.schema.json, and the schema lets nothing else through."""

from __future__ import annotations

import copy
import json
import re

import pytest
from jsonschema import Draft202012Validator

from hyte_graph.cli.main import main
from hyte_graph.compliance.outcomes import OUTCOMES
from hyte_graph.reports import json_report
from tests.conftest import EXAMPLES, ROOT

SCHEMA = json.loads((ROOT / "docs" / "result.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


@pytest.fixture(scope="module")
def results(check):
    """Return the reports on a county, a municipality and Helsinki, drafts included."""
    names = ("lansi-uusimaa", "espoo", "helsinki")
    return [check((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"), include_drafts=True) for name in names]


def faults(value):
    return [error.message for error in VALIDATOR.iter_errors(value)]


def read(text):
    return json.loads(text)


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


def test_reports_on_a_county_a_municipality_and_helsinki_are_valid(results):
    for made in results:
        assert faults(read(json_report.render([made]))) == []


def test_a_report_on_several_files_is_valid(results):
    assert faults(read(json_report.render(results))) == []


def test_a_report_with_every_outcome_of_the_invented_counties_is_valid(check):
    for name in ("fx-a", "fx-b", "fx-c", "fx-m"):
        text = (ROOT / "tests" / "fixtures" / f"{name}.yaml").read_text(encoding="utf-8")
        assert faults(read(json_report.render([check(text, on="2025-03-31")]))) == []


@pytest.mark.parametrize("others", [[], [str(EXAMPLES / "kotka.yaml")]], ids=["alone", "beside a sound file"])
def test_what_is_said_of_a_refused_file_is_valid(others, tmp_path, capsys):
    broken = tmp_path / "broken.yaml"
    broken.write_text("organisation: {}\n", encoding="utf-8")
    assert main(["check", str(broken), *others, "--format", "json", "--on", "2025-12-31", "--engine", "shacl"]) == 3
    value = read(capsys.readouterr().out)
    assert faults(value) == []
    refusal = value[-1] if others else value
    assert refusal["dataErrors"]
    assert refusal["verdicts"] == []


def test_two_readings_and_a_standing_duty_are_among_what_was_tried(results):
    verdicts = [item for made in results for item in json_report.as_value(made)["verdicts"]]
    assert any("reading" in item for item in verdicts)
    assert any(item["period"] is None and item["since"] for item in verdicts)
    assert {"fulfilled", "evidence-missing", "not-applicable", "hypothetical"} <= {item["outcome"] for item in verdicts}


def objects(value, path=()):
    """Yield the path of each object of a report, the first of each list."""
    if isinstance(value, dict):
        yield path
        for key, inner in value.items():
            yield from objects(inner, (*path, key))
    elif isinstance(value, list) and value:
        yield from objects(value[0], (*path, 0))


def at(value, path):
    for step in path:
        value = value[step]
    return value


def test_no_object_may_have_a_key_more_or_a_key_less(results):
    report = read(json_report.render(results[:1]))
    report["verdicts"] = [next(item for item in report["verdicts"] if item["evidence"] and item["period"])]
    paths = list(objects(report))
    assert len(paths) > 10
    for path in paths:
        changed = copy.deepcopy(report)
        at(changed, path)["surplus"] = 1
        assert faults(changed), path
        for key in at(report, path):
            changed = copy.deepcopy(report)
            del at(changed, path)[key]
            assert key in OPTIONAL or faults(changed), (path, key)


OPTIONAL = ("reading", "hyte", "shacl", "pyshacl", "changedFrom")


@pytest.mark.parametrize(
    ("key", "value"),
    [("outcome", "done"), ("strength", "custom"), ("since", "yesterday"), ("period", {"id": "2024"}), ("norm", "A b")],
)
def test_an_unknown_value_is_not_valid(key, value, results):
    report = read(json_report.render(results[:1]))
    report["verdicts"][0][key] = value
    assert faults(report)


def test_outcomes_and_strengths_of_the_schema_are_those_of_the_ontology(knowledge):
    definitions = SCHEMA["$defs"]
    assert set(definitions["outcome"]["enum"]) == set(OUTCOMES)
    assert list(definitions["assessment"]["properties"]["summary"]["properties"]) == list(OUTCOMES)
    scheme = {norm.strength for norm in knowledge.norms.values()}
    assert set(definitions["verdict"]["properties"]["strength"]["enum"]) == scheme


def test_the_page_on_the_report_names_every_key():
    page = (ROOT / "docs" / "json-report.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w.]+)`", page))
    kinds = ("assessment", "verdict", "period", "evidence", "judgement")
    keys = {key for kind in kinds for key in SCHEMA["$defs"][kind]["properties"]}
    assert keys <= named
