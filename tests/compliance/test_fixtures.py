"""Four invented organisations and what must be said of them, by the statutes and by the source documents alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.assessment import Verdict
from hyte_graph.intake import read_description
from hyte_graph.store.knowledge import Knowledge

Row = Mapping[str, Any]
Verdicts = Mapping[tuple[str, str], tuple[Verdict, ...]]  # by norm and period; "standing" where there is no period
Assessed = Callable[[str, date], Verdicts]

FIXTURES = Path(__file__).parents[1] / "fixtures"
UNDER_STATUTE: Row = yaml.safe_load((FIXTURES / "expected-under-statute.yaml").read_text(encoding="utf-8"))
BY_SOURCES: Row = yaml.safe_load((FIXTURES / "expected-by-sources.yaml").read_text(encoding="utf-8"))
ON_DAYS = [(row, day) for row in UNDER_STATUTE["rows"] for day in row["outcomes"]]
WITH_READINGS = [(row, day) for row, day in ON_DAYS if "readings" in row]


@pytest.fixture(scope="module")
def assessed(knowledge: Knowledge) -> Assessed:
    """Return the verdicts on a fixture for a day; pySHACL runs once for each."""

    @cache
    def verdicts(name: str, day: date) -> Verdicts:
        path = FIXTURES / f"{name}.yaml"
        assessment = assess(read_description(path.read_bytes(), path.name, knowledge), knowledge, on=day)
        found: dict[tuple[str, str], tuple[Verdict, ...]] = {}
        for verdict in assessment.verdicts:
            key = verdict.norm.slug, verdict.period.slug if verdict.period else "standing"
            found[key] = (*found.get(key, ()), verdict)
        return found

    return verdicts


def described(value: Row | date) -> str:
    """Return a row or a day in the name of a test."""
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value[name]) for name in ("obligation", "fixture", "norm", "period") if name in value)


def verdicts_on(assessed: Assessed, row: Row, day: date) -> tuple[Verdict, ...]:
    return assessed(row["fixture"], day).get((row["norm"], row["period"]), ())


@pytest.mark.parametrize(("row", "day"), ON_DAYS, ids=described)
def test_outcome_is_what_the_statute_asks(assessed: Assessed, row: Row, day: date) -> None:
    expected = row["outcomes"][day]
    found = verdicts_on(assessed, row, day)
    assert [verdict.outcome for verdict in found] == ([] if expected is None else [expected])
    assert [verdict.period is None for verdict in found] == [expected == "not-applicable" for _ in found]


@pytest.mark.parametrize(("row", "day"), WITH_READINGS, ids=described)
def test_readings_are_what_the_language_versions_ask(assessed: Assessed, row: Row, day: date) -> None:
    (verdict,) = verdicts_on(assessed, row, day)
    assert dict(verdict.readings) == {name: by_day[day] for name, by_day in row["readings"].items()}


@pytest.mark.parametrize("row", BY_SOURCES["rows"], ids=described)
def test_source_level_state_equals_the_statute_or_says_why_not(assessed: Assessed, row: Row) -> None:
    agrees = [verdict.outcome for verdict in verdicts_on(assessed, row, BY_SOURCES["day"])] == [row["state"]]
    assert agrees != bool(row.get("differs_because"))


@pytest.mark.parametrize("row", BY_SOURCES["rows"], ids=described)
def test_source_level_obligation_leads_to_a_norm_or_to_none(knowledge: Knowledge, row: Row) -> None:
    assert row["norm"] is None or row["norm"] in knowledge.norms


def test_every_fixture_has_rows_on_both_days_and_at_source_level() -> None:
    names = {path.stem for path in FIXTURES.glob("fx-*.yaml")}
    assert {(row["fixture"], day) for row, day in ON_DAYS} == {
        (name, day) for name in names for day in (date(2025, 3, 31), date(2026, 2, 15))
    }
    assert {row["fixture"] for row in BY_SOURCES["rows"]} == names
