"""What the rules see: the facts that had happened and were known, the duties, and the members of a county."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rdflib import URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from hyte_graph.compliance.facts import Facts
from hyte_graph.model import Actor
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.statements import Readable, Statement, Statements
from hyte_graph.store.terms import HYTE, address
from hyte_graph.vocabulary import iri

_TYPE = RDF.type


def visible(graph: Readable, facts: Facts, knowledge: Knowledge) -> Statements:
    """Return what had happened and was known, with the superclasses of every class written out."""
    return Statements(_visible(graph, facts, knowledge), are_distinct=True)


def _visible(graph: Readable, facts: Facts, knowledge: Knowledge) -> Iterator[Statement]:
    hidden, told = facts.hidden, defaultdict[Node, set[str]](set)
    for subject, predicate, thing in graph:
        if subject not in hidden and thing not in hidden:
            if predicate != _TYPE:
                yield subject, predicate, thing
            else:
                kinds = dict.fromkeys((str(thing), *knowledge.superclasses(str(thing))))
                yield from ((subject, _TYPE, address(kind)) for kind in kinds if kind not in told[subject])
                told[subject] |= kinds.keys()


def members(actor: Actor) -> Iterator[Statement]:
    """Yield the municipalities of a county as the rules see them."""
    for member in actor.members:
        node = URIRef(iri("actor", f"{actor.slug}--{member}"))
        yield node, RDF.type, HYTE.Membership
        yield node, HYTE.ofCounty, URIRef(actor.iri)
        yield node, HYTE.hasMember, URIRef(iri("actor", member))
