"""The duties of one organisation on an axis of years: where each bar of the picture stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.reports.drawing import Legend, legend, lines, pattern
from hyte_graph.reports.grouping import IDLE, families, symbol
from hyte_graph.store.knowledge import Knowledge

LABELS = 340  # width of the labels
YEAR = 50
ROW = 36
_TOP = 44
_WHOLE = ((6.5, 23.0),)  # top and height of a bar within its row
_HALVES = ((2.0, 16.0), (18.0, 16.0))


@dataclass(frozen=True, slots=True)
class Bar:
    """A period of a duty with its outcome; a period that begins within the one before stands below it."""

    x: float
    y: float
    width: float
    height: float
    outcome: Outcome
    pattern: str
    sign: str


@dataclass(frozen=True, slots=True)
class Line:
    """A duty with its periods."""

    y: float
    label: tuple[str, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where everything stands; `years` are the years with the left edge of each."""

    lines: tuple[Line, ...]
    years: tuple[tuple[float, int], ...]
    today: float
    legend: Legend
    width: float
    height: float


def periodic(assessment: Assessment, knowledge: Knowledge) -> list[tuple[Verdict, ...]]:
    """Return the verdicts on duties whose periods end, by duty, in the order of the report and of time."""
    verdicts = [verdict for group in families(assessment, knowledge) for verdict in group.verdicts]
    ending = [item for item in verdicts if item.outcome not in IDLE and item.period and item.period.closes]
    grouped = (tuple(found) for _, found in groupby(ending, key=lambda item: item.norm.slug))
    return [tuple(sorted(found, key=_opens)) for found in grouped]


def draw(assessment: Assessment, knowledge: Knowledge, language: str) -> Drawing:
    """Return the drawing of the duties of an organisation; without any it has no lines."""
    duties = periodic(assessment, knowledge)
    first, last = _span(duties, assessment.on)
    bottom = _TOP + ROW * len(duties)
    width = LABELS + YEAR * (last - first + 1)
    shown = {verdict.outcome for duty in duties for verdict in duty}
    key = legend(shown, knowledge, language, top=bottom + 16, width=width)
    return Drawing(
        tuple(_line(duty, place, first, knowledge, language) for place, duty in enumerate(duties)),
        tuple((_x(date(year, 1, 1), first), year) for year in range(first, last + 1)),
        _x(assessment.on, first),
        key,
        width,
        bottom + 16 + key.height,
    )


def _span(duties: list[tuple[Verdict, ...]], on: date) -> tuple[int, int]:
    """Return the first and last year of the axis."""
    periods = [verdict.period for duty in duties for verdict in duty if verdict.period]
    opening = [period.opens.year for period in periods]
    closing = [period.closes.year for period in periods if period.closes]
    return min([*opening, on.year]), max([*closing, on.year])


def _line(duty: tuple[Verdict, ...], place: int, first: int, knowledge: Knowledge, language: str) -> Line:
    label = lines(duty[0].norm.label.within(language), 48)
    overlaps = any(_closes(one) >= _opens(other) for one, other in pairwise(duty))
    tracks = _HALVES if overlaps else _WHOLE
    bars = (_bar(verdict, first, tracks[at % len(tracks)], knowledge) for at, verdict in enumerate(duty))
    return Line(_TOP + ROW * place, label, tuple(bars))


def _bar(verdict: Verdict, first: int, track: tuple[float, float], knowledge: Knowledge) -> Bar:
    y, height = track
    x = _x(_opens(verdict), first)
    width = round(max(_x(_closes(verdict), first) - x, 18.0), 1)
    sign = symbol(verdict.outcome, knowledge)
    return Bar(x, y, width, height, verdict.outcome, pattern(verdict.outcome), sign)


def _x(day: date, first: int) -> float:
    """Return the place of a day on the axis."""
    return round(LABELS + YEAR * (day.year - first + (day.timetuple().tm_yday - 1) / 366), 1)


def _opens(verdict: Verdict) -> date:
    return verdict.period.opens if verdict.period else date.min


def _closes(verdict: Verdict) -> date:
    return (verdict.period.closes if verdict.period else None) or date.max
