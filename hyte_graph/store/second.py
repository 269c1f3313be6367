"""rdflib as a second opinion on a query; imported only when it is asked, since it takes long to import."""

from __future__ import annotations

import threading
from collections.abc import Iterable

import pyoxigraph
import rdflib.plugins.sparql
from rdflib.query import Result
from rdflib.term import Node

from hyte_graph.errors import UsageError
from hyte_graph.messages import say
from hyte_graph.store.answers import Answer, Rows, Term, Triples, Truth, limited, told
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.terms import term_of
from hyte_graph.vocabulary import PREFIXES

_LOCK = threading.Lock()  # rdflib's SPARQL parser is not thread-safe


def answer_by_rdflib(text: str, dataset: Dataset, limit: int) -> Answer:
    """Return rdflib's answer to a query on the whole of the data.

    Raises:
        UsageError: the text is no query.
        LimitError: the answer is longer than the limit.
    """
    rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False  # FROM must not fetch anything
    with _LOCK:
        try:
            found = dataset.graph.query(text, initNs=dict(PREFIXES))
        except Exception as error:  # pyparsing's and rdflib's own, which have no common class
            raise UsageError(say("query-not-sparql", detail=told(error))) from error
        return _of_rdflib(found, limit)


def _of_rdflib(found: Result, limit: int) -> Answer:
    if found.type == "SELECT":
        names = tuple(str(name) for name in found.vars or ())
        return Rows(names, limited(found, limit, _row))
    if found.type == "ASK":
        return Truth(bool(found.askAnswer))
    return Triples(limited(found, limit, _triple))


def _row(row: Iterable[Node | None]) -> tuple[Term | None, ...]:
    return tuple(None if item is None else term_of(item) for item in row)


def _triple(triple: Iterable[Node]) -> pyoxigraph.Triple:
    return pyoxigraph.Triple(*map(term_of, triple))  # type: ignore[arg-type]
