"""What answers the queries of constraints: Oxigraph over the columns, asked for all focus nodes at once or for each.

The rung that each query took is kept: "set" (all at once), "focus" (each by itself) or "pyshacl" (see `fallback`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from hyte_graph.compliance.engines.compiled.columns import Columns
from hyte_graph.compliance.engines.compiled.terms import Term, is_iri, is_literal, of_oxigraph, parts, to_oxigraph
from hyte_graph.errors import UndecidedError
from hyte_graph.messages import say

if TYPE_CHECKING:
    from hyte_graph.compliance.engines.compiled.plan import Plan
    from hyte_graph.compliance.engines.compiled.sparql.query import Query
    from hyte_graph.compliance.engines.compiled.sparql.sets import SetForm

Row = dict[str, Term]

SHAPES_GRAPH = "<urn:x-shacl:shapes>"
_NOBODY = "<urn:x-shacl:nobody>"
_PLAIN = ("string", "langString", "anyURI")
_FEW = 500  # focus nodes that are named in the query itself; more are picked from the answer


class Queries:
    """The data of one run as stores, each filled when the first query is asked that sees its predicates."""

    def __init__(self, data: Columns, plan: Plan) -> None:
        self.data = data
        self.plan = plan
        self._stores: dict[frozenset[Term] | None, Store | None] = {}

    def answers(self, query: Query) -> bool:
        """Return whether the store may answer a query: it takes and keeps the terms, and can read the query."""
        try:
            store = self._store(query)
            if store is not None:
                store.query(query.text({"this": _NOBODY, "value": _NOBODY}))
        except (SyntaxError, ValueError):
            return False
        return store is not None

    def _store(self, query: Query) -> Store | None:
        """Return a store with what a query can see; None where it would not keep the terms as written."""
        key = None if query.reads_shapes else query.touched
        if key not in self._stores:
            triples = list(self.data.triples(key))
            self._stores[key] = self._filled(triples) if keeps_terms(triples) else None
        return self._stores[key]

    def _filled(self, triples: Iterable[tuple[Term, Term, Term]]) -> Store:
        store, graph = Store(), DefaultGraph()
        store.extend(_quad(triple, graph) for triple in triples)
        if any(one.reads_shapes for shape in self.plan.shapes.values() for one in shape.constraints):
            name = to_oxigraph(SHAPES_GRAPH)
            store.extend(_quad(triple, name) for triple in self.plan.source)
        return store

    def all_at_once(self, query: Query, form: SetForm, focus: Set[int]) -> Iterator[tuple[int, Row]]:
        """Yield the focus node and the row of every solution, all asked for together."""
        terms = self.data.terms
        named = [terms[node] for node in focus] if len(focus) <= _FEW else []
        start = f"VALUES ?this {{ {' '.join(named)} }} " if named and all(map(is_iri, named)) else ""
        rows = self._rows(query, form, f"{start}{form.body}")
        for check in form.checks:
            further = set(self._rows(query, form, f"{start}{check.body}", distinct="DISTINCT "))
            rows = [row for row in rows if (row in further) != check.is_negated]
        places = {name: at for at, name in enumerate(form.columns)}
        chosen = [places.get(name) for name in form.projected]
        for row in dict.fromkeys(tuple(None if at is None else row[at] for at in chosen) for row in rows):
            told = {name: term for name, term in zip(form.projected, row, strict=True) if term is not None}
            node = self.data.number(told["this"])
            if node in focus:
                yield node, told

    def _rows(self, query: Query, form: SetForm, body: str, distinct: str = "") -> list[tuple[Term | None, ...]]:
        names = " ".join(f"?{name}" for name in form.columns)
        text = f"{query.prefixes}SELECT {distinct}{names} WHERE {{ {body} }}"
        return [tuple(None if term is None else of_oxigraph(term) for term in row) for row in self._select(query, text)]

    def one_by_one(self, query: Query, focus: Set[int]) -> Iterator[tuple[int, Row]]:
        """Yield the focus node and the row of every solution, asked for each focus node by itself."""
        for node in focus:
            found = self._select(query, query.text({"this": self.data.terms[node]}))
            names = [variable.value for variable in found.variables]
            rows = (tuple((name, of_oxigraph(row[name])) for name in names if row[name] is not None) for row in found)
            for row in dict.fromkeys(rows):
                yield node, dict(row)

    def ask(self, query: Query, focus: int, value: int) -> bool:
        """Return the answer of an ASK query for a focus node and a value node."""
        bound = {"this": self.data.terms[focus], "value": self.data.terms[value]}
        return bool(self._answer(query, query.text(bound)))

    def _select(self, query: Query, text: str) -> pyoxigraph.QuerySolutions:
        found = self._answer(query, text)
        if not isinstance(found, pyoxigraph.QuerySolutions):
            raise UndecidedError(say("query-failed", detail="SELECT"))
        return found

    def _answer(self, query: Query, text: str) -> object:
        try:
            return (self._store(query) or Store()).query(text)
        except (SyntaxError, ValueError, OSError) as error:
            raise UndecidedError(say("query-failed", detail=str(error)[:300])) from error


def keeps_terms(triples: Iterable[tuple[Term, Term, Term]]) -> bool:
    """Return whether a store hands back every literal as written: it makes `01` a `1`, which is another term."""
    things = {thing for _, _, thing in triples if is_literal(thing)}
    typed = [term for term in things if not parts(term)[1].endswith(_PLAIN)]
    trial, predicate = Store(), NamedNode("urn:x-trial:is")
    subjects = (NamedNode(f"urn:x-trial:{at}") for at in range(len(typed)))
    trial.extend(Quad(subject, predicate, to_oxigraph(term)) for subject, term in zip(subjects, typed, strict=True))
    return {of_oxigraph(quad.object) for quad in trial} == set(typed)


def _quad(triple: Iterable[Term], graph: object) -> Quad:
    subject, predicate, thing = map(to_oxigraph, triple)
    return Quad(subject, predicate, thing, graph)  # type: ignore[arg-type]
