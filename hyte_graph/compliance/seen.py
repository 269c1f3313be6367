"""What the rules see: the facts that had happened and were known, the duties, and the members of a county."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from hyte_graph.compliance.facts import Facts
from hyte_graph.model import Actor
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import iri


def visible(graph: Graph, facts: Facts, knowledge: Knowledge) -> Graph:
    """Return the graph of what had happened and was known, with the superclasses of every class written out."""
    kept = Graph(bind_namespaces="none")
    for triple in graph:
        if triple[0] not in facts.hidden and triple[2] not in facts.hidden:
            kept.add(triple)
    for node, kind in list(kept.subject_objects(RDF.type)):
        for above in knowledge.superclasses(str(kind)):
            kept.add((node, RDF.type, URIRef(above)))
    return kept


def merged(graphs: Iterable[Graph]) -> Graph:
    """Return the triples of several graphs in one."""
    whole = Graph(bind_namespaces="none")
    for graph in graphs:
        for triple in graph:
            whole.add(triple)
    return whole


def members(actor: Actor) -> Graph:
    """Return the municipalities of a county as the rules see them."""
    graph = Graph(bind_namespaces="none")
    for member in actor.members:
        node: Node = URIRef(iri("actor", f"{actor.slug}--{member}"))
        graph.add((node, RDF.type, HYTE.Membership))
        graph.add((node, HYTE.ofCounty, URIRef(actor.iri)))
        graph.add((node, HYTE.hasMember, URIRef(iri("actor", member))))
    return graph
