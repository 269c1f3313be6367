"""Periods: calendar years, council terms, standing duties; terms are data, never arithmetic."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hyte_graph.compliance.windows import is_open, periods


def slugs(knowledge, norm, actor, on):
    found = periods(knowledge.norms[norm], knowledge.actors[actor], date.fromisoformat(on), knowledge.terms)
    return [period.slug for period in found]


def test_a_yearly_duty_has_one_period_for_each_year_since_it_applies(knowledge):
    assert slugs(knowledge, "cty-7-3-s2-annual-report", "kainuu", "2025-03-31") == ["2023", "2024", "2025"]


@pytest.mark.parametrize(
    ("actor", "norm", "on", "wanted"),
    [
        ("kainuu", "cty-7-3-s3-term-plan", "2025-05-31", ["term-2022-2025"]),
        ("kainuu", "cty-7-3-s3-term-plan", "2025-06-01", ["term-2022-2025", "term-2025-2029"]),
        ("espoo", "mun-6-3-s3-term-plan", "2025-05-31", ["term-2021-2025"]),
        ("espoo", "mun-6-3-s3-term-plan", "2025-06-01", ["term-2021-2025", "term-2025-2029"]),
    ],
)
def test_a_term_opens_on_its_own_first_day(actor, norm, on, wanted, knowledge):
    assert slugs(knowledge, norm, actor, on) == wanted


def test_terms_are_those_of_the_register_and_not_four_years_long(knowledge):
    lengths = {term.slug: term.ends - term.starts for term in knowledge.terms}
    assert lengths["county-2022-2025"] < timedelta(days=4 * 365)
    assert {(term.starts, term.ends) for term in knowledge.terms if term.of == "municipality"} == {
        (date(2021, 8, 1), date(2025, 5, 31)),
        (date(2025, 6, 1), date(2029, 5, 31)),
    }


def test_a_period_is_judged_as_it_stood_at_the_end_of_the_day(knowledge):
    norm, actor = knowledge.norms["cty-7-3-s2-annual-report"], knowledge.actors["kainuu"]
    period = periods(norm, actor, date(2024, 12, 31), knowledge.terms)[-1]
    assert is_open(period, norm, date(2024, 12, 30))
    assert not is_open(period, norm, date(2024, 12, 31))


def test_the_first_cooperation_agreement_is_open_until_the_day_the_law_sets(knowledge):
    norm, actor = knowledge.norms["cty-36-1-cooperation-agreement"], knowledge.actors["kainuu"]
    from hyte_graph.compliance.applicability import applicability

    found = applicability(norm, actor, date(2025, 12, 1), knowledge)
    first = periods(found.norm, actor, date(2025, 12, 1), knowledge.terms)[0]
    assert first.closes == date(2025, 12, 31)


def test_a_standing_duty_has_no_end(knowledge):
    assert slugs(knowledge, "cty-7-4-s1a-cooperate-with-municipalities", "kainuu", "2030-01-01") == ["standing"]
