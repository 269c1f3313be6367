"""Data as arrays: for each predicate the numbers of subjects and objects, sorted either way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hyte_graph.compliance.engines.compiled.terms import SUBCLASS_OF, TYPE, Term, text
from hyte_graph.compliance.engines.vectors.kinds import Kinds
from hyte_graph.compliance.engines.vectors.terms import LETTERS, Numbers, Terms
from hyte_graph.compliance.engines.vectors.words import Words, letters_of

Pairs = tuple[Numbers, Numbers]
Mask = NDArray[np.bool_]
NOBODY: Numbers = np.empty(0, np.int32)


class Table:
    """The triples of a graph as columns."""

    def __init__(self, terms: Terms, columns: Mapping[int, Pairs], kinds: Kinds) -> None:
        self.terms = terms
        self.columns = columns  # by predicate, without repeats, sorted by subject and then object
        self.kinds = kinds
        self._names = {name: at for at, name in enumerate(kinds.names)}
        self._turned: dict[int, Pairs] = {}
        self._instances: dict[int, Mask] = {}

    def __len__(self) -> int:
        return sum(len(subjects) for subjects, _ in self.columns.values())

    def forward(self, predicate: int) -> Pairs:
        """Return subjects and objects of a predicate, sorted by subject."""
        return self.columns.get(predicate, (NOBODY, NOBODY))

    def backward(self, predicate: int) -> Pairs:
        """Return objects and subjects of a predicate, sorted by object."""
        if predicate not in self._turned:
            subjects, things = self.forward(predicate)
            order = np.argsort(things, kind="stable")
            self._turned[predicate] = things[order], subjects[order]
        return self._turned[predicate]

    def marks(self, nodes: Numbers) -> Mask:
        """Return an array that is true at the numbers of nodes."""
        found = np.zeros(len(self.terms), np.bool_)
        found[nodes] = True
        return found

    def instances(self, kind: int) -> Mask:
        """Return an array that is true at the SHACL instances of a class."""
        found = self._instances.get(kind)
        if found is None or len(found) < len(self.terms):
            kinds, nodes = self.backward(self.terms.number(TYPE))
            below = np.fromiter(self._below(kind), np.int32)
            found = self._instances[kind] = self.marks(nodes[self.marks(below)[kinds]])
        return found

    def _below(self, kind: int) -> set[int]:
        above, below = self.forward(self.terms.number(SUBCLASS_OF))[::-1]
        found, waiting = {kind}, [kind]
        while waiting:
            new = set(below[above == waiting.pop()].tolist()) - found
            found |= new
            waiting += new
        return found

    @cached_property
    def _letters(self) -> list[NDArray[np.uint8]]:
        return [self.kinds.letters]

    def letters(self, nodes: Numbers) -> NDArray[np.uint8]:
        """Return the place of the first letter of each node in `LETTERS`."""
        known = self._letters[-1]
        if len(known) < len(self.terms):
            more = [LETTERS.index(term[0]) for term in self.terms.added(len(known))]
            known = np.concatenate([known, np.array(more, np.uint8)])
            self._letters.append(known)
        return known[nodes]

    def suffixes(self, nodes: Numbers) -> NDArray[np.int16]:
        """Return the place of each suffix; -2 for a term that the data lack."""
        known = self.kinds.suffixes
        inside = nodes < len(known)
        found = np.full(len(nodes), -2, np.int16)
        found[inside] = known[nodes[inside]]
        return found

    def sizes(self, nodes: Numbers) -> NDArray[np.int64]:
        """Return how many letters each address, label or text has."""
        if len(nodes) and nodes.max() >= len(self.kinds.letters):
            return np.array([len(text(term)) for term in self.terms.several(nodes)], np.int64)
        words = self.terms.words.at(nodes)
        ends = np.array([*(len(name.encode()) + 1 for name in self.kinds.names), 1])[self.kinds.suffixes[nodes]]
        starts = np.array([1, 2, 1])[self.kinds.letters[nodes]]
        ends[self.kinds.letters[nodes] == 1] = 0
        return letters_of(Words(words.text, words.starts + starts, words.ends - ends))

    def suffix(self, name: str) -> int:
        """Return the place of a suffix; -3 where no literal has it."""
        return self._names.get(name, -3)

    @property
    def suffix_names(self) -> tuple[str, ...]:
        """Return all suffixes."""
        return self.kinds.names

    def triples(self, predicates: Iterable[int]) -> Iterator[tuple[Term, Term, Term]]:
        """Yield the triples of predicates."""
        terms = self.terms
        for predicate in predicates:
            subjects, things = self.forward(predicate)
            for subject, thing in zip(subjects.tolist(), things.tolist(), strict=True):
                yield terms[subject], terms[predicate], terms[thing]
