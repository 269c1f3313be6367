"""Terms by number: as one text of bytes with places, each made a string only when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from hyte_graph.compliance.engines.compiled.terms import Term
from hyte_graph.compliance.engines.vectors.words import Sums, Words, sum_of, sums_of

Numbers = NDArray[np.int32]
LETTERS = '<_"'


class Terms(Sequence[Term]):
    """The terms of the data, and after them those that only shapes name."""

    def __init__(self, words: Words, known: tuple[Sums, Numbers] | None = None) -> None:
        self.words = words
        self._known = known
        self._size = len(words)
        self._starts, self._ends = words.starts.data, words.ends.data  # which give numbers of Python
        self._more: list[Term] = []
        self._numbers: dict[Term, int] = {}

    @property
    def known(self) -> tuple[Sums, Numbers]:
        """Return the sums of the terms of the data in order, and which term each is of."""
        if self._known is None:
            sums = sums_of(self.words)
            places = np.argsort(sums)
            self._known = sums[places], places.astype(np.int32)
        return self._known

    def number(self, term: Term) -> int:
        """Return the number of a term; one that the data lack gets the next."""
        found = self._numbers.get(term)
        if found is None:
            found = self._find(term.encode())
            if found is None:
                found = self._size + len(self._more)
                self._more.append(term)
            self._numbers[term] = found
        return found

    def _find(self, wanted: bytes) -> int | None:
        sums, places = self.known
        own = np.uint64(sum_of(wanted))
        at = int(np.searchsorted(sums, own))
        while at < len(sums) and sums[at] == own:
            if self._bytes(int(places[at])) == wanted:
                return int(places[at])
            at += 1
        return None

    def _bytes(self, number: int) -> bytes:
        return self.words.text[self._starts[number] : self._ends[number]]

    def __getitem__(self, number: int) -> Term:  # type: ignore[override]
        return self._bytes(number).decode() if number < self._size else self._more[number - self._size]

    def several(self, nodes: Numbers) -> list[Term]:
        """Return the terms of nodes."""
        if len(nodes) and nodes.max() >= self._size:
            return [self[node] for node in nodes.tolist()]
        return [piece.decode() for piece in self.words.at(nodes).pieces()]

    def __len__(self) -> int:
        return self._size + len(self._more)

    def added(self, start: int) -> Iterable[Term]:
        """Return the terms with this number and after it; all are such as the data lack."""
        return self._more[start - self._size :]
