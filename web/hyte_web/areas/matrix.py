"""Areas by norms: what was found of each, in a table that reads without colour and without a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.languages import Text
from hyte_graph.model import Actor, Norm
from hyte_graph.reports.grouping import IDLE, ORDER
from hyte_graph.store.knowledge import Knowledge

GROUPS = ("county", "municipality", "city")
_SHOWN = 4  # periods in a cell, the newest


@dataclass(frozen=True, slots=True)
class Cell:
    """What was found of one area on one norm, the oldest period first; no verdicts where nothing is asked."""

    slug: str  # of the area
    verdicts: tuple[Verdict, ...]
    left_out: int = 0  # older periods


@dataclass(frozen=True, slots=True)
class Line:
    """A norm with a cell for each area."""

    norm: Norm
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """The norms of one family."""

    slug: str
    label: Text
    lines: tuple[Line, ...]


def group_of(actor: Actor) -> str:
    """Return the group in which an organisation can be compared: like with like."""
    if "helsinki" in actor.kinds:
        return "city"
    return "county" if actor.type == "WellbeingServicesCounty" else "municipality"


def matrix(
    made: Mapping[str, Assessment], wanted: Mapping[str, str], order: Sequence[str], knowledge: Knowledge
) -> list[Block]:
    """Return the norms that bind one of the areas, by family, those of the law first.

    Args:
        made: the assessments by the slugs of the areas, in the order of the columns.
        wanted: "family" and "outcome" to show alone, where told.
        order: the slugs of all norms in the order of the law.
        knowledge: the words for families.
    """
    tables = {slug: _by_norm(assessment) for slug, assessment in made.items()}
    norms = {verdict.norm.slug: verdict.norm for item in made.values() for verdict in item.verdicts}
    lines = [_line(norms[slug], tables) for slug in order if slug in norms]
    shown = [line for line in lines if _fits(line, wanted)]
    place = {line.norm.family: at for at, line in reversed(list(enumerate(shown)))}
    ordered = sorted(shown, key=lambda line: place[line.norm.family])
    return [
        Block(slug, knowledge.code("subject", slug), tuple(found))
        for slug, found in groupby(ordered, key=lambda line: line.norm.family)
    ]


def _by_norm(made: Assessment) -> dict[str, list[Verdict]]:
    found: dict[str, list[Verdict]] = {}
    for verdict in made.verdicts:
        found.setdefault(verdict.norm.slug, []).append(verdict)
    return {slug: sorted(verdicts, key=_opens) for slug, verdicts in found.items()}


def _opens(verdict: Verdict) -> date:
    return verdict.period.opens if verdict.period else date.min


def _line(norm: Norm, tables: Mapping[str, Mapping[str, list[Verdict]]]) -> Line:
    cells = []
    for slug, table in tables.items():
        found = table.get(norm.slug, [])
        cells.append(Cell(slug, tuple(found[-_SHOWN:]), max(0, len(found) - _SHOWN)))
    return Line(norm, tuple(cells))


def _fits(line: Line, wanted: Mapping[str, str]) -> bool:
    """Return whether a norm asks something of one of the areas, and what is wanted."""
    outcomes = {verdict.outcome for cell in line.cells for verdict in cell.verdicts}
    is_asked = bool(outcomes - IDLE)
    is_wanted = not wanted.get("outcome") or wanted["outcome"] in outcomes
    return is_asked and is_wanted and wanted.get("family") in (None, "", line.norm.family)


def counts(made: Assessment) -> list[tuple[Outcome, int]]:
    """Return how many verdicts there are of each outcome, those that say that a norm does not apply left out."""
    counted = made.summary()
    return [(outcome, counted[outcome]) for outcome in ORDER if outcome not in IDLE and counted[outcome]]
