"""What a query answers: rows, yes or no, or triples; and the formats that hold each."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple

from hyte_graph.errors import LimitError, UsageError
from hyte_graph.messages import say
from hyte_graph.store.rows_json import rows_as_json
from hyte_graph.vocabulary import prefixed

if TYPE_CHECKING:  # rdflib takes longer to import than most queries take
    from rdflib import Graph
    from rdflib.term import Node

Term = NamedNode | BlankNode | Literal

_RESULTS = {"csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV, "xml": QueryResultsFormat.XML}


@dataclass(frozen=True, slots=True, repr=False)
class Rows:
    """The answer to a SELECT query: one tuple of terms a row, None where a variable is unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __repr__(self) -> str:
        return f"Rows({len(self)}: {', '.join(self.variables)})"

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Node]]:
        """Yield each row as a mapping from variable to rdflib term; an unbound variable is left out."""
        from hyte_graph.store.terms import node_of

        for row in self.rows:
            pairs = zip(self.variables, row, strict=True)
            yield {name: node_of(term) for name, term in pairs if term is not None}

    def column(self, variable: str) -> list[str]:
        """Return the values of one variable in the order of the rows, as strings; an unbound one is left out."""
        at = self.variables.index(variable)
        return [row[at].value for row in self.rows if row[at] is not None]  # type: ignore[union-attr]

    def _repr_html_(self) -> str:
        """Return the rows as a table for a notebook."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.variables)
        body = "".join(f"<tr>{''.join(_cell(term) for term in row)}</tr>" for row in self.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def written(self, form: str) -> bytes:
        """Return the rows as json, csv, tsv or xml (SPARQL 1.1 results).

        Raises:
            UsageError: rows have no such format.
        """
        if form == "json":
            return rows_as_json(self.variables, self.rows)
        if form not in _RESULTS:
            raise UsageError(say("query-format-rows", value=form))
        read = pyoxigraph.parse_query_results(rows_as_json(self.variables, self.rows), format=QueryResultsFormat.JSON)
        return read.serialize(format=_RESULTS[form]) or b""


@dataclass(frozen=True, slots=True)
class Truth:
    """The answer to an ASK query."""

    holds: bool

    def __bool__(self) -> bool:
        return self.holds

    def written(self, form: str) -> bytes:
        """Return yes or no as json, csv, tsv or xml."""
        text = json.dumps({"head": {}, "boolean": self.holds}).encode()
        if form == "json":
            return text + b"\n"
        if form not in _RESULTS:
            raise UsageError(say("query-format-rows", value=form))
        read = pyoxigraph.parse_query_results(text, format=QueryResultsFormat.JSON)
        return read.serialize(format=_RESULTS[form]) or b""


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to a CONSTRUCT or DESCRIBE query."""

    triples: tuple[Triple, ...]

    def __len__(self) -> int:
        return len(self.triples)

    @property
    def graph(self) -> Graph:
        """Return the triples as an rdflib graph."""
        from hyte_graph.store.terms import graph_of

        return graph_of(self.triples)

    def written(self, form: str) -> bytes:
        """Return the triples as ttl, jsonld, nt or rdf; the same triples give the same bytes.

        Raises:
            UsageError: triples have no such format.
        """
        from hyte_graph.store.rdf import FORMATS, written

        known = {item.suffix: item for item in FORMATS}
        if form not in known:
            raise UsageError(say("query-format-triples", value=form))
        return written(self.triples, known[form])


Answer = Rows | Truth | Triples


def limited(found: Iterable[Any], limit: int, taken: Callable[[Any], Any] | None = None) -> tuple[Any, ...]:
    """Return what is taken of each item, without a line of Python for one.

    Raises:
        LimitError: there are more.
    """
    items = iter(found)
    kept = tuple(map(taken, islice(items, limit)) if taken else islice(items, limit))
    if next(items, None) is not None:
        raise LimitError(say("query-too-many", limit=limit))
    return kept


def told(error: Exception) -> str:
    """Return what an engine says of a query, on one line that is not too long."""
    return " ".join(str(error).split())[:300]


def term_written(written: str) -> Term:
    """Return the term of an N-Triples form.

    Raises:
        SyntaxError: it is none, or there is more than one.
        ValueError: it has more than one line.
    """
    line = f"<urn:x> <urn:x> {written} .".encode()
    (quad,) = pyoxigraph.parse(line, format=RdfFormat.N_TRIPLES)
    if not isinstance(quad.object, Term):
        raise SyntaxError(written)
    return quad.object


def packed(answer: Answer) -> bytes:
    """Return an answer in the standard form in which it travels between processes."""
    return answer.written("nt" if isinstance(answer, Triples) else "json")


def unpacked(data: bytes, *, is_graph: bool) -> Answer:
    """Return the answer that `packed` wrote."""
    if is_graph:
        return Triples(tuple(quad.triple for quad in pyoxigraph.parse(data, format=RdfFormat.N_TRIPLES)))
    read = pyoxigraph.parse_query_results(io.BytesIO(data), format=QueryResultsFormat.JSON)
    if isinstance(read, pyoxigraph.QuerySolutions):
        return Rows(tuple(item.value for item in read.variables), tuple(tuple(row) for row in read))
    return Truth(bool(read))


def shown(term: Term | None) -> str:
    """Return a term as people read it: the short name of a thing, the value of a literal, nothing for nothing."""
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return prefixed(term.value)
    return f"_:{term.value}" if isinstance(term, BlankNode) else term.value


def _cell(term: Term | None) -> str:
    language = f' lang="{term.language}"' if isinstance(term, Literal) and term.language else ""
    return f"<td{language}>{escape(shown(term))}</td>"
