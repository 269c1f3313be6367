"""The periods for which a norm makes duties: calendar years, council terms, or from a day on without end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hyte_graph.model import Actor, CouncilTerm, Norm, Period

YEARLY = frozenset({"annual", "at-least-annually"})
PER_TERM = frozenset({"per-council-term", "at-least-once-per-council-term"})


def periods(norm: Norm, actor: Actor, on: date, terms: Sequence[CouncilTerm]) -> tuple[Period, ...]:
    """Return one period for each duty of the norm from its start of application to the day, the earliest first.

    A norm of a later law that starts to apply only after the day has its first period, which has not begun yet.
    """
    starts = norm.applies_from or date.min
    last = max(starts, min(on, norm.applies_until or on))
    if norm.recurrence in YEARLY:
        found = _years(starts, last)
    elif norm.recurrence in PER_TERM:
        found = _terms(actor, starts, last, terms)
    else:
        return (Period("standing", starts, None),)
    return _with_first_due(found, norm)


def _years(starts: date, last: date) -> list[Period]:
    return [
        Period(str(year), max(starts, date(year, 1, 1)), date(year, 12, 31))
        for year in range(starts.year, last.year + 1)
    ]


def _terms(actor: Actor, starts: date, last: date, terms: Sequence[CouncilTerm]) -> list[Period]:
    """Return the terms that the norm meets; a term is never cut: a document made early in it serves the term."""
    of = "municipality" if actor.type == "Municipality" else "county"
    return [
        Period(f"term-{term.starts.year}-{term.ends.year}", term.starts, term.ends, term)
        for term in terms
        if term.of == of and term.starts <= last and term.ends >= starts
    ]


def _with_first_due(found: list[Period], norm: Norm) -> tuple[Period, ...]:
    """Return the periods with the first one open at least until the day that the law sets for the first time."""
    if found and norm.first_due_by and found[0].closes and found[0].closes < norm.first_due_by:
        found[0] = replace(found[0], closes=norm.first_due_by)
    return tuple(found)


def is_open(period: Period, norm: Norm, on: date) -> bool:
    """Return whether the duty can still be done in time after the day, which is judged as it stood at its end."""
    if on < period.opens:
        return True
    if period.closes is not None:
        return on < period.closes
    return norm.first_due_by is not None and on < norm.first_due_by
