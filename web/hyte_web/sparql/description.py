"""The description of the service (SPARQL 1.1 Service Description), with counts in VoID."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple

from hyte_graph.store.serving import GRAPHS as WRITERS
from hyte_graph.vocabulary import BASE, FOREIGN
from hyte_web.sentences import said
from hyte_web.site import site
from hyte_web.sparql.formats import GRAPHS, RESULTS, Form
from hyte_web.sparql.service import service

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_RDF: Final = FOREIGN["rdf"]
_TYPE: Final = NamedNode(f"{_RDF}type")
_INTEGER: Final = NamedNode(FOREIGN["xsd"] + "integer")
_PREFIXES: Final = {"sd": _SD, "void": _VOID, "dcterms": FOREIGN["dcterms"], "formats": "http://www.w3.org/ns/formats/"}
_LICENCE: Final = NamedNode("https://creativecommons.org/licenses/by/4.0/")

Node = NamedNode | BlankNode


def described(address: str, form: Form) -> bytes:
    """Return the description of the service at an address in a form."""
    return _described(address, form.suffix, service().rows, service().seconds)


@cache
def _described(address: str, suffix: str, rows: int, seconds: float) -> bytes:
    triples = list(_triples(NamedNode(address), site().store, rows, seconds))
    writer: RdfFormat = WRITERS[suffix]
    return pyoxigraph.serialize(triples, format=writer, prefixes=_PREFIXES) or b""


def _triples(here: NamedNode, store: Store, rows: int, seconds: float) -> Iterator[Triple]:
    dataset, default = BlankNode("dataset"), BlankNode("default")
    yield Triple(here, _TYPE, _sd("Service"))
    yield Triple(here, _sd("endpoint"), here)
    yield Triple(here, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(here, _sd("feature"), _sd("UnionDefaultGraph"))
    yield Triple(here, _dct("license"), _LICENCE)
    for language, text in said("sparql-service", rows=rows, seconds=f"{seconds:g}").as_dict().items():
        yield Triple(here, _dct("description"), Literal(text, language=language))
    for form in (*RESULTS, *GRAPHS):
        yield Triple(here, _sd("resultFormat"), NamedNode(form.iri))
    yield Triple(here, _sd("defaultDataset"), dataset)
    yield Triple(dataset, _TYPE, _sd("Dataset"))
    yield Triple(dataset, _TYPE, NamedNode(f"{_VOID}Dataset"))
    yield Triple(dataset, NamedNode(f"{_VOID}sparqlEndpoint"), here)
    yield Triple(dataset, NamedNode(f"{_VOID}uriSpace"), Literal(BASE))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield from _graph(default, store, None)
    for name in sorted(store.named_graphs(), key=str):
        assert isinstance(name, NamedNode)  # noqa: S101
        entry = BlankNode(f"entry-{name.value.rsplit('/', 1)[-1]}")
        graph = BlankNode(f"graph-{name.value.rsplit('/', 1)[-1]}")
        yield Triple(dataset, _sd("namedGraph"), entry)
        yield Triple(entry, _TYPE, _sd("NamedGraph"))
        yield Triple(entry, _sd("name"), name)
        yield Triple(entry, _sd("graph"), graph)
        yield from _graph(graph, store, name)


def _graph(node: Node, store: Store, name: NamedNode | None) -> Iterator[Triple]:
    """Yield what VoID counts of a graph; of the merged graph, each triple once."""
    triples = {quad.triple for quad in store.quads_for_pattern(None, None, None, name)}
    classes = Counter(item.object for item in triples if item.predicate == _TYPE)
    properties = {item.predicate for item in triples}
    yield Triple(node, _TYPE, _sd("Graph"))
    yield Triple(node, _TYPE, NamedNode(f"{_VOID}Dataset"))
    counts = {
        "triples": len(triples),
        "entities": sum(isinstance(item, NamedNode) for item in {triple.subject for triple in triples}),
        "classes": len(classes),
        "properties": len(properties),
        "distinctSubjects": len({item.subject for item in triples}),
        "distinctObjects": len({item.object for item in triples}),
    }
    for key, count in counts.items():
        yield Triple(node, NamedNode(_VOID + key), Literal(str(count), datatype=_INTEGER))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)


def _dct(name: str) -> NamedNode:
    return NamedNode(FOREIGN["dcterms"] + name)
