"""A shorter date is an interval; it is never filled up to a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyte_graph.intake.dates import Interval, interval


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12-05", date(2023, 12, 5), date(2023, 12, 5)),
    ],
)
def test_a_date_is_the_interval_of_its_days(text, first, last):
    assert interval(text) == Interval(first, last)


@pytest.mark.parametrize(
    "text", ["", "2023-", "2023-00", "2023-02-30", "2100-02-29", "20x5", " 2023", "2023-12-05T10:00", "２０２３"]
)
def test_anything_else_is_no_date(text):
    assert interval(text) is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_its_month_and_year(day):
    for form in ("%Y-%m-%d", "%Y-%m", "%Y"):
        span = interval(day.strftime(form))
        assert span is not None
        assert span.lies_within(span.first, span.last)
        assert span.first <= day <= span.last


def test_an_interval_that_sticks_out_meets_a_period_but_does_not_lie_within_it():
    span = Interval(date(2025, 5, 1), date(2025, 6, 30))
    assert span.meets(date(2025, 6, 1), None)
    assert not span.lies_within(date(2025, 6, 1), None)
