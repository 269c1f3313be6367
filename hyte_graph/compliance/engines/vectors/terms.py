"""Terms by number: as a list while data are read, or as one text with places when they come from a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from hyte_graph.compliance.engines.compiled.terms import Term

Numbers = NDArray[np.int32]
LETTERS = '<_"'


class Terms(Sequence[Term]):
    """The terms of the data, and after them those that only shapes name."""

    def __init__(self, known: Sequence[Term], numbers: dict[Term, int] | Found) -> None:
        self._known = known
        self._numbers = numbers
        self._size = len(known)
        self._more: list[Term] = []
        self._more_numbers: dict[Term, int] = {}

    def number(self, term: Term) -> int:
        """Return the number of a term; one that the data lack gets the next."""
        found = self._numbers.get(term)
        if found is None:
            found = self._more_numbers.get(term)
        if found is None:
            found = self._more_numbers[term] = self._size + len(self._more)
            self._more.append(term)
        return found

    def __getitem__(self, number: int) -> Term:  # type: ignore[override]
        return self._known[number] if number < self._size else self._more[number - self._size]

    def __len__(self) -> int:
        return self._size + len(self._more)

    def added(self, start: int) -> Iterable[Term]:
        """Return the terms with this number and after it; all are such as the data lack."""
        return self._more[start - self._size :]


class Stored(Sequence[Term]):
    """Terms that lie in one text, each cut out when it is asked for."""

    def __init__(self, text: str, ends: NDArray[np.int64]) -> None:
        self._text = text
        self._ends = ends

    def __getitem__(self, number: int) -> Term:  # type: ignore[override]
        return self._text[self._ends[number] : self._ends[number + 1]]

    def __len__(self) -> int:
        return len(self._ends) - 1


class Found:
    """The numbers of stored terms, found by their check sums."""

    def __init__(self, terms: Sequence[Term], sums: NDArray[np.uint32], places: Numbers) -> None:
        self._terms = terms
        self._sums = sums
        self._places = places

    def get(self, term: Term) -> int | None:
        """Return the number of a term, if it is there."""
        wanted = np.uint32(crc32(term.encode()))
        at = int(np.searchsorted(self._sums, wanted))
        while at < len(self._sums) and self._sums[at] == wanted:
            if self._terms[int(self._places[at])] == term:
                return int(self._places[at])
            at += 1
        return None


def sums_of(terms: Iterable[Term], size: int) -> tuple[NDArray[np.uint32], Numbers]:
    """Return the check sums of terms in order, and where each term stands."""
    sums = np.fromiter((crc32(term.encode()) for term in terms), np.uint32, size)
    places = np.argsort(sums, kind="stable").astype(np.int32)
    return sums[places], places
