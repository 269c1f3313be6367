"""What a check asks of the law, apart from its norms and registers: names, kinds and what is above them."""

from __future__ import annotations

from dataclasses import dataclass

from hyte_graph.store.triples import Triples
from hyte_graph.vocabulary import FOREIGN

_OWL = FOREIGN["owl"]
_ORGAN = "isOrganOf"
_ABOVE = "rdfs:subClassOf"

Spoken = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Outline:
    """An extract of the law; all keys and values are IRIs, but for the labels in Finnish, Swedish and English."""

    labels: dict[str, Spoken | None]  # of every thing; None where it has none in all three languages
    above: dict[str, tuple[str, ...]]
    organs: dict[str, str]  # an organ -> whose it is
    classes: frozenset[str]
    properties: frozenset[str]


def outline_of(law: Triples) -> Outline:
    """Return the extract of an index of the law."""
    properties = law.of_class(_OWL + "ObjectProperty") + law.of_class(_OWL + "DatatypeProperty")
    return Outline(
        labels={subject: _label(law, subject) for subject in law.subjects()},
        above={subject: tuple(law.values(subject, _ABOVE)) for subject in law.having(_ABOVE)},
        organs={subject: str(law.value(subject, _ORGAN)) for subject in law.having(_ORGAN)},
        classes=frozenset(law.of_class(_OWL + "Class")),
        properties=frozenset(properties) | {FOREIGN["rdf"] + "type"},
    )


def _label(law: Triples, subject: str) -> Spoken | None:
    spoken = (law.optional_text(subject, predicate) for predicate in ("skos:prefLabel", "rdfs:label"))
    found = next((text for text in spoken if text), None)
    return (found.fi, found.sv, found.en) if found else None
