"""Data as columns: every term is a number, every predicate a table from subjects to objects and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from typing import TYPE_CHECKING

import pyoxigraph

from hyte_graph.compliance.engines.compiled.terms import SUBCLASS_OF, TYPE, Term, triple_of

if TYPE_CHECKING:
    from rdflib.term import Node

Table = Mapping[int, Collection[int]]
_NOTHING: Table = {}


class Columns:
    """The triples of one graph over numbered terms; terms of the shapes that the data lack get numbers too."""

    def __init__(self, triples: Iterable[tuple[Term, Term, Term]]) -> None:
        self.terms: list[Term] = []
        self._numbers: dict[Term, int] = {}
        self._rows: dict[int, set[tuple[int, int]]] = defaultdict(set)
        self._forward: dict[int, Table] = {}
        self._backward: dict[int, Table] = {}
        self._instances: dict[int, frozenset[int]] = {}
        number = self.number
        for subject, predicate, thing in triples:
            self._rows[number(predicate)].add((number(subject), number(thing)))

    @classmethod
    def of_graph(cls, graph: Iterable[tuple[Node, Node, Node]]) -> Columns:
        """Return the columns of a graph of rdflib, or of its triples."""
        from hyte_graph.compliance.engines.compiled.rdflib_terms import of_rdflib

        known: dict[Node, Term] = {}

        def term(node: Node) -> Term:
            found = known.get(node)
            if found is None:
                found = known[node] = of_rdflib(node)
            return found

        return cls((term(triple[0]), term(triple[1]), term(triple[2])) for triple in graph)

    @classmethod
    def of_quads(cls, quads: Iterable[pyoxigraph.Quad | pyoxigraph.Triple]) -> Columns:
        """Return the columns of quads of Oxigraph; the names of graphs are dropped."""
        return cls(map(triple_of, quads))

    def number(self, term: Term) -> int:
        """Return the number of a term; a new term gets the next one."""
        found = self._numbers.get(term)
        if found is None:
            found = self._numbers[term] = len(self.terms)
            self.terms.append(term)
        return found

    def knows(self, term: Term) -> bool:
        """Return whether a term has a number: no triple holds one that has none."""
        return term in self._numbers

    def predicates(self) -> list[int]:
        """Return the numbers of all predicates, in the order of their terms."""
        return sorted(self._rows, key=self.terms.__getitem__)

    def forward(self, predicate: int) -> Table:
        """Return the objects of a predicate by subject."""
        return self._table(self._forward, predicate, swapped=False)

    def backward(self, predicate: int) -> Table:
        """Return the subjects of a predicate by object."""
        return self._table(self._backward, predicate, swapped=True)

    def _table(self, made: dict[int, Table], predicate: int, *, swapped: bool) -> Table:
        if predicate not in self._rows:
            return _NOTHING
        if predicate not in made:
            table: dict[int, list[int]] = {}
            for subject, thing in self._rows[predicate]:
                key, value = (thing, subject) if swapped else (subject, thing)
                table.setdefault(key, []).append(value)
            made[predicate] = table
        return made[predicate]

    def instances(self, kind: int) -> Set[int]:
        """Return the SHACL instances of a class: of it or of a subclass that the data name (SHACL 1.1)."""
        if kind not in self._instances:
            typed = self.backward(self.number(TYPE))
            below = self._below(kind)
            self._instances[kind] = frozenset(node for item in below for node in typed.get(item, ()))
        return self._instances[kind]

    def _below(self, kind: int) -> set[int]:
        subclasses = self.backward(self.number(SUBCLASS_OF))
        found, waiting = {kind}, [kind]
        while waiting:
            new = set(subclasses.get(waiting.pop(), ())) - found
            found |= new
            waiting += new
        return found

    def triples(self, predicates: Set[Term] | None = None) -> Iterator[tuple[Term, Term, Term]]:
        """Yield the triples; only those of some predicates, if told."""
        terms = self.terms
        for predicate, rows in self._rows.items():
            if predicates is None or terms[predicate] in predicates:
                for subject, thing in rows:
                    yield terms[subject], terms[predicate], terms[thing]

    def __iter__(self) -> Iterator[tuple[Term, Term, Term]]:
        yield from self.triples()

    def __len__(self) -> int:
        return sum(map(len, self._rows.values()))
