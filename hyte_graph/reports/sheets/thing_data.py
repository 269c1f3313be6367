"""A thing of the graph as JSON: the same form for every kind of thing.

The form is stable and told on the page docs/show-json.md. Keys of `properties` and `referencedBy` are prefixed names. A
value is a thing (`iri`, `name`, `label`), a literal (`value` with `language` or `datatype`), a part without a name
(`properties`) or a list (`items`).
"""

from __future__ import annotations

import json
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode

from hyte_graph.languages import LANGUAGES
from hyte_graph.store.things import Node, Things, Value
from hyte_graph.vocabulary import full, prefixed

_TYPE, _STRING = full("rdf:type"), full("xsd:string")


def render(address: str, things: Things) -> str:
    """Return what the graph says of a thing, and what points to it, as JSON."""
    return json.dumps(as_value(address, things), ensure_ascii=False, indent=2) + "\n"


def as_value(address: str, things: Things) -> dict[str, Any]:
    """Return what the graph says of a thing, and what points to it, as plain values."""
    types = things.properties(NamedNode(address)).get(_TYPE, [])
    return {
        "iri": address,
        "name": prefixed(address),
        "types": sorted(prefixed(item.value) for item in types if isinstance(item, NamedNode)),
        "label": _label(address, things),
        "properties": _properties(NamedNode(address), things),
        "referencedBy": {
            prefixed(predicate): [_thing(holder, things) for holder in holders]
            for predicate, holders in things.pointing(address).items()
        },
    }


def _label(address: str, things: Things) -> dict[str, str | None]:
    told = things.labels(address)
    return {language: told.get(language) for language in LANGUAGES}


def _thing(address: str, things: Things) -> dict[str, Any]:
    return {"iri": address, "name": prefixed(address), "label": _label(address, things)}


def _properties(node: Node, things: Things) -> dict[str, Any]:
    """Return the values of each property but the type of a named thing, sorted."""
    told = {prefixed(predicate): values for predicate, values in things.properties(node).items()}
    if isinstance(node, NamedNode):
        told.pop("rdf:type", None)
    return {name: sorted((_value(value, things) for value in told[name]), key=_order) for name in sorted(told)}


def _order(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _value(value: Value, things: Things) -> dict[str, Any]:
    if isinstance(value, Literal):
        return _literal(value)
    items = things.items(value)
    if items is not None:
        return {"items": [_value(item, things) for item in items]}
    if isinstance(value, BlankNode):
        return {"properties": _properties(value, things)}
    return _thing(value.value, things)


def _literal(value: Literal) -> dict[str, Any]:
    if value.language:
        return {"value": value.value, "language": value.language}
    plain = value.datatype.value == _STRING
    return {"value": value.value} if plain else {"value": value.value, "datatype": prefixed(value.datatype.value)}
