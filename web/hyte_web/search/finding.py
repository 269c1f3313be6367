"""Finding things of every kind by what a reader types."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

from flask import current_app

from hyte_graph.api import Hyte
from hyte_graph.languages import LANGUAGES
from hyte_graph.store.search import Hit, Search
from hyte_graph.store.search.corpus import ORDER, Entry, is_label
from hyte_graph.store.search.corpus import entries as law_entries
from hyte_graph.store.search.places import cited, entries
from hyte_graph.store.search.words import telling, words_of

KINDS: Final = ("concept", "norm", "provision", "act", "actor", "question", "statement")
"""The kinds of things that are found, in the order of the page."""

LONGEST: Final = 200
"""The most letters that are looked for."""

_EVERYTHING: Final = 10_000
_TELLING, _MOST_WORDS = 4, 6  # letters of a word, words of a text, by which something is found that has only some
_WEAK: Final = ("similar", "definition", "gloss")


@dataclass(frozen=True, slots=True)
class Found:
    """What a text finds: the hits of the kind asked for, and how many there are of each kind."""

    hits: tuple[Hit, ...]
    counts: dict[str, int]  # kind -> hits, in the order of the page
    is_partial: bool = False  # nothing has all the words; these have some

    @property
    def total(self) -> int:
        """Return how many hits there are of all kinds."""
        return sum(self.counts.values())


class Finder:
    """Search over all that the site shows; built before visitors come, then only read."""

    def __init__(self, library: Hyte) -> None:
        self._library = library
        self._lock = threading.Lock()
        others = list(entries(library.knowledge, library.questions))
        self._others = Search(others)
        self._labels = sorted(_labels([*law_entries(library.knowledge), *others]), key=lambda row: row[0])
        self._every("zzzq")  # no label has it, so every index is built here, before visitors come

    def find(self, text: str, kind: str = "") -> Found:
        """Return what a text finds, the best first; `kind` is one of KINDS, or nothing for all."""
        hits = self._every(text)
        is_partial = not hits and " " in text
        if is_partial:
            hits = self._some(text)
        counted = Counter(hit.kind for hit in hits)
        counts = {name: counted[name] for name in KINDS if counted[name]}
        return Found(tuple(hit for hit in hits if kind in ("", hit.kind)), counts, is_partial and bool(hits))

    def suggest(self, text: str, language: str, limit: int = 8) -> tuple[Hit, ...]:
        """Return the few things that a text may become: labels that begin with it, then what it finds."""
        beginning = text.strip().casefold()
        if not beginning:
            return ()
        begun = [hit for start, hit in self._labels if start.startswith(beginning)]
        begun.sort(key=lambda hit: (hit.language != language, len(hit.matched), ORDER.index(hit.kind), hit.iri))
        quick = list(_once([*self._cited(text), *begun]))[:limit]
        return tuple(_once([*quick, *self._every(text)]))[:limit] if len(quick) < limit else tuple(quick)

    def _every(self, text: str) -> Sequence[Hit]:
        with self._lock:
            here = self._others.find(text, limit=_EVERYTHING)
        law = self._library.search(text, limit=_EVERYTHING)
        found = sorted([*law, *here], key=lambda hit: -hit.score)
        if any(hit.how not in _WEAK for hit in found):  # likeness helps only where nothing has the words
            found = [hit for hit in found if hit.how != "similar"]
        return list(_once([*self._cited(text), *found]))

    def _some(self, text: str) -> Sequence[Hit]:
        """Return what has some of the words, those first that have most of them."""
        words = [word for word in telling(words_of(text)) if len(word) >= _TELLING][:_MOST_WORDS]
        best: dict[str, Hit] = {}
        reached: Counter[str] = Counter()
        for word in words:
            for hit in self._every(word):
                reached[hit.iri] += 1
                best[hit.iri] = max(best.get(hit.iri, hit), hit, key=lambda one: one.score)
        return sorted(best.values(), key=lambda hit: (-reached[hit.iri], -hit.score, ORDER.index(hit.kind), hit.iri))

    def _cited(self, text: str) -> Iterator[Hit]:
        thing = cited(text, self._library.knowledge.triples)
        if thing:
            yield Hit(thing.iri, thing.kind, thing.label, thing.label.fi, "fi", "label", 1.0)


def finder() -> Finder:
    """Return the finder of the running application."""
    return cast(Finder, current_app.extensions["hyte-finder"])


def _labels(found: Iterable[Entry]) -> Iterator[tuple[str, Hit]]:
    for entry in found:
        if is_label(entry) and entry.role != "hidden" and entry.language in LANGUAGES:
            thing = entry.thing
            yield (
                entry.text.casefold(),
                Hit(thing.iri, thing.kind, thing.label, entry.text, entry.language, "label", 1.0),
            )


def _once(hits: Iterable[Hit]) -> Iterator[Hit]:
    seen: set[str] = set()
    for hit in hits:
        if hit.iri not in seen:
            seen.add(hit.iri)
            yield hit
