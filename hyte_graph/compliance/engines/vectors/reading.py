"""Files of RDF as a table: Oxigraph reads and checks them and hands them on as lines, which are cut as whole arrays.

Some triples are on the way at a time, few enough for the caches of the processor, so that memory stays flat. The words
of each lot are numbered by themselves; what is left of them is numbered once more over all lots.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyoxigraph
from numpy.typing import NDArray

from hyte_graph.compliance.engines.compiled.terms import Term
from hyte_graph.compliance.engines.vectors import ahead
from hyte_graph.compliance.engines.vectors.ahead import Ahead, NotDividedError, begun_reading
from hyte_graph.compliance.engines.vectors.joining import unique
from hyte_graph.compliance.engines.vectors.kinds import kinds_of
from hyte_graph.compliance.engines.vectors.table import Pairs, Table
from hyte_graph.compliance.engines.vectors.terms import Numbers, Terms
from hyte_graph.compliance.engines.vectors.words import PAD, Words, numbered, packed, together, with_changes, words_of

_BLANK, _LINE, _ESCAPES, _QUOTE = b' \n\\"'
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class _Lot(NamedTuple):
    """Some triples: the words of them, each once, and the numbers of all subjects, predicates and objects."""

    words: Words
    numbers: Numbers


def read_table(paths: Sequence[Path], *, apart: bool | None = None, begun: Ahead | None = None) -> Table:
    """Return the triples of files; blank nodes of several files are kept apart, and those of one file if told.

    Args:
        paths: the files.
        apart: whether blank nodes get other labels.
        begun: what another process has begun to read, if it has.

    Raises:
        SyntaxError: a file is not sound RDF.
        OSError: a file cannot be read.
    """
    was_on = gc.isenabled()
    gc.disable()  # many objects that stay: looking through them for garbage would only take time
    is_apart = len(paths) > 1 if apart is None else apart
    try:
        begun = begun or begun_reading(paths, apart=is_apart)
        return _joined((begun and _by_two(begun)) or map(_lot, _texts(paths, is_apart)))
    finally:
        if was_on:
            gc.enable()


def _by_two(begun: Ahead) -> list[_Lot] | None:
    """Return what two processes have read, in the order of the file; None if it could not be divided."""
    parts: tuple[list[_Lot], list[_Lot]] = [], []
    try:
        for part, text in begun.lots():
            parts[part].append(_lot(text))
    except NotDividedError:
        return None
    finally:
        begun.close()
    return parts[0] + parts[1]


def _texts(paths: Sequence[Path], apart: bool) -> Iterator[bytes]:
    """Yield the triples as lines of N-Triples, some at a time."""
    for path in paths:
        told = pyoxigraph.RdfFormat.from_extension(path.suffix[1:])
        quads = pyoxigraph.parse(path=str(path), rename_blank_nodes=apart)
        triples = (quad.triple for quad in quads) if told and told.supports_datasets else quads
        while text := pyoxigraph.serialize(islice(triples, ahead.AT_ONCE), format=pyoxigraph.RdfFormat.N_TRIPLES):
            yield text


def _lot(text: bytes) -> _Lot:
    words = _cut(text)
    numbers, firsts = numbered(words)
    return _Lot(packed(words.at(firsts)), numbers)


def _cut(text: bytes) -> Words:
    """Return all subjects, then all predicates, then all objects: only objects have blanks in them."""
    letters = np.frombuffer(text, np.uint8)
    ends = np.flatnonzero(letters == _LINE)
    starts = np.concatenate([[0], ends[:-1] + 1])
    blanks = np.flatnonzero(letters == _BLANK)
    first = np.searchsorted(blanks, starts)
    one, two = blanks[first], blanks[first + 1]
    return Words(text + PAD, np.concatenate([starts, one + 1, two + 1]), np.concatenate([one, two, ends - len(" .")]))


def _joined(lots: Iterable[_Lot]) -> Table:
    every = list(lots)
    sizes = [len(lot.words) for lot in every]
    words, numbers = together([lot.words for lot in every]), [lot.numbers for lot in every]
    every.clear()
    ours, firsts = numbered(words)
    terms = _unescaped(packed(words.at(firsts)))
    del words
    told = np.split(ours, np.cumsum(sizes)[:-1])
    thirds = [mine[lot].reshape(3, -1) for mine, lot in zip(told, numbers, strict=False)]
    triples = np.concatenate(thirds, axis=1) if thirds else np.empty((3, 0), np.int32)
    return Table(Terms(terms), _columns(triples, len(terms)), kinds_of(terms))


def _columns(triples: NDArray[np.int32], size: int) -> dict[int, Pairs]:
    """Return the columns by predicate, sorted and without repeats."""
    subjects, predicates, things = triples
    names = np.flatnonzero(np.bincount(predicates, minlength=size))
    ranks = np.zeros(size, np.uint16 if len(names) <= np.iinfo(np.uint16).max else np.int32)
    ranks[names] = np.arange(len(names))
    order = np.argsort(ranks[predicates], kind="stable")
    bounds = np.cumsum(np.bincount(ranks[predicates], minlength=len(names)))[:-1]
    found: dict[int, Pairs] = {}
    for name, places in zip(names.tolist(), np.split(order, bounds), strict=len(names) > 0):
        keys = unique(subjects[places].astype(np.int64) << 32 | things[places])
        found[name] = (keys >> 32).astype(np.int32), (keys & 0xFFFFFFFF).astype(np.int32)
    return found


def _unescaped(words: Words) -> Words:
    """Return packed terms as this engine writes them; only few have anything escaped."""
    marked = np.flatnonzero(np.frombuffer(words.text, np.uint8) == _ESCAPES)
    if not len(marked):
        return words
    places = np.flatnonzero(np.searchsorted(marked, words.starts) < np.searchsorted(marked, words.ends))
    pieces = zip(places.tolist(), words.at(places).pieces(), strict=True)
    return with_changes(words, {at: _plain(piece) for at, piece in pieces if piece[0] == _QUOTE})


def _plain(word: bytes) -> bytes:
    end = word.rindex(_QUOTE)
    return _ESCAPE.sub(_letter, word[:end].decode()).encode() + word[end:]


def _letter(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _PLAIN.get(match[3], match[3])


def table_of(triples: Iterable[tuple[Term, Term, Term]]) -> Table:
    """Return triples of terms as a table."""
    numbers: dict[Term, int] = {}
    found = [numbers.setdefault(term, len(numbers)) for triple in triples for term in triple]
    terms = words_of([term.encode() for term in numbers])
    return Table(Terms(terms), _columns(np.array(found, np.int32).reshape(-1, 3).T, len(terms)), kinds_of(terms))
