"""What kind of term each is: IRI, blank node or literal, and of which datatype or language."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hyte_graph.compliance.engines.vectors.terms import LETTERS
from hyte_graph.compliance.engines.vectors.words import Words, numbered

_LITERAL = LETTERS.index('"')


@dataclass(frozen=True, slots=True)
class Kinds:
    """What kind of term each is: the place of its first letter in `LETTERS`, and of its suffix among the suffixes."""

    letters: NDArray[np.uint8]
    suffixes: NDArray[np.int16]  # -1 for what is no literal
    names: tuple[str, ...]  # what stands after the last quotation mark


def kinds_of(terms: Words) -> Kinds:
    """Return what kinds of terms there are."""
    text = np.frombuffer(terms.text, np.uint8)
    place = np.zeros(256, np.uint8)
    place[list(LETTERS.encode())] = range(len(LETTERS))
    letters = place[text[terms.starts]]
    suffixes = np.full(len(terms), -1, np.int16)
    literals = np.flatnonzero(letters == _LITERAL)
    marks = np.flatnonzero(text == ord('"'))
    ends = terms.ends[literals]
    ours = Words(terms.text, marks[np.searchsorted(marks, ends) - 1] + 1, ends)
    suffixes[literals], first = numbered(ours)
    return Kinds(letters, suffixes, tuple(piece.decode() for piece in ours.at(first).pieces()))
