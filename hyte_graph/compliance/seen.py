"""What the rules see: the facts that had happened and were known, the duties, and the members of a county."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import URIRef
from rdflib.namespace import RDF

from hyte_graph.compliance.facts import Facts
from hyte_graph.model import Actor
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.statements import Readable, Statement, Statements
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import iri


def visible(graph: Readable, facts: Facts, knowledge: Knowledge) -> Statements:
    """Return what had happened and was known, with the superclasses of every class written out."""
    return Statements(_visible(graph, facts, knowledge))


def _visible(graph: Readable, facts: Facts, knowledge: Knowledge) -> Iterator[Statement]:
    for subject, predicate, thing in graph:
        if subject not in facts.hidden and thing not in facts.hidden:
            yield subject, predicate, thing
            if predicate == RDF.type:
                yield from ((subject, predicate, URIRef(above)) for above in knowledge.superclasses(str(thing)))


def members(actor: Actor) -> Iterator[Statement]:
    """Yield the municipalities of a county as the rules see them."""
    for member in actor.members:
        node = URIRef(iri("actor", f"{actor.slug}--{member}"))
        yield node, RDF.type, HYTE.Membership
        yield node, HYTE.ofCounty, URIRef(actor.iri)
        yield node, HYTE.hasMember, URIRef(iri("actor", member))
