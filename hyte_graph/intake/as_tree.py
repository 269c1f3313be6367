"""The graph of a description as the tree that YAML of the same content gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from hyte_graph.intake.description import CLASS_OF_SECTION, Description
from hyte_graph.intake.workbook.layout import ORGANISATION, Sheet, address, codes, sheets, top_keys
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import HYTE as OWN
from hyte_graph.vocabulary import slug

_DIGITS = re.compile(r"(\d+)")
_FORM = {sheet.name: sheet for sheet in sheets()}


def as_tree(description: Description) -> dict[str, Any]:
    """Return the tree of a description; what the form has no key for is left out (compare the graphs to see it)."""
    graph, node = description.graph, description.iri
    reader = _Reader(graph)
    organisation = URIRef(str(graph.value(node, HYTE.describes)))
    whole = _FORM[ORGANISATION]
    value = {word: inner for word, inner in reader.values(node, whole).items() if word in top_keys()}
    own = {word: inner for word, inner in reader.values(organisation, whole).items() if word not in top_keys()}
    value[ORGANISATION] = {"id": slug(str(organisation)), **own}
    for sheet in sheets():
        if len(sheet.path) == 1 and sheet.name != ORGANISATION:
            things = (item for item in graph.subjects(HYTE.isStatedIn, node) if reader.is_of(item, sheet))
            value[sheet.name] = [reader.item(item, sheet) for item in _sorted(things)]
    return value


def _sorted(things: Iterator[Node]) -> list[Node]:
    """Return things by their ids, x2 before x10."""
    return sorted(
        set(things),
        key=lambda node: [(len(part), part) if part.isdigit() else (0, part) for part in _DIGITS.split(str(node))],
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    graph: Graph

    def is_of(self, node: Node, sheet: Sheet) -> bool:
        """Return whether a thing belongs to a part, by its class."""
        kinds = _kinds(sheet)
        own = OWN + CLASS_OF_SECTION[sheet.path[-1]]
        return any(str(kind) in kinds or str(kind) == own for kind in self.graph.objects(node, RDF.type))

    def item(self, node: Node, sheet: Sheet) -> dict[str, Any]:
        """Return a thing with its id, its kind and what belongs to it."""
        kinds = _kinds(sheet)
        found = [kinds[str(kind)] for kind in self.graph.objects(node, RDF.type) if str(kind) in kinds]
        kind = {"kind": found[0]} if found else {}
        value = {"id": slug(str(node)), **kind, **self.values(node, sheet)}
        for word, key in sheet.keys.items():
            if key.part is not None:
                inner = _FORM[f"{sheet.name}.{word}"]
                value[word] = [
                    self.item(thing, inner) for thing in _sorted(self._below(node, sheet.terms[word], inner))
                ]
        return value

    def _below(self, node: Node, term: Mapping[str, Any], inner: Sheet) -> Iterator[Node]:
        predicate = URIRef(address(term))
        near = self.graph.subjects(predicate, node) if "@reverse" in term else self.graph.objects(node, predicate)
        return (thing for thing in near if self.is_of(thing, inner))

    def values(self, node: Node, sheet: Sheet) -> dict[str, Any]:
        """Return the plain values of a thing by key, in the order of the form."""
        found: dict[str, Any] = {}
        for word, key in sheet.keys.items():
            term = sheet.terms[word]
            if key.part is not None or isinstance(term, str):
                continue
            known = {place: code for code, place in reversed(codes(sheet, key).items())}
            objects = self.graph.objects(node, URIRef(address(term)))
            told = sorted(_plain(item, known) for item in objects if _fits(item, term))
            if told:
                found[word] = told[0] if len(told) == 1 else told
        return found


def _kinds(sheet: Sheet) -> dict[str, str]:
    """Return the kind of a part by the IRI of its class."""
    return {place: code for code, place in codes(sheet, sheet.keys["kind"]).items()} if "kind" in sheet.keys else {}


def _fits(node: Node, term: Mapping[str, Any]) -> bool:
    """Return whether a value is in the language of a key, or in none where the key has none."""
    return not isinstance(node, Literal) or node.language == term.get("@language")


def _plain(node: Node, known: Mapping[str, str]) -> str:
    if isinstance(node, Literal):
        return str(node)
    return known.get(str(node), slug(str(node)))
