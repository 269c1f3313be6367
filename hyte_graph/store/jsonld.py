"""Compact JSON-LD 1.1: prefixed names, parts without a name where they belong, lists as lists."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from hyte_graph.vocabulary import FOREIGN, PREFIXES, full, prefixed

_TYPE, _FIRST, _REST, _NIL = (full(f"rdf:{name}") for name in ("type", "first", "rest", "nil"))
_STRING = FOREIGN["xsd"] + "string"


def compacted(triples: Iterable[Triple]) -> str:
    """Return triples as compact JSON-LD; the same triples give the same text."""
    return _Writer(triples).text()


class _Writer:
    def __init__(self, triples: Iterable[Triple]) -> None:
        dataset = pyoxigraph.Dataset(Quad(*triple) for triple in triples)
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
        self._said: dict[object, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for quad in sorted(dataset, key=str):
            self._said[quad.subject][quad.predicate.value].append(quad.object)
        held = Counter(quad.object for quad in dataset if isinstance(quad.object, BlankNode))
        self._nested = {node for node, count in held.items() if count == 1}
        self._prefixes: set[str] = set()

    def text(self) -> str:
        tops = [node for node in self._said if node not in self._nested]
        nodes = [self._node(node) for node in tops]
        context = {"@context": {prefix: PREFIXES[prefix] for prefix in sorted(self._prefixes)}}
        value = context | (nodes[0] if len(nodes) == 1 else {"@graph": nodes})
        return json.dumps(value, ensure_ascii=False, indent=2) + "\n"

    def _node(self, node: object) -> dict[str, Any]:
        name = {} if node in self._nested else {"@id": self._id(node)}
        return name | dict(self._property(key, values) for key, values in sorted(self._said[node].items()))

    def _property(self, predicate: str, values: list[Any]) -> tuple[str, Any]:
        if predicate == _TYPE and all(isinstance(value, NamedNode) for value in values):
            return "@type", _one([self._name(value.value) for value in values])
        return self._name(predicate), _one([self._value(value) for value in values])

    def _value(self, value: Any) -> Any:
        if isinstance(value, Literal):
            return self._literal(value)
        items = self._items(value)
        if items is not None:
            return {"@list": items}
        return self._node(value) if value in self._nested else {"@id": self._id(value)}

    def _literal(self, value: Literal) -> Any:
        if value.language:
            return {"@language": value.language, "@value": value.value}
        kind = value.datatype.value
        return value.value if kind == _STRING else {"@type": self._name(kind), "@value": value.value}

    def _items(self, node: object) -> list[Any] | None:
        """Return the items of a list of which nothing else is said, or None."""
        items = []
        while node != NamedNode(_NIL):
            said = self._said.get(node, {})
            if node not in self._nested or {key: len(values) for key, values in said.items()} != {_FIRST: 1, _REST: 1}:
                return None
            items.append(self._value(said[_FIRST][0]))
            node = said[_REST][0]
        return items

    def _id(self, node: Any) -> str:
        return f"_:{node.value}" if isinstance(node, BlankNode) else self._name(node.value)

    def _name(self, address: str) -> str:
        name = prefixed(address)
        if name != address:
            self._prefixes.add(name.partition(":")[0])
        return name


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
