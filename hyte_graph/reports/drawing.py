"""What the pictures are drawn with: patterns and signs beside words, so that nothing rests on colour."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from hyte_graph.compliance.outcomes import BREACHES, Outcome
from hyte_graph.reports.grouping import IDLE, ORDER, symbol
from hyte_graph.reports.templating import initial
from hyte_graph.store.knowledge import Knowledge

_LETTER = 6.6  # mean width of a letter at the size of the labels
_SWATCH = 26


@dataclass(frozen=True, slots=True)
class Key:
    """A sign of the legend with its place; `pattern` names the pattern of the swatch."""

    x: float
    y: float
    outcome: Outcome
    pattern: str
    sign: str
    word: str


@dataclass(frozen=True, slots=True)
class Legend:
    """The signs that a picture shows, in the order of the report, and how high they stand together."""

    keys: tuple[Key, ...]
    height: float


def pattern(outcome: Outcome) -> str:
    """Return the pattern of an outcome: what is broken, what is shown, what is open, what is not asked."""
    if outcome in BREACHES:
        return "hatch"
    if outcome == "fulfilled":
        return "solid"
    return "none" if outcome in IDLE or outcome in ("not-yet-due", "hypothetical") else "dots"


def legend(shown: set[Outcome], knowledge: Knowledge, language: str, *, top: float, width: float) -> Legend:
    """Return the legend of the outcomes that a picture shows, in rows no wider than the picture."""
    keys: list[Key] = []
    x = y = 0.0
    for outcome in (outcome for outcome in ORDER if outcome in shown):
        word = knowledge.code("outcome", outcome).within(language)
        room = 2 * _SWATCH + len(word) * _LETTER + 20
        if x and x + room > width:
            x, y = 0.0, y + _SWATCH
        keys.append(Key(x, top + y, outcome, pattern(outcome), symbol(outcome, knowledge), word))
        x += room
    return Legend(tuple(keys), y + _SWATCH)


def lines(text: str, width: int) -> tuple[str, ...]:
    """Return a label in at most two lines, the rest left out with dots; the table has it whole."""
    return tuple(textwrap.wrap(initial(text), width, max_lines=2, placeholder=" …", break_on_hyphens=True))
