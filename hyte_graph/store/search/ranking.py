"""How a label fits the words that are sought, as a score from 0 to 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hyte_graph.store.search.lexicon import Match
from hyte_graph.store.search.words import compact, telling, without_aside, words_of

HOW: Final = ("label", "inflected", "part", "similar", "definition", "gloss")
"""How something was found, the best first."""

_EXACT: Final = 1.0
_INFLECTED: Final = 0.9
_PART: Final = 0.5  # to 0.8
_SOME_WORDS: Final = 0.36  # to 0.5
_SIMILAR: Final = 0.31  # to 0.35
_IN_TEXT: Final = {"definition": 0.3, "gloss": 0.2}
_LONG: Final = 20_000  # letters that cost a text one point

LOWER: Final = {"preferred": 0.0, "alternative": 0.02, "hidden": 0.04}
"""What an exact or inflected label loses that is not the preferred one."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How something was found, and how well."""

    how: str  # one of HOW
    score: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Wording:
    """A label as words."""

    words: tuple[str, ...]
    compact: frozenset[str]  # its letters, with and without what stands in brackets

    @classmethod
    def of(cls, text: str) -> Wording:
        """Return a label as words."""
        bare = without_aside(text)
        return cls(telling(words_of(bare)), frozenset({compact(text), compact(bare)}))


def fit(sought: Sequence[str], letters: str, matches: Sequence[Mapping[str, Match]], label: Wording) -> Fit | None:
    """Return how a label fits, or None if less than half of what is sought is in it.

    Args:
        sought: the words.
        letters: the words without spaces.
        matches: for each word the words of labels that it fits.
        label: the label.
    """
    if letters in label.compact:
        return Fit("label", _EXACT)
    found = [[(word, known[word]) for word in label.words if word in known] for known in matches]
    if all(any(match.is_whole for _, match in pairs) for pairs in found) and _covers(found, label):
        return Fit("inflected", _INFLECTED)
    reach = _reach(sought, found)
    if reach < 0.5:  # noqa: PLR2004
        return None
    share = reach * _share(found, label)
    base = (_PART, 0.3) if all(found) else (_SOME_WORDS, 0.14)
    return Fit("part", base[0] + base[1] * share)


def similar(likeness: float) -> Fit:
    """Return how a label fits that only shares letters, from their share."""
    return Fit("similar", _SIMILAR + 0.04 * likeness)


def in_text(role: str, length: int) -> Fit:
    """Return how a definition or gloss of so many letters fits."""
    return Fit(role, _IN_TEXT[role] - length / _LONG)


_Found = Sequence[Sequence[tuple[str, Match]]]


def _covers(found: _Found, label: Wording) -> bool:
    """Return whether each word of the label is one of those that are sought."""
    return {word for pairs in found for word, match in pairs if match.is_whole} >= set(label.words)


def _reach(sought: Sequence[str], found: _Found) -> float:
    """Return the share of the letters sought that the label has."""
    best = (
        len(word) * max((match.sought for _, match in pairs), default=0)
        for word, pairs in zip(sought, found, strict=True)
    )
    return sum(best) / sum(map(len, sought))


def _share(found: _Found, label: Wording) -> float:
    """Return the share of the letters of the label that were sought."""
    best: dict[str, float] = {}
    for pairs in found:
        for word, match in pairs:
            best[word] = max(best.get(word, 0), match.label)
    return sum(len(word) * best.get(word, 0) for word in label.words) / sum(map(len, label.words))
