"""The closed world of a description that came as RDF: a misspelt name is an error, not an open question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, SH

from hyte_graph.intake.check import MOST_FAULTS, Fault
from hyte_graph.intake.description import CLASS_OF_SECTION
from hyte_graph.intake.form import context
from hyte_graph.intake.places import WHOLE_FILE, Place, line_of_text
from hyte_graph.intake.tree import Path, Tree
from hyte_graph.languages import Text
from hyte_graph.messages import nearest, say
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import BASE, full, iri, slug

_OWN = str(HYTE)
_ACTORS = iri("actor", "")
_NAMES = ("norm", "serves", "partner_actors")  # keys whose values are slugs of norms and actors


def strangers(graph: Graph, knowledge: Knowledge, name: str) -> tuple[Text, ...]:
    """Return one sentence for each property, class or subject that a description may not have."""
    found = list(dict.fromkeys(islice(_strangers(graph, knowledge, name), MOST_FAULTS + 1)))
    if len(found) > MOST_FAULTS:
        found[-1] = say("faults-more", name=name, limit=MOST_FAULTS)
    return tuple(sorted(found, key=lambda text: text.en))


def _strangers(graph: Graph, knowledge: Knowledge, name: str) -> Iterator[Text]:
    described = set(graph.subjects(RDF.type, HYTE.Description))
    if len(described) != 1:
        yield say("description-not-one", name=name, count=len(described))
        return
    organisation = graph.value(next(iter(described)), HYTE.describes)
    if not isinstance(organisation, URIRef):
        yield say("key-missing", where=line_of_text(1).within(name), key="hyte:describes")
        return
    if not str(organisation).startswith(_ACTORS) or "/" in str(organisation).removeprefix(_ACTORS):
        yield say("organisation-foreign", name=name, subject=str(organisation), home=_ACTORS)
        return
    home = f"{BASE}id/description/{slug(str(organisation))}/"
    for subject, predicate, value in graph:
        if isinstance(subject, URIRef) and subject != organisation and not str(subject).startswith(home):
            yield say("subject-foreign", name=name, subject=str(subject), home=home)
        elif isinstance(subject, URIRef) and not str(subject).isascii():
            yield say("value-not-id", where=name, value=slug(str(subject)))
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
    return tuple(text for _, text in placed_unknown_things(graph, knowledge, name))


def placed_unknown_things(graph: Graph, knowledge: Knowledge, name: str, tree: Tree | None = None) -> tuple[Fault, ...]:
    """Return the faults above with the places where the tree has them."""
    norms = {slug(str(norm)) for word in (HYTE.isAboutNorm, HYTE.serves) for norm in graph.objects(None, word)}
    found: list[tuple[str, str, Iterable[str]]]
    found = [("norm-unknown", item, knowledge.norms) for item in sorted(norms - knowledge.norms.keys())]
    if not any(str(value) == "true" for value in graph.objects(None, HYTE.isFictitious)):
        partners = {slug(str(actor)) for actor in graph.objects(None, HYTE.hasPartner)} - knowledge.actors.keys()
        found += [("partner-unknown", item, knowledge.actors) for item in sorted(partners)]
    return tuple(_unknown_thing(key, item, known, _place(item, tree), name) for key, item, known in found)


def _unknown_thing(key: str, value: str, known: Iterable[str], place: Place, name: str) -> Fault:
    where = name if place == WHOLE_FILE else place.within(name)
    return place, say(key, name=where, value=value, nearest=nearest(value, known))


def _place(value: str, tree: Tree | None) -> Place:
    """Return the first place where a tree names a thing by its slug."""
    if tree is None:
        return WHOLE_FILE
    return next((tree.place(path) for path in _naming(tree.value, value, ())), WHOLE_FILE)


def _naming(value: Any, wanted: str, path: Path) -> Iterator[Path]:
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _naming(inner, wanted, (*path, key))
    elif value == wanted and any(key in _NAMES for key in path):
        yield path


def _class(address: str, knowledge: Knowledge, name: str) -> Iterator[Text]:
    known = _describing() & knowledge.classes
    if address not in known:
        yield _unknown("class-unknown", address, known, name)


@cache
def _describing() -> frozenset[str]:
    """Return the classes of what a description can state; a norm, a duty or a rule is nothing that it states."""
    kinds = {full(word) for word in _words(context())}
    return frozenset({*kinds, *(_OWN + name for name in (*CLASS_OF_SECTION.values(), "Description", "Body"))})


def _words(value: Mapping[str, Any]) -> Iterator[str]:
    for inner in value.values():
        if isinstance(inner, dict):
            yield from _words(inner)
        elif isinstance(inner, str) and inner.startswith("hyte:"):
            yield inner


def _unknown(key: str, address: str, known: frozenset[str], name: str) -> Text:
    own = [slug(item) for item in known if item.startswith(_OWN)]
    return say(key, name=name, word=address, nearest=nearest(slug(address), own))
