"""Concepts of the terminology as values."""

from __future__ import annotations

from dataclasses import dataclass

from hyte_graph.languages import Text
from hyte_graph.store.triples import Triples
from hyte_graph.vocabulary import slug


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of the terminology (SKOS); related things are named by their slugs."""

    slug: str
    iri: str
    label: Text
    definition: Text
    other_labels: tuple[tuple[str, str], ...]  # alternative labels, as pairs of language and label
    broader: tuple[str, ...]
    narrower: tuple[str, ...]
    related: tuple[str, ...]
    norms: tuple[str, ...]  # that use it
    statements: tuple[str, ...]  # that use it


def read_concept(index: Triples, address: str) -> Concept:
    """Return the concept with this IRI.

    Raises:
        KnowledgeError: a label or the definition is missing in a language.
    """

    def slugs(predicate: str) -> tuple[str, ...]:
        return tuple(slug(value) for value in index.values(address, predicate))

    return Concept(
        slug=slug(address),
        iri=address,
        label=index.text(address, "skos:prefLabel"),
        definition=index.text(address, "skos:definition"),
        other_labels=tuple(index.spoken(address, "skos:altLabel")),
        broader=slugs("skos:broader"),
        narrower=slugs("skos:narrower"),
        related=slugs("skos:related"),
        norms=slugs("isUsedInNorm"),
        statements=slugs("isUsedInStatement"),
    )
