"""The closed world of a description that came as RDF: a misspelt name is an error, not an open question."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, SH

from hyte_graph.intake.places import line_of_text
from hyte_graph.languages import Text
from hyte_graph.messages import nearest, say
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import BASE, slug

_OWN = str(HYTE)


def strangers(graph: Graph, knowledge: Knowledge, name: str) -> tuple[Text, ...]:
    """Return one sentence for each property, class or subject that a description may not have."""
    return tuple(sorted(set(_strangers(graph, knowledge, name)), key=lambda text: text.en))


def _strangers(graph: Graph, knowledge: Knowledge, name: str) -> Iterator[Text]:
    described = set(graph.subjects(RDF.type, HYTE.Description))
    if len(described) != 1:
        yield say("description-not-one", name=name, count=len(described))
        return
    organisation = graph.value(next(iter(described)), HYTE.describes)
    if not isinstance(organisation, URIRef):
        yield say("key-missing", where=line_of_text(1).within(name), key="hyte:describes")
        return
    home = f"{BASE}id/description/{slug(str(organisation))}/"
    for subject, predicate, value in graph:
        if isinstance(subject, URIRef) and subject != organisation and not str(subject).startswith(home):
            yield say("subject-foreign", name=name, subject=str(subject), home=home)
        if predicate == RDF.type:
            yield from _class(str(value), knowledge, name)
        elif predicate == OWL.imports or str(predicate).startswith(str(SH)):
            yield say("rules-in-data", name=name, property=str(predicate))
        elif str(predicate) not in knowledge.properties:
            yield _unknown("property-unknown", str(predicate), knowledge.properties, name)


def unknown_things(graph: Graph, knowledge: Knowledge, name: str) -> tuple[Text, ...]:
    """Return one sentence for each norm or actor that a description names and that does not exist.

    An invented organisation may have invented partners.
    """
    norms = {str(norm) for predicate in (HYTE.isAboutNorm, HYTE.serves) for norm in graph.objects(None, predicate)}
    found = [
        say("norm-unknown", name=name, value=slug(norm), nearest=nearest(slug(norm), knowledge.norms))
        for norm in sorted(norms)
        if slug(norm) not in knowledge.norms
    ]
    if any(str(value) == "true" for value in graph.objects(None, HYTE.isFictitious)):
        return tuple(found)
    partners = sorted({slug(str(actor)) for actor in graph.objects(None, HYTE.hasPartner)} - knowledge.actors.keys())
    return (
        *found,
        *(say("partner-unknown", name=name, value=item, nearest=nearest(item, knowledge.actors)) for item in partners),
    )


def _class(address: str, knowledge: Knowledge, name: str) -> Iterator[Text]:
    if address not in knowledge.classes:
        yield _unknown("class-unknown", address, knowledge.classes, name)


def _unknown(key: str, address: str, known: frozenset[str], name: str) -> Text:
    own = [slug(item) for item in known if item.startswith(_OWN)]
    return say(key, name=name, word=address, nearest=nearest(slug(address), own))
