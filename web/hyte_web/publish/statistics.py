"""How much the data hold, by class and property (VoID)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import NamedNode
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, VOID

from hyte_graph.store.rdf import Format
from hyte_graph.vocabulary import BASE, FOREIGN, full, prefixed
from hyte_web.forms import LICENCE
from hyte_web.publish import graphs
from hyte_web.publish.catalogue import DATASET
from hyte_web.publish.dumps import dumps
from hyte_web.publish.graphs import put, say
from hyte_web.sentences import said
from hyte_web.site import Site

_TYPE = NamedNode(full("rdf:type"))
_USED = ("rdf", "rdfs", "owl", "skos", "sh", "eli", "dcterms", "prov", "org")


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of the data: distinct triples, and how often each class and property is used."""

    triples: int
    subjects: int
    classes: tuple[tuple[str, int], ...]  # the most used first
    properties: tuple[tuple[str, int], ...]


@lru_cache(maxsize=1)
def figures(site: Site) -> Figures:
    """Return the counts; a triple that stands in two modules counts once."""
    triples = {quad.triple for quad in site.store.quads_for_pattern(None, None, None)}
    classes = (item.object for item in triples if item.predicate == _TYPE)
    kinds = Counter(node.value for node in classes if isinstance(node, NamedNode))
    used = Counter(item.predicate.value for item in triples)
    return Figures(len(triples), len({item.subject for item in triples}), _ranked(kinds), _ranked(used))


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def written(site: Site, base: str, form: Format) -> bytes:
    """Return the description of the data set in a form."""
    return graphs.written(_graph(site, base), form)


@lru_cache(maxsize=4)
def _graph(site: Site, base: str) -> Graph:
    told, graph = figures(site), graphs.new()
    put(graph, DATASET, VOID.Dataset)
    say(graph, DATASET, DCTERMS.title, said("data-set"))
    graph.add((DATASET, DCTERMS.license, URIRef(LICENCE)))
    graph.add((DATASET, VOID.uriSpace, Literal(f"{BASE}id/")))
    graph.add((DATASET, VOID.sparqlEndpoint, URIRef(f"{base}/sparql")))
    graph.add((DATASET, VOID.exampleResource, URIRef(f"{BASE}id/law/2021-612")))
    counts = ((VOID.triples, told.triples), (VOID.distinctSubjects, told.subjects))
    sizes = ((VOID.classes, len(told.classes)), (VOID.properties, len(told.properties)))
    for predicate, count in (*counts, *sizes):
        graph.add((DATASET, predicate, Literal(count)))
    for name in _USED:
        graph.add((DATASET, VOID.vocabulary, URIRef(FOREIGN[name])))
    for dump in dumps(site):
        graph.add((DATASET, VOID.dataDump, URIRef(f"{base}/dump/{dump.name}")))
    _add_partitions(graph, told)
    return graph


def _add_partitions(graph: Graph, told: Figures) -> None:
    parts = (
        ("class", told.classes, VOID.classPartition, VOID["class"], VOID.entities),
        ("property", told.properties, VOID.propertyPartition, VOID.property, VOID.triples),
    )
    for name, counts, partition, term, counted in parts:
        for address, count in counts:
            node = URIRef(f"{DATASET}-{name}-{prefixed(address).replace(':', '-').replace('/', '-')}")
            graph.add((DATASET, partition, node))
            graph.add((node, term, URIRef(address)))
            graph.add((node, counted, Literal(count)))
