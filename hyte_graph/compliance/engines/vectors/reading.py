"""Files of RDF as a table: Oxigraph reads and checks them, and hands them on as lines that are cut and numbered."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

import numpy as np
import pyoxigraph

from hyte_graph.compliance.engines.compiled.terms import Term
from hyte_graph.compliance.engines.vectors.table import Pairs, Table, kinds_of
from hyte_graph.compliance.engines.vectors.terms import Numbers, Terms

_AT_ONCE = 200_000  # triples; what is on the way stays small however large the file
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PLAIN = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def read_table(paths: Sequence[Path], kind: pyoxigraph.RdfFormat | None = None) -> Table:
    """Return the triples of files; blank nodes of several files are kept apart.

    Raises:
        SyntaxError: a file is not sound RDF.
        OSError: a file cannot be read.
    """
    was_on = gc.isenabled()
    gc.disable()  # millions of strings that stay: looking through them for garbage would only take time
    try:
        return _numbered(_lines(paths, kind))
    finally:
        if was_on:
            gc.enable()


def _lines(paths: Sequence[Path], kind: pyoxigraph.RdfFormat | None) -> Iterator[list[str]]:
    """Yield the triples as lines of N-Triples, some at a time."""
    for path in paths:
        quads = pyoxigraph.parse(path=str(path), format=kind, rename_blank_nodes=len(paths) > 1)
        is_dataset = kind is not None and kind.supports_datasets
        while some := list(islice(quads, _AT_ONCE)):
            triples = (quad.triple for quad in some) if is_dataset else some
            text = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
            yield (text or b"").decode().split(" .\n")[:-1]


def _numbered(lines: Iterator[list[str]]) -> Table:
    numbers: dict[str, int] = {}
    blocks: list[tuple[Numbers, Numbers, Numbers]] = []
    for some in lines:
        words = list(chain.from_iterable([line.split(" ", 2) for line in some]))
        for word in dict.fromkeys(words):
            if word not in numbers:
                numbers[word] = len(numbers)
        found = np.fromiter(map(numbers.__getitem__, words), np.int32, len(words)).reshape(-1, 3)
        blocks.append((found[:, 0].copy(), found[:, 1].copy(), found[:, 2].copy()))
    columns = _columns(*(np.concatenate(column) for column in zip(*blocks, strict=True))) if blocks else {}
    terms, known = _unescaped(numbers)
    return Table(Terms(terms, known), columns, kinds_of(terms, len(terms)))


def _columns(subjects: Numbers, predicates: Numbers, things: Numbers) -> dict[int, Pairs]:
    """Return the columns by predicate, sorted and without repeats."""
    order = np.argsort(predicates, kind="stable")
    sorted_ = predicates[order]
    names, starts = np.unique(sorted_, return_index=True)
    found: dict[int, Pairs] = {}
    for name, places in zip(names.tolist(), np.split(order, starts[1:]), strict=True):
        keys = np.unique(subjects[places].astype(np.int64) << 32 | things[places])
        found[name] = (keys >> 32).astype(np.int32), (keys & 0xFFFFFFFF).astype(np.int32)
    return found


def _unescaped(numbers: dict[str, int]) -> tuple[list[Term], dict[Term, int]]:
    """Return the terms as this engine writes them; only few have anything escaped."""
    terms = list(numbers)
    for at, word in enumerate(terms):
        if "\\" in word and word[0] == '"':
            end = word.rindex('"')
            term = _ESCAPE.sub(_letter, word[:end]) + word[end:]
            del numbers[word]
            terms[at] = term
            numbers[term] = at
    return terms, numbers


def _letter(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _PLAIN.get(match[3], match[3])


def table_of(triples: Iterable[tuple[Term, Term, Term]]) -> Table:
    """Return triples of terms as a table."""
    numbers: dict[Term, int] = {}
    words = [numbers.setdefault(term, len(numbers)) for triple in triples for term in triple]
    found = np.array(words, np.int32).reshape(-1, 3)
    columns = _columns(found[:, 0], found[:, 1], found[:, 2]) if words else {}
    terms = list(numbers)
    return Table(Terms(terms, numbers), columns, kinds_of(terms, len(terms)))
