"""The words of the labels in one language, found by any of their forms, as parts of compounds or as wholes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from hyte_graph.store.search import english, finnish, swedish
from hyte_graph.store.search.lemmas import lemma

_STEMS: Final[dict[str, Callable[[str], frozenset[str]]]] = {
    "fi": finnish.stems,
    "sv": swedish.stems,
    "en": english.stems,
}
_ENDINGS: Final = {"fi": finnish.ENDINGS, "sv": swedish.ENDINGS, "en": english.ENDINGS}
_LEAST_STEM: Final = 3  # letters
_LEAST_PART: Final = 4
_LEAST_INSIDE: Final = 5
_LONGEST_ENDING: Final = {language: max(map(len, endings)) for language, endings in _ENDINGS.items()}


@dataclass(frozen=True, slots=True)
class Match:
    """How far a word that is sought and a word of a label cover each other, 0 to 1."""

    sought: float
    label: float

    @property
    def is_whole(self) -> bool:
        """Return whether both are the same word, maybe in different forms."""
        return self.sought == self.label == 1


_WHOLE: Final = Match(1, 1)


class Lexicon:
    """The words of the labels in one language."""

    def __init__(self, language: str, words: Iterable[str]) -> None:
        self._language = language
        self._words = sorted(set(words))

    @cached_property
    def _by_stem(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            for stem in _STEMS[self._language](word):
                found[stem].append(word)
        return {stem: tuple(words) for stem, words in found.items()}

    def stems(self, word: str) -> frozenset[str]:
        """Return what the forms of a word begin with."""
        return _STEMS[self._language](word)

    def cuts(self, form: str) -> Iterator[str]:
        """Yield what remains of a form when an ending is cut off, the longest first."""
        least = max(_LEAST_STEM, len(form) - _LONGEST_ENDING[self._language])
        endings = _ENDINGS[self._language]
        yield from (form[:at] for at in range(len(form), least - 1, -1) if form[at:] in endings)

    def same(self, form: str) -> frozenset[str]:
        """Return the words of which this is a form."""
        found = {word for cut in self.cuts(form) for word in self._by_stem.get(cut, ())}
        return frozenset(found | ({form} & self._known))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._words)

    def matches(self, form: str) -> dict[str, Match]:
        """Return the words that a form fits: the word itself, a compound with it, or a part of it."""
        same = self.same(form)
        found: dict[str, Match] = {}
        for word, match in (*self._holding(form, same), *self._held(form), *((word, _WHOLE) for word in same)):
            known = found.get(word)
            if known is None or _worth(match) > _worth(known):
                found[word] = match
        return found

    def by_lemma(self, form: str) -> dict[str, Match]:
        """Return the words that fit a form by their dictionary form."""
        sought = lemma(form, self._language)
        return self.matches(sought) | dict.fromkeys(self._by_lemma.get(sought, ()), _WHOLE)

    @cached_property
    def _by_lemma(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            found[lemma(word, self._language)].append(word)
        return dict(found)

    def _holding(self, form: str, same: frozenset[str]) -> Iterator[tuple[str, Match]]:
        """Yield the compounds that hold a word of which this is a form."""
        parts = [part for part in {form, *same} if len(part) >= _LEAST_PART]
        for word in self._words:
            longest = max((len(part) for part in parts if part in word), default=0)
            if 0 < longest < len(word):
                yield word, Match(1, longest / len(word))
        tails = tuple(cut for cut in self.cuts(form) if len(cut) >= _LEAST_PART)
        for stem, words in self._by_stem.items():
            if tails and stem.endswith(tails):
                yield from ((word, Match(1, min(1, len(form) / len(word), 0.99))) for word in words)

    def _held(self, form: str) -> Iterator[tuple[str, Match]]:
        """Yield the words that are parts of a longer form."""
        for word in self._words:
            if _LEAST_INSIDE <= len(word) < len(form) and word in form:
                yield word, Match(len(word) / len(form), 1)
        for at in range(_LEAST_STEM, len(form) - _LEAST_PART):
            for word in self.same(form[at:]):
                if len(word) >= _LEAST_INSIDE:
                    yield word, Match((len(form) - at) / len(form), 1)


def _worth(match: Match) -> float:
    return match.sought * match.label
