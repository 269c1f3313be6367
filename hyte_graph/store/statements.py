"""The triples of one organisation as an index that is only read: what rdflib's graph asks, in a tenth of the time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import Graph
from rdflib.term import Node

import hyte_graph.store.terms  # noqa: F401  from here on, rdflib leaves the text of literals as it is

Statement = tuple[Node, Node, Node]
_Index = dict[Node, dict[Node, list[Node]]]
_NONE: dict[Node, list[Node]] = {}


class Statements:
    """Triples with the questions of `rdflib.Graph` that an assessment asks; the order is that of their coming."""

    def __init__(self, triples: Iterable[Statement], *, are_distinct: bool = False) -> None:
        self._triples = tuple(triples if are_distinct else dict.fromkeys(triples))
        self._objects: _Index = {}
        self._subjects: _Index = {}
        for subject, predicate, thing in self._triples:
            self._objects.setdefault(predicate, {}).setdefault(subject, []).append(thing)

    def __iter__(self) -> Iterator[Statement]:
        return iter(self._triples)

    def __len__(self) -> int:
        return len(self._triples)

    def __contains__(self, triple: tuple[Node, Node, Node | None]) -> bool:
        subject, predicate, thing = triple
        found = self._objects.get(predicate, _NONE).get(subject, ())
        return bool(found) if thing is None else thing in found

    def value(self, subject: Node, predicate: Node) -> Node | None:
        """Return one object, or None."""
        found = self._objects.get(predicate, _NONE).get(subject)
        return found[0] if found else None

    def objects(self, subject: Node | None, predicate: Node) -> Iterator[Node]:
        """Yield the objects of a subject, or of every one."""
        told = self._objects.get(predicate, _NONE)
        if subject is not None:
            yield from told.get(subject, ())
        else:
            yield from (thing for things in told.values() for thing in things)

    def subjects(self, predicate: Node, thing: Node | None = None) -> Iterator[Node]:
        """Yield the subjects that have an object, or any."""
        if thing is None:
            yield from self._objects.get(predicate, _NONE)
        else:
            yield from self._below(predicate).get(thing, ())

    def _below(self, predicate: Node) -> dict[Node, list[Node]]:
        if predicate not in self._subjects:
            found = self._subjects[predicate] = {}
            for subject, things in self._objects.get(predicate, _NONE).items():
                for thing in things:
                    found.setdefault(thing, []).append(subject)
        return self._subjects[predicate]


Readable = Graph | Statements
"""What an assessment reads: either answers the same questions."""
