"""Three engines are asked the same, and wherever they do not say the same, differences.toml says why."""

from __future__ import annotations

import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from hyte_graph.compliance.engines import ENGINES, engine
from tests.compliance.engines.cases_of_values import Case, cases, data_of, shapes_of

CASES = cases()
EXPLAINED = tomllib.loads(Path(__file__).with_name("differences.toml").read_text(encoding="utf-8"))["difference"]


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, bool]]:
    """Return whether each engine found something, by the name of the case."""
    data, shapes = data_of(CASES), shapes_of(CASES)
    found = {name: {finding.shape for finding in engine(name).validate(data, shapes)} for name in ENGINES}
    return {case.name: {name: case.shape in found[name] for name in ENGINES} for case in CASES}


def explained(case: Case) -> list[dict]:
    return [item for item in EXPLAINED if any(fnmatchcase(case.name, pattern) for pattern in item["cases"])]


def test_there_are_more_than_two_hundred_cases():
    assert len({case.name for case in CASES}) == len(CASES) > 200


def test_engines_say_the_same_unless_the_difference_is_explained(answers):
    strange = {}
    for case in CASES:
        told = answers[case.name]
        odd = {name for item in explained(case) for name in item["departs"]}
        agreed = {told[name] for name in ENGINES if name not in odd}
        departing = {name for name in odd if told[name] not in agreed}
        if len(agreed) != 1 or departing != odd:
            strange[case.name] = told
    assert strange == {}


def test_every_explanation_is_of_a_difference_that_there_is():
    for item in EXPLAINED:
        assert item["why"].strip()
        assert set(item["departs"]) < set(ENGINES)
        for pattern in item["cases"]:
            assert any(fnmatchcase(case.name, pattern) for case in CASES), pattern


def test_wherever_engines_differ_it_is_another_than_the_own_one_that_departs():
    assert not [item for item in EXPLAINED if "hyte" in item["departs"]]
    assert sum("shacl" in item["departs"] and "pyshacl" in item["departs"] for item in EXPLAINED) == 2
