"""A fact that would mend duties: what it must be like, when, and for which duties."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hyte_graph.compliance.assessment import Verdict
from hyte_graph.compliance.repair.thing import Thing, united
from hyte_graph.model import CouncilTerm, Norm, Period
from hyte_graph.store.knowledge import Knowledge

_ABOUT_NORM = ("Answer", "Judgement")
_WHOLE_YEAR, _WHOLE_MONTH = 4, 7  # characters of a date told by its year or by its month


@dataclass(frozen=True, slots=True)
class Wanted:
    """A fact to be done or recorded."""

    thing: Thing
    norms: tuple[Norm, ...]
    opens: date  # it happens on this day or later
    closes: date | None  # and by this one, None where nothing is too late
    term: CouncilTerm | None
    periods: tuple[Period, ...]
    replaces: str = ""  # the id of the fact of the description that it takes the place of

    def is_closed(self, on: date) -> bool:
        """Return whether its time is over, so that it can be shown but no longer be done."""
        return self.closes is not None and self.closes <= on

    @property
    def is_about_norm(self) -> bool:
        """Return whether it is an answer or a judgement, which is about one norm and nothing else."""
        return any(self.thing.is_of(kind) for kind in _ABOUT_NORM)


def wanted(thing: Thing, verdict: Verdict) -> Wanted:
    """Return what a duty wants of a thing."""
    period = verdict.period or Period("standing", date.min, None)
    return Wanted(thing, (verdict.norm,), period.opens, period.closes, period.term, (period,))


def merged(first: Wanted, second: Wanted, knowledge: Knowledge) -> Wanted | None:
    """Return one fact for both, or None where there can be none."""
    if first.replaces or second.replaces or first.is_about_norm != second.is_about_norm:
        return None
    thing = united(first.thing, second.thing, knowledge)
    periods = tuple(dict.fromkeys((*first.periods, *second.periods)))
    norms = tuple(dict.fromkeys((*first.norms, *second.norms)))
    if first.is_about_norm:
        same = first.norms == second.norms and thing is not None
        return replace(first, thing=thing or first.thing, periods=periods) if same else None
    opens = max(first.opens, second.opens)
    ends = [day for day in (first.closes, second.closes) if day]
    closes, term = min(ends, default=None), first.term or second.term
    apart = first.term and second.term and first.term != second.term
    if thing is None or apart or (closes and opens > closes):
        return None
    return Wanted(thing, norms, opens, closes, term, periods)


def moment(fact: Wanted, on: date) -> str:
    """Return when a thing that happens would have to happen: the longest span that is sure to lie in its time.

    What can still be done is dated on the day; what had to be done in a closed period, within the period.
    """
    last = fact.closes
    if last is None or last > on:
        return max(on, fact.opens).isoformat()
    spans = (date(last.year, 1, 1), date(last.year, last.month, 1), last)
    lengths = (_WHOLE_YEAR, _WHOLE_MONTH, None)
    ends = (date(last.year, 12, 31), _month_end(last), last)
    found = (
        last.isoformat()[:length]
        for first, end, length in zip(spans, ends, lengths, strict=True)
        if fact.opens <= first and end <= last
    )
    return next(found, last.isoformat())


def _month_end(day: date) -> date:
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)
