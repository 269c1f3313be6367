"""Actors and council terms, read off the registers."""

from __future__ import annotations

from datetime import date

from hyte_graph.errors import KnowledgeError
from hyte_graph.languages import Text
from hyte_graph.model import Actor, CouncilTerm
from hyte_graph.store.triples import Triples
from hyte_graph.vocabulary import slug


def read_actor(triples: Triples, node: str, kind: str, members: dict[str, tuple[str, ...]]) -> Actor:
    """Return the actor that a node of the registers stands for."""
    return Actor(
        slug=slug(node),
        iri=node,
        label=triples.text(node, "rdfs:label"),
        type=kind,
        kinds=frozenset(slug(item) for item in triples.values(node, "hasKind")),
        members=members.get(node, ()),
    )


def read_term(triples: Triples, node: str) -> CouncilTerm:
    """Return the council term that a node of the registers stands for."""
    return CouncilTerm(
        slug=slug(node),
        iri=node,
        label=triples.text(node, "rdfs:label"),
        of=slug(triples.value(node, "isTermOf") or ""),
        starts=_day(triples, node, "startsOn"),
        ends=_day(triples, node, "endsOn"),
    )


def _day(triples: Triples, node: str, predicate: str) -> date:
    found = triples.day(node, predicate)
    if found is None:
        raise KnowledgeError(Text.same(f"{node} has no {predicate}."))
    return found
