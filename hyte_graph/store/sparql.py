"""Answering SPARQL: Oxigraph by default, rdflib as a second opinion; nothing is fetched, nothing is changed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

import pyoxigraph
import rdflib.plugins.sparql
from rdflib.query import Result

from hyte_graph.errors import LimitError, UsageError
from hyte_graph.messages import say
from hyte_graph.store.answers import Answer, Rows, Triples, Truth
from hyte_graph.store.binding import Bindings, bound, tokens
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.terms import term_of
from hyte_graph.vocabulary import PREFIXES

ENGINES = ("oxigraph", "rdflib")
LONGEST = 200_000
"""Characters of the longest query that is read."""

_LOCK = threading.Lock()  # rdflib's SPARQL parser is not thread-safe
_REFUSED = frozenset({"SERVICE", "LOAD", "INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"})


def answer(
    text: str, dataset: Dataset, bindings: Bindings | None = None, *, limit: int, engine: str = "oxigraph"
) -> Answer:
    """Return the answer to a query.

    Args:
        text: a SPARQL 1.1 query; the prefixes of the project need no PREFIX line.
        dataset: what is asked.
        bindings: values of variables, see `bound`.
        limit: the most rows or triples to hand out.
        engine: "oxigraph" or "rdflib".

    Raises:
        UsageError: the text is no query, changes data or reaches out.
        LimitError: the answer is longer than the limit.
    """
    check_words(text)
    if engine not in ENGINES:
        raise UsageError(say("query-engine-unknown", value=engine, known=", ".join(ENGINES)))
    found: Callable[[str, Dataset, int], Answer] = _oxigraph if engine == "oxigraph" else _rdflib
    return found(bound(text, bindings or {}), dataset, limit)


def check_words(text: str) -> None:
    """Refuse a text that is no Unicode, is too long, changes data or asks another server.

    Raises:
        UsageError: with the word that is refused.
    """
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        raise UsageError(say("query-not-text"))
    if len(text) > LONGEST:
        raise UsageError(say("query-too-long", longest=LONGEST))
    for token in tokens(text):
        word = (token["word"] or "").upper()
        if word in _REFUSED:
            line = text[: token.start()].count("\n") + 1
            raise UsageError(say("query-word-refused", word=word, line=line))


def _oxigraph(text: str, dataset: Dataset, limit: int) -> Answer:
    store = dataset.store
    try:
        found = store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True)
    except (SyntaxError, ValueError, OSError) as error:
        raise UsageError(say("query-not-sparql", detail=_told(error))) from error
    if isinstance(found, pyoxigraph.QuerySolutions):
        names = tuple(item.value for item in found.variables)
        return Rows(names, tuple(tuple(row) for row in _limited(found, limit)))
    if isinstance(found, pyoxigraph.QueryTriples):
        return Triples(tuple(_limited(found, limit)))
    return Truth(bool(found))


def _rdflib(text: str, dataset: Dataset, limit: int) -> Answer:
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False  # FROM must not fetch anything
    with _LOCK:
        try:
            found = dataset.graph.query(text, initNs=dict(PREFIXES))
        except Exception as error:  # pyparsing's and rdflib's own, which have no common class
            raise UsageError(say("query-not-sparql", detail=_told(error))) from error
        return _of_rdflib(found, limit)


def _of_rdflib(found: Result, limit: int) -> Answer:
    if found.type == "SELECT":
        names = tuple(str(name) for name in found.vars or ())
        rows: Iterator[Any] = _limited(found, limit)
        return Rows(names, tuple(tuple(None if item is None else term_of(item) for item in row) for row in rows))
    if found.type == "ASK":
        return Truth(bool(found.askAnswer))
    triples: Iterator[Any] = _limited(found, limit)
    return Triples(tuple(pyoxigraph.Triple(*(term_of(item) for item in triple)) for triple in triples))  # type: ignore[arg-type]


def _limited(found: Iterable[Any], limit: int) -> Iterator[Any]:
    items = iter(found)
    yield from islice(items, limit)
    if next(items, None) is not None:
        raise LimitError(say("query-too-many", limit=limit))


def _told(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
