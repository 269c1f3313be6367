"""What can be found: the labels and texts of concepts, norms and statements, read off the ontology."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.store.knowledge import NORM_CLASSES, Knowledge
from hyte_graph.store.triples import Triples
from hyte_graph.vocabulary import FOREIGN, HYTE, iri

KINDS: Final = ("concept", "norm", "statement")
"""The kinds of things that can be found, in the order in which equals are listed."""

ORDER: Final = (*KINDS, "act", "provision", "actor", "question")
"""The same with the kinds that only the web searches."""

_SCHEME: Final = iri("scheme", "terminology")
_LABELS: Final = (("skos:prefLabel", "preferred"), ("skos:altLabel", "alternative"), ("skos:hiddenLabel", "hidden"))


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be found."""

    iri: str
    kind: str
    label: Text


@dataclass(frozen=True, slots=True)
class Entry:
    """One label, definition or gloss of a thing, in one language."""

    thing: Thing
    role: str  # "preferred", "alternative", "hidden", "definition" or "gloss"
    language: str
    text: str


def entries(knowledge: Knowledge) -> Iterator[Entry]:
    """Yield every label, definition and gloss."""
    triples = knowledge.triples
    for thing in _things(triples):
        if thing.kind != "statement":
            for predicate, role in _LABELS:
                for language, text in triples.spoken(thing.iri, predicate):
                    yield Entry(thing, role, language, text)
        role = "gloss" if thing.kind == "statement" else "definition"
        for language, text in triples.spoken(thing.iri, "skos:definition"):
            yield Entry(thing, role, language, text)


def _things(triples: Triples) -> Iterator[Thing]:
    for node in triples.of_class(FOREIGN["skos"] + "Concept"):
        if _SCHEME in triples.values(node, "skos:inScheme"):
            yield Thing(node, "concept", triples.text(node, "skos:prefLabel"))
    for kind in NORM_CLASSES:
        for node in triples.of_class(HYTE + kind):
            yield Thing(node, "norm", triples.text(node, "skos:prefLabel"))
    for node in triples.of_class(HYTE + "Statement"):
        yield Thing(node, "statement", triples.text(node, "rdfs:label"))


def is_label(entry: Entry) -> bool:
    """Return whether an entry is a label in one of the three languages."""
    return entry.role not in ("definition", "gloss") and entry.language in LANGUAGES
