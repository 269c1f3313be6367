"""Organisations by the norms of 612/2021 6–7 §§: where each square of the picture stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.model import Norm
from hyte_graph.reports.drawing import Legend, legend, lines, pattern
from hyte_graph.reports.grouping import IDLE, ORDER, symbol
from hyte_graph.reports.ordering import natural
from hyte_graph.store.knowledge import Knowledge

LABELS = 340  # width of the labels
SQUARE = 58
ROW = 36
_SECTIONS = re.compile(r"/2021-612-[67](-|$)")
_SHOWN = 4  # periods in a square
_LETTER = 6.4
_LONGEST = 48  # letters of a name; the table has it whole


@dataclass(frozen=True, slots=True)
class Square:
    """What an organisation is found to have done for a norm; `signs` from the oldest period to the newest."""

    x: float
    signs: str
    outcome: Outcome
    pattern: str


@dataclass(frozen=True, slots=True)
class Line:
    """A norm with its squares."""

    y: float
    label: tuple[str, ...]
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where everything stands; `heads` are the names of the organisations with their places."""

    lines: tuple[Line, ...]
    heads: tuple[tuple[float, str], ...]
    top: float
    legend: Legend
    width: float
    height: float


def norms(assessments: Sequence[Assessment]) -> list[Norm]:
    """Return the norms of 612/2021 6 and 7 § that bind one of the organisations, in the order of the act."""
    found = {
        verdict.norm.slug: verdict.norm
        for made in assessments
        for verdict in made.verdicts
        if verdict.outcome not in IDLE and _SECTIONS.search(verdict.norm.provision.iri)
    }
    return sorted(found.values(), key=lambda norm: (natural(norm.provision.iri), norm.slug))


def verdicts_on(norm: Norm, made: Assessment) -> list[Verdict]:
    """Return the verdicts of an organisation on a norm, the oldest period first."""
    found = [verdict for verdict in made.verdicts if verdict.norm.slug == norm.slug]
    return sorted(found, key=lambda verdict: verdict.period.opens if verdict.period else date.min)


def draw(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> Drawing:
    """Return the drawing of what organisations are found to have done."""
    rows = norms(assessments)
    names = [_short(made.actor.label.within(language)) for made in assessments]
    top = round(max(map(len, names), default=0) * _LETTER + 16, 1)
    width, bottom = LABELS + SQUARE * len(names), top + ROW * len(rows)
    shown = {verdict.outcome for norm in rows for made in assessments for verdict in verdicts_on(norm, made)}
    key = legend(shown, knowledge, language, top=bottom + 16, width=width)
    drawn = tuple(
        Line(
            top + ROW * place,
            lines(norm.label.within(language), 48),
            tuple(_square(norm, made, column, knowledge) for column, made in enumerate(assessments)),
        )
        for place, norm in enumerate(rows)
    )
    heads = tuple((LABELS + SQUARE * column, name) for column, name in enumerate(names))
    return Drawing(drawn, heads, top, key, width, bottom + 16 + key.height)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _square(norm: Norm, made: Assessment, column: int, knowledge: Knowledge) -> Square:
    outcomes = [verdict.outcome for verdict in verdicts_on(norm, made)][-_SHOWN:]
    first: Outcome = min(outcomes, key=ORDER.index, default="not-applicable")
    signs = " ".join(symbol(outcome, knowledge) for outcome in outcomes)
    return Square(LABELS + SQUARE * column, signs, first, pattern(first))
