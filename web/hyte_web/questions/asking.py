"""Asking a saved question, about the law alone or about shipped examples too."""

from __future__ import annotations

import threading
from datetime import date
from functools import lru_cache

from pyoxigraph import Literal, Triple

from hyte_graph.api import graphs_about
from hyte_graph.isolation import Message
from hyte_graph.store.answers import Answer, Rows, Triples, Truth, unpacked
from hyte_graph.store.binding import bound
from hyte_graph.store.clauses import with_prefixes
from hyte_graph.store.questions import Question
from hyte_web.check.examples import examples
from hyte_web.questions.fields import Filled
from hyte_web.site import site
from hyte_web.sparql.service import About, service

_LOCK = threading.Lock()  # one assessment at a time: others want the site too


def rows(question: Question, filled: Filled) -> Rows:
    """Return the answer as rows, see `as_rows`."""
    told = written(question, filled, None)
    return as_rows(unpacked(told.body, is_graph=told.head["is_graph"]))


def as_rows(found: Answer) -> Rows:
    """Return any answer as rows; yes or no is one row, triples are rows of three."""
    if isinstance(found, Truth):
        return Rows(("holds",), ((Literal(bool(found)),),))
    if isinstance(found, Triples):
        return Rows(("subject", "predicate", "object"), tuple(tuple(triple) for triple in found.triples))
    return found


def written(question: Question, filled: Filled, form: str | None) -> Message:
    """Return the answer in a form, see `Service.written`."""
    return service().written(question.sparql, filled.bindings, form=form, about=_about(filled))


def sparql_of(question: Question, filled: Filled) -> str:
    """Return the query with its values and prefixes, as any engine reads it."""
    return with_prefixes(bound(question.sparql, filled.bindings)) + "\n"


def _about(filled: Filled) -> About | None:
    if not filled.about or filled.on is None:
        return None
    with _LOCK:
        graphs = [graph for slug in filled.about for graph in _graphs(slug, filled.on)]
    return About.of(f"{filled.on} {' '.join(filled.about)}", graphs)


@lru_cache(maxsize=32)
def _graphs(slug: str, on: date) -> tuple[tuple[str, list[Triple]], ...]:
    library = site().library
    return tuple(graphs_about(library.read(examples()[slug].path), library.knowledge, on))
