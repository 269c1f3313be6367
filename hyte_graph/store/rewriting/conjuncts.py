"""Which EXISTS of a filter must hold for the filter to hold, whatever else is in it.

`FILTER(A && NOT EXISTS { … } && B)` lets the same solutions through as one filter for each part: an error of A or B
fails the whole as it fails its own filter, and EXISTS has no errors. So an EXISTS may be taken out if it is an operand
of `&&` in nothing but brackets around other operands of `&&`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hyte_graph.store.rewriting.tree import Exists
from hyte_graph.store.rewriting.words import Word

_BEFORE, _BEHIND = ("(", "&&"), (")", "&&")


@dataclass
class _Level:
    """A pair of brackets: whether all that is in it must hold, as far as it has been read."""

    must_hold: bool
    tests: list[Exists] = field(default_factory=list)


def conjuncts(words: Sequence[Word], tests: Sequence[Exists]) -> tuple[Exists, ...]:
    """Return those EXISTS of a filter that must hold by themselves.

    Args:
        words: of the filter, without FILTER; and one more.
        tests: every EXISTS in it, in the order of the text, but none in the group of another.
    """
    levels, waiting, at, before = [_Level(must_hold=True)], list(tests), 0, "("
    while at < len(words) - 1:
        word = words[at]
        if waiting and word.start == waiting[0].start:
            test = waiting.pop(0)
            while words[at + 1].start < test.group.end:
                at += 1
            if before in _BEFORE and words[at + 1].sign in _BEHIND:
                levels[-1].tests.append(test)
        elif word.sign == "(":
            levels.append(_Level(must_hold=before in _BEFORE))
        elif word.sign == ")":
            _close(levels, is_last=at + 2 == len(words), behind=words[at + 1].sign)
        elif word.sign == "||":
            levels[-1].must_hold = False
        before, at = word.sign, at + 1
    return tuple(levels[0].tests)


def _close(levels: list[_Level], *, is_last: bool, behind: str) -> None:
    """Hand on what must hold in a pair of brackets to the pair around it."""
    level = levels.pop()
    if level.must_hold and (is_last or behind in _BEHIND):
        levels[-1].tests += level.tests
