"""The counties as tiles, roughly where they lie in Finland: a picture that needs no map, with a table as its twin."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.reports.drawing import pattern
from hyte_graph.reports.grouping import ORDER

SIDE, GAP = 88, 6
_PLACES: Mapping[str, tuple[int, int]] = {
    "lappi": (2, 0),
    "pohjois-pohjanmaa": (2, 1),
    "kainuu": (3, 1),
    "keski-pohjanmaa": (1, 2),
    "pohjois-savo": (2, 2),
    "pohjois-karjala": (3, 2),
    "pohjanmaa": (0, 3),
    "etela-pohjanmaa": (1, 3),
    "keski-suomi": (2, 3),
    "etela-savo": (3, 3),
    "etela-karjala": (4, 3),
    "satakunta": (0, 4),
    "pirkanmaa": (1, 4),
    "paijat-hame": (2, 4),
    "kymenlaakso": (3, 4),
    "varsinais-suomi": (0, 5),
    "kanta-hame": (1, 5),
    "keski-uusimaa": (2, 5),
    "vantaa-kerava": (3, 5),
    "ita-uusimaa": (4, 5),
    "lansi-uusimaa": (1, 6),
    "helsinki": (2, 6),
}
"""Column and row of each tile."""


@dataclass(frozen=True, slots=True)
class Tile:
    """An area with its place, its short name in lines, and what was found; None where there is no example."""

    slug: str
    x: int
    y: int
    lines: tuple[str, ...]
    outcome: Outcome | None
    pattern: str


def slugs() -> tuple[str, ...]:
    """Return the areas that have a tile."""
    return tuple(_PLACES)


def tiles(made: Mapping[str, Assessment], norm: str, names: Mapping[str, str]) -> list[Tile]:
    """Return the tiles with what was found on a norm: of several periods that which asks for most attention."""
    return [_tile(slug, place, _found(made.get(slug), norm), names[slug]) for slug, place in _PLACES.items()]


def _tile(slug: str, place: tuple[int, int], outcome: Outcome | None, name: str) -> Tile:
    column, row = place
    step = SIDE + GAP
    return Tile(slug, column * step, row * step, _lines(name), outcome, pattern(outcome) if outcome else "none")


def _found(made: Assessment | None, norm: str) -> Outcome | None:
    outcomes = [verdict.outcome for verdict in made.verdicts if verdict.norm.slug == norm] if made else []
    return min(outcomes, key=ORDER.index, default=None)


def _lines(name: str) -> tuple[str, ...]:
    """Return a name in at most two lines, broken after its first hyphen or word."""
    return tuple(part.strip() for part in re.split(r"(?<=-)| ", name, maxsplit=1))


def size() -> tuple[int, int]:
    """Return the width and height of the picture."""
    columns, rows = (max(numbers) + 1 for numbers in zip(*_PLACES.values(), strict=True))
    return columns * (SIDE + GAP) - GAP, rows * (SIDE + GAP) - GAP
