"""Who is described: an actor of the registers, or an invented one that the description itself defines."""

from __future__ import annotations

from rdflib import URIRef
from rdflib.term import Node

from hyte_graph.errors import FilingError, UndecidedError
from hyte_graph.intake.description import Description
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import nearest, say
from hyte_graph.model import Actor
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import iri, slug

_CLASS = {
    "wellbeing-services-county": "WellbeingServicesCounty",
    "municipality": "Municipality",
    "city-with-own-organising-responsibility": "Municipality",
    "joint-authority": "JointAuthority",
}
_KIND = {"WellbeingServicesCounty": "county", "Municipality": "municipality", "JointAuthority": "hus"}


def described_actor(description: Description, knowledge: Knowledge) -> Actor:
    """Return the actor that a description is about.

    Raises:
        FilingError: the actor is not in the registers, or is of another type than the description says.
        UndecidedError: the actor lies in Åland.
    """
    graph, node = description.graph, URIRef(iri("actor", description.organisation))
    stated = graph.value(node, HYTE.hasOrganisationType)
    if stated is None:
        raise FilingError(say("actor-type-missing", name=description.name))
    is_invented = str(graph.value(node, HYTE.isFictitious)) == "true"
    if is_invented and description.organisation in knowledge.actors:
        raise FilingError(say("actor-not-invented", name=description.name, actor=description.organisation))
    if is_invented:
        return _invented(description, node, _CLASS[slug(str(stated))])
    actor = knowledge.actors.get(description.organisation)
    if actor is None:
        close = nearest(description.organisation, knowledge.actors)
        raise FilingError(say("actor-unknown", name=description.name, actor=description.organisation, nearest=close))
    _agree(actor, slug(str(stated)), description, knowledge)
    return actor


def _agree(actor: Actor, stated: str, description: Description, knowledge: Knowledge) -> None:
    own_city = stated == "city-with-own-organising-responsibility"
    if _CLASS[stated] != actor.type or own_city != ("helsinki" in actor.kinds):
        kind = knowledge.code("organisation-type", stated)
        raise FilingError(say("actor-wrong-type", name=description.name, label=actor.label, type=kind))
    if "aland-municipality" in actor.kinds:
        raise UndecidedError(say("actor-aland", label=actor.label))


def _invented(description: Description, node: Node, kind: str) -> Actor:
    """Return an invented actor: its languages make it bilingual, and it lies outside Uusimaa."""
    graph = description.graph
    names = {name.language: str(name) for name in graph.objects(node, HYTE.hasName)}  # type: ignore[attr-defined]
    fallback = next(iter(names.values()), description.organisation)
    label = Text.of({language: names.get(language, fallback) for language in LANGUAGES})
    members = tuple(sorted(str(name) for name in graph.objects(node, HYTE.hasMunicipalityName)))
    kinds = {_KIND[kind], "authority"}
    if len(set(graph.objects(node, HYTE.hasOfficialLanguage))) > 1:
        kinds |= {f"bilingual-{_KIND[kind]}"}
    return Actor(description.organisation, str(node), label, kind, frozenset(kinds), members, is_fictitious=True)
