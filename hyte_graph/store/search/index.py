"""Full-text search in what the project knows, in Finnish, Swedish and English."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.search.corpus import ORDER, Entry, entries, is_label
from hyte_graph.store.search.lexicon import Lexicon, Match
from hyte_graph.store.search.likeness import likeness, trigrams
from hyte_graph.store.search.ranking import LOWER, Fit, Wording, fit, in_text, similar
from hyte_graph.store.search.texts import Texts
from hyte_graph.store.search.words import compact, telling, words_of

_ALIKE = 0.6  # likeness above which a label is offered for another
_MOST_WORDS = 12  # of what is sought; the letters of all of it are still compared with whole labels
_ROOT = 4  # letters of the beginning of an unknown word by which texts are searched


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found."""

    iri: str
    kind: str  # "concept", "norm" or "statement"
    label: Text
    matched: str  # the label, definition or gloss that fits
    language: str  # of what fits
    how: str  # "label", "inflected", "part", "similar", "definition" or "gloss"
    score: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class _Wanted:
    words: tuple[str, ...]
    letters: str  # of the whole text, without spaces
    languages: tuple[str, ...]
    kinds: frozenset[str]


class Search:
    """An index over labels, definitions and glosses; each part is built when first asked for."""

    def __init__(self, found: Iterable[Entry]) -> None:
        every = list(found)
        self._labels = [(entry, Wording.of(entry.text)) for entry in every if is_label(entry)]
        self._prose = [entry for entry in every if not is_label(entry)]

    @classmethod
    def of(cls, knowledge: Knowledge) -> Search:
        """Return the index over what the project knows."""
        return cls(entries(knowledge))

    def find(
        self, text: str, language: str | None = None, kinds: Collection[str] | None = None, limit: int = 20
    ) -> tuple[Hit, ...]:
        """Return what fits a text, each thing once, the best first.

        An exact label comes before an inflected one, then labels that have the words only in part or in a compound,
        then labels that are merely similar, then definitions, then glosses. Preferred labels come before alternative
        and hidden ones that fit as well, and concepts before norms.

        Args:
            text: words in any form.
            language: of the labels and texts to look in; None for all three.
            kinds: "concept", "norm", "statement"; None for all.
            limit: the largest number of hits.
        """
        words = telling(words_of(text))[:_MOST_WORDS]
        if not words:
            return ()
        wanted = _Wanted(words, compact(text), (language,) if language else LANGUAGES, frozenset(kinds or ORDER))
        return _best([*self._by_label(wanted), *self._by_text(wanted)])[:limit]

    def nearest(self, text: str) -> Hit | None:
        """Return the concept whose label is most like a text, however little; None where no letters are shared."""
        wanted = _Wanted(words_of(text), compact(text), LANGUAGES, frozenset({"concept"}))
        return next(iter(_best(self._alike(wanted, above=0.0))), None)

    def _by_label(self, wanted: _Wanted) -> list[Hit]:
        """Return labels by the rules of the forms, else by dictionary forms, else by likeness."""
        return (
            list(self._fitting(wanted, Lexicon.matches))
            or list(self._fitting(wanted, Lexicon.by_lemma))
            or list(self._alike(wanted, above=_ALIKE))
        )

    def _fitting(self, wanted: _Wanted, look: Callable[[Lexicon, str], dict[str, Match]]) -> Iterator[Hit]:
        for language in wanted.languages:
            matches = [look(self._lexicons[language], word) for word in wanted.words]
            for entry, wording in self._touched(matches, wanted.letters, language):
                found = fit(wanted.words, wanted.letters, matches, wording)
                if found and entry.thing.kind in wanted.kinds:
                    yield _hit(entry, found)

    def _touched(
        self, matches: Sequence[dict[str, Match]], letters: str, language: str
    ) -> Iterator[tuple[Entry, Wording]]:
        """Yield the labels that have one of the words."""
        by_word = self._by_word[language]
        numbers = {number for known in matches for word in known for number in by_word[word]}
        numbers.update(self._by_letters[language].get(letters, ()))
        yield from (self._labels[number] for number in sorted(numbers))

    @cached_property
    def _lexicons(self) -> dict[str, Lexicon]:
        return {language: Lexicon(language, known) for language, known in self._by_word.items()}

    @cached_property
    def _by_word(self) -> dict[str, dict[str, list[int]]]:
        """Return for each language the words of the labels and where they stand."""
        found: dict[str, dict[str, list[int]]] = {language: defaultdict(list) for language in LANGUAGES}
        for number, (entry, wording) in enumerate(self._labels):
            for word in set(wording.words):
                found[entry.language][word].append(number)
        return {language: dict(known) for language, known in found.items()}

    @cached_property
    def _by_letters(self) -> dict[str, dict[str, list[int]]]:
        found: dict[str, dict[str, list[int]]] = {language: defaultdict(list) for language in LANGUAGES}
        for number, (entry, wording) in enumerate(self._labels):
            for letters in wording.compact:
                found[entry.language][letters].append(number)
        return found

    def _alike(self, wanted: _Wanted, *, above: float) -> Iterator[Hit]:
        """Yield labels that share trigrams with what is sought."""
        sought = trigrams(wanted.letters)
        for entry, wording in self._labels:
            if entry.language in wanted.languages and entry.thing.kind in wanted.kinds:
                alike = max(likeness(sought, trigrams(form)) for form in wording.compact)
                if alike > above:
                    yield _hit(entry, similar(alike))

    @cached_property
    def _texts(self) -> Texts:
        return Texts(entry.text for entry in self._prose)

    def _by_text(self, wanted: _Wanted) -> Iterator[Hit]:
        """Yield the definitions and glosses that have all the words; of those, the short ones first."""
        for language in wanted.languages:
            for number in self._texts.holding([self._beginnings(word, language) for word in wanted.words]):
                entry = self._prose[number]
                if entry.language == language and entry.thing.kind in wanted.kinds:
                    yield _hit(entry, in_text(entry.role, len(entry.text)))

    def _beginnings(self, word: str, language: str) -> frozenset[str]:
        """Return what the forms of a word begin with, without those that another begins."""
        lexicon = self._lexicons[language]
        found = {word}.union(*(lexicon.stems(known) for known in lexicon.same(word)))
        if len(found) == 1:
            found |= {cut for cut in lexicon.cuts(word) if len(cut) > _ROOT}
        return frozenset(form for form in found if not any(form != other and form.startswith(other) for other in found))


def _hit(entry: Entry, found: Fit) -> Hit:
    score = found.score - LOWER.get(entry.role, 0)
    thing = entry.thing
    return Hit(thing.iri, thing.kind, thing.label, entry.text, entry.language, found.how, round(score, 4))


def _best(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return the best hit of each thing, the best first."""
    found: dict[str, Hit] = {}
    for hit in sorted(hits, key=_order):
        found.setdefault(hit.iri, hit)
    return tuple(found.values())


def _order(hit: Hit) -> tuple[float, int, int, str, int]:
    return -hit.score, ORDER.index(hit.kind), len(hit.matched), hit.iri, LANGUAGES.index(hit.language)
