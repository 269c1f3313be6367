"""What falls due: the last days of years and council terms, and nothing that the law does not set."""

from __future__ import annotations

from datetime import date

import pytest

from hyte_graph.compliance.calendar import calendar
from hyte_graph.store.knowledge import Knowledge


def dues(knowledge: Knowledge, actor: str, on: date, until: date) -> dict[tuple[str, str], date]:
    found = calendar(knowledge.actors[actor], knowledge, on, until)
    return {(due.norm.slug, due.period.slug): due.last_day for due in found}


def test_a_year_ends_with_the_year_and_a_term_with_the_term(knowledge):
    found = dues(knowledge, "pohjanmaa", date(2025, 3, 31), date(2029, 6, 30))
    assert found["cty-7-4-s4-annual-negotiation", "2025"] == date(2025, 12, 31)
    assert found["cty-7-3-s3-term-report", "term-2022-2025"] == date(2025, 5, 31)
    assert found["cty-7-3-s3-term-report", "term-2025-2029"] == date(2029, 5, 31)
    assert ("cty-7-4-s4-annual-negotiation", "2029") not in found


def test_what_closed_on_the_day_itself_is_past(knowledge):
    assert ("cty-7-3-s3-term-report", "term-2022-2025") not in dues(
        knowledge, "pohjanmaa", date(2025, 5, 31), date(2025, 12, 30)
    )
    assert dues(knowledge, "pohjanmaa", date(2025, 5, 31), date(2025, 12, 30)) == {}


def test_helsinki_has_its_own_negotiation_and_no_other(knowledge):
    slugs = {norm for norm, _ in dues(knowledge, "helsinki", date(2025, 12, 31), date(2026, 12, 31))}
    assert "hel-6-5-s4-annual-negotiation" in slugs
    assert "cty-7-4-s4-annual-negotiation" not in slugs


@pytest.mark.parametrize("actor", ["pohjanmaa", "helsinki", "raahe", "hus"])
def test_drafts_never_fall_due_and_standing_duties_have_no_day(knowledge, actor):
    found = calendar(knowledge.actors[actor], knowledge, date(2022, 1, 1), date(2030, 1, 1))
    assert found
    assert all(due.norm.kind != "DraftNorm" and due.period.closes == due.last_day for due in found)
    assert [due.last_day for due in found] == sorted(due.last_day for due in found)
