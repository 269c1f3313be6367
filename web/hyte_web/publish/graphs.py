"""Small graphs about the data, with the vocabularies that only they use."""

from __future__ import annotations

from typing import Final

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, VOID, XSD

from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.store.rdf import Format

SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
DCATAP: Final = Namespace("http://data.europa.eu/r5r/")
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
_NAMES: Final = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "void": VOID,
    "spdx": SPDX,
    "dcatap": DCATAP,
    "vcard": VCARD,
    "xsd": XSD,
}
_RDFLIB = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt", "rdf": "xml"}


def new() -> Graph:
    """Return an empty graph with the prefixes."""
    graph = Graph(bind_namespaces="none")
    for prefix, space in _NAMES.items():
        graph.bind(prefix, space)
    return graph


def say(graph: Graph, node: URIRef, predicate: URIRef, text: Text) -> None:
    """Add a text in three languages."""
    for language in LANGUAGES:
        graph.add((node, predicate, Literal(text.within(language), language)))


def put(graph: Graph, node: URIRef, kind: URIRef) -> URIRef:
    """Add a node of a class and return it."""
    graph.add((node, RDF.type, kind))
    return node


def written(graph: Graph, form: Format) -> bytes:
    """Return a graph without blank nodes in a form; the same graph gives the same bytes."""
    if form.suffix == "nt":
        lines = graph.serialize(format="nt", encoding="utf-8").splitlines(keepends=True)
        return b"".join(sorted(lines))
    if form.suffix == "jsonld":
        context = {prefix: str(space) for prefix, space in _NAMES.items()}
        return graph.serialize(format="json-ld", context=context, sort_keys=True, encoding="utf-8")
    return graph.serialize(format=_RDFLIB[form.suffix], encoding="utf-8")
