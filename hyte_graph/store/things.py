"""What the graph says of any thing, and what points to it: the ontology and the rules together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from hyte_graph.languages import LANGUAGES
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.names import meant
from hyte_graph.store.rdf import described
from hyte_graph.vocabulary import full

Node: TypeAlias = NamedNode | BlankNode
Value: TypeAlias = NamedNode | BlankNode | Literal

LABELS = ("skos:prefLabel", "rdfs:label", "dcterms:title")
_FIRST, _REST, _NIL = (NamedNode(full(name)) for name in ("rdf:first", "rdf:rest", "rdf:nil"))


class Things:
    """The things of the graph, read when first asked for."""

    def __init__(self, knowledge: Knowledge, store: Store | None = None) -> None:
        """Take the knowledge, and the store of its data where one has been built already."""
        self._store = Dataset(knowledge).store if store is None else store

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Return the IRIs of all things of which something is said."""
        return frozenset(quad.subject.value for quad in self._store if isinstance(quad.subject, NamedNode))

    def meant(self, name: str) -> str:
        """Return the IRI of the thing that a name stands for.

        Raises:
            UsageError: there is no such thing, or several share the name.
        """
        return meant(name, self.addresses)

    def described(self, address: str) -> list[Triple]:
        """Return the concise bounded description of a thing."""
        return described(self._store, address)

    def properties(self, node: Node) -> dict[str, list[Value]]:
        """Return what is said of a node: the values of each property, by the IRI of the property."""
        found: dict[str, list[Value]] = defaultdict(list)
        for quad in self._store.quads_for_pattern(node, None, None):
            found[quad.predicate.value].append(quad.object)  # type: ignore[arg-type]
        return dict(found)

    def pointing(self, address: str) -> dict[str, list[str]]:
        """Return the things that point to a thing, sorted, by the IRI of the property; also out of parts of theirs."""
        found: dict[str, set[str]] = defaultdict(set)
        for quad in self._store.quads_for_pattern(None, None, NamedNode(address)):
            for predicate, holder in self._holders(quad, set()):
                found[predicate].add(holder)
        return {predicate: sorted(holders) for predicate, holders in sorted(found.items())}

    def _holders(self, quad: Quad, seen: set[object]) -> Iterator[tuple[str, str]]:
        """Yield the property and the thing that a triple belongs to, through parts without a name and lists."""
        if isinstance(quad.subject, NamedNode):
            yield quad.predicate.value, quad.subject.value
        elif quad.subject not in seen:
            seen.add(quad.subject)
            for above in self._store.quads_for_pattern(None, None, quad.subject):
                for predicate, holder in self._holders(above, seen):
                    yield (predicate if quad.predicate in (_FIRST, _REST) else quad.predicate.value), holder

    def items(self, node: Value) -> list[Value] | None:
        """Return the items of an RDF list, or None where a node is no list."""
        if node == _NIL:
            return []
        said = {} if isinstance(node, Literal) else self.properties(node)
        if _FIRST.value not in said:
            return None
        return [*said[_FIRST.value], *(item for rest in said.get(_REST.value, ()) for item in self.items(rest) or ())]

    def labels(self, address: str) -> dict[str, str]:
        """Return the label of a thing in each language that it has one in; the languages in the order fi, sv, en."""
        for predicate in LABELS:
            quads = self._store.quads_for_pattern(NamedNode(address), NamedNode(full(predicate)), None)
            told = _by_language(quad.object for quad in quads)
            if told:
                return {language: told[language] for language in LANGUAGES if language in told}
        return {}


def _by_language(values: Iterable[object]) -> dict[str, str]:
    literals = [value for value in values if isinstance(value, Literal)]
    return {literal.language or "": literal.value for literal in sorted(literals, key=str, reverse=True)}
