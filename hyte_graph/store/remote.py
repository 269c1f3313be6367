"""The graph in another store that speaks the SPARQL 1.1 Protocol: the same queries, the same answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Final, TypeVar

import pyoxigraph
from pyoxigraph import RdfFormat

from hyte_graph.errors import LimitError, RemoteError
from hyte_graph.messages import say
from hyte_graph.store.answers import Answer, Rows, Term, Triples, Truth, unpacked
from hyte_graph.store.binding import bound
from hyte_graph.store.clauses import form_of, names_graphs, with_graphs
from hyte_graph.store.request import Reply, posted
from hyte_graph.store.sparql import WHOLE, Scope, check_graphs, check_words
from hyte_graph.vocabulary import BASE, PREFIXES

_ROWS: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
_CAPS: Final = ("X-SPARQL-MaxRows",)  # how Virtuoso tells that it cuts answers
_GRAPHS: Final = f'SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{BASE}")) }}'
_WHOLE: Final = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_MERGED: Final = (
    "SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { "
    f'GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{BASE}")) }} }}'
)
_TRUTH: Final = "__ASK_RETVAL"  # how Virtuoso tells yes or no: as a row
_PATIENCE: Final = 60.0  # seconds for asking which graphs there are
_T = TypeVar("_T")


class Remote:
    """A store behind an address; what it cannot do or cuts off is an error, never a smaller answer."""

    def __init__(self, address: str) -> None:
        """Name the address of the query service of a store."""
        self.address = address

    @cached_property
    def graphs(self) -> frozenset[str]:
        """Return the graphs of this project that the store holds.

        Raises:
            RemoteError: it cannot be asked, or holds none.
        """
        found = self._rows(self._sent(_GRAPHS, (), (), _ROWS, _PATIENCE))
        names = frozenset(found.column("g")) if isinstance(found, Rows) else frozenset[str]()
        if not names:
            raise RemoteError(say("remote-empty", address=self.address))
        return names

    @cached_property
    def _is_whole(self) -> bool:
        """Return whether the default graph of the store is all graphs of the project merged, and nothing else.

        Naming each graph is right in every store, but slows many down.
        """
        return self._counts(_WHOLE) == self._counts(_MERGED)

    def _check_from(self) -> None:
        """Refuse to ask single graphs of a store that would answer from all of them instead."""
        one = with_graphs(_WHOLE, [min(self.graphs)], ())
        if len(self.graphs) > 1 and self._counts(one) == self._counts(_WHOLE):
            raise RemoteError(say("remote-ignores-from", address=self.address))

    def _counts(self, text: str) -> Answer:
        return self._rows(self._sent(text, (), (), _ROWS, _PATIENCE))

    def answer(
        self,
        text: str,
        bindings: Mapping[str, Term],
        *,
        seconds: float,
        limit: int,
        engine: str = "oxigraph",  # noqa: ARG002  # the store is the engine
        scope: Scope = WHOLE,
    ) -> Answer:
        """Return the answer to a query; without FROM, all graphs of the project are asked as one.

        Raises:
            UsageError: the text is no query, changes data, reaches out, or names a graph that is not there.
            LimitError: it took longer than `seconds`, or the answer is longer than `limit`.
            RemoteError: the store does not answer as it should.
        """
        check_words(text)
        check_graphs(text, scope, self.graphs.__contains__)
        filled = bound(text, bindings)
        if scope.is_given or names_graphs(text):
            self._check_from()
        default: tuple[str, ...] = ()
        named: tuple[str, ...] = ()
        if scope.is_given:
            default, named = scope.default, scope.named
        elif not names_graphs(text) and not self._is_whole:
            filled = with_graphs(filled, sorted(self.graphs), sorted(self.graphs))
        is_graph = form_of(text) in ("CONSTRUCT", "DESCRIBE")
        sent = self._complete(filled, scope)
        reply = self._sent(sent, default, named, _TRIPLES if is_graph else _ROWS, seconds)
        found = self._triples(reply) if is_graph else self._rows(reply)
        _check(found, limit)
        return found

    def _complete(self, text: str, scope: Scope) -> str:
        """Return a query with the prefixes of the project before it, on one line, so that no line number changes."""
        base = f"BASE <{scope.base}> " if scope.base else ""
        return base + " ".join(f"PREFIX {name}: <{space}>" for name, space in PREFIXES.items()) + " " + text

    def _sent(self, text: str, default: tuple[str, ...], named: tuple[str, ...], accept: str, seconds: float) -> Reply:
        fields = [("query", text), *(("default-graph-uri", name) for name in default)]
        return posted(self.address, [*fields, *(("named-graph-uri", name) for name in named)], accept, seconds)

    def _rows(self, reply: Reply) -> Answer:
        found = self._understood(reply, lambda: unpacked(reply.body, is_graph=False))
        if isinstance(found, Rows) and found.variables == (_TRUTH,):
            return Truth(found.column(_TRUTH) == ["1"])
        caps = [int(reply.headers[name]) for name in _CAPS if reply.headers.get(name, "").isdigit()]
        if isinstance(found, Rows) and any(len(found) >= cap for cap in caps):
            raise LimitError(say("remote-cut", address=self.address, count=len(found)))
        return found

    def _triples(self, reply: Reply) -> Answer:
        form = RdfFormat.from_media_type(reply.media_type) or RdfFormat.N_TRIPLES
        quads = self._understood(reply, lambda: list(pyoxigraph.parse(reply.body, format=form)))
        return Triples(tuple(quad.triple for quad in quads))

    def _understood(self, reply: Reply, read: Callable[[], _T]) -> _T:
        try:
            return read()
        except (SyntaxError, ValueError, KeyError, json.JSONDecodeError) as error:
            told = reply.media_type or "?"
            raise RemoteError(say("remote-unreadable", address=self.address, detail=told)) from error


def _check(found: Answer, limit: int) -> None:
    if isinstance(found, Rows | Triples) and len(found) > limit:
        raise LimitError(say("query-too-many", limit=limit))
