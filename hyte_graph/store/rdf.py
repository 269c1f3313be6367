"""The graph as data: describing one thing, writing triples in the formats that people ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, Triple

from hyte_graph.store.jsonld import compacted
from hyte_graph.store.knowledge import parse_file
from hyte_graph.vocabulary import PREFIXES


@dataclass(frozen=True, slots=True)
class Format:
    """A format of RDF: its name, the suffix of its addresses and its media type."""

    name: str
    suffix: str
    media_type: str
    engine: RdfFormat


FORMATS = (
    Format("Turtle", "ttl", "text/turtle", RdfFormat.TURTLE),
    Format("JSON-LD", "jsonld", "application/ld+json", RdfFormat.JSON_LD),
    Format("N-Triples", "nt", "application/n-triples", RdfFormat.N_TRIPLES),
    Format("RDF/XML", "rdf", "application/rdf+xml", RdfFormat.RDF_XML),
)
"""The formats; the first is for those who take anything."""


def described(store: Store, address: str) -> list[Triple]:
    """Return the concise bounded description of a thing: its triples, and those of blank nodes that they reach."""
    return list(_described(store, NamedNode(address), set()))


def _described(store: Store, node: NamedNode | BlankNode, seen: set[object]) -> Iterator[Triple]:
    seen.add(node)
    for quad in store.quads_for_pattern(node, None, None):
        yield quad.triple
        if isinstance(quad.object, BlankNode) and quad.object not in seen:
            yield from _described(store, quad.object, seen)


def file_triples(path: Path) -> list[Triple]:
    """Return the triples of one Turtle file."""
    return [quad.triple for quad in parse_file(path)]


def written(triples: Iterable[Triple], form: Format) -> bytes:
    """Return triples in a format; the same triples give the same bytes, Turtle canonical and JSON-LD compact."""
    dataset = pyoxigraph.Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    ordered = sorted((quad.triple for quad in dataset), key=str)
    if form.engine == RdfFormat.TURTLE:
        from hyte_graph.store.turtle import serialise

        return serialise(ordered).encode()
    if form.engine == RdfFormat.JSON_LD:
        return compacted(ordered).encode()
    return pyoxigraph.serialize(ordered, format=form.engine, prefixes=_used(ordered)) or b""


def _used(triples: list[Triple]) -> dict[str, str]:
    """Return the prefixes of the predicates; RDF/XML declares all that it is given."""
    spaces = {triple.predicate.value[: _cut(triple.predicate.value)] for triple in triples}
    return {prefix: space for prefix, space in PREFIXES.items() if space in spaces}


def _cut(address: str) -> int:
    return max(address.rfind("#"), address.rfind("/")) + 1
