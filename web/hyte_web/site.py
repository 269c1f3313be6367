"""What the pages read: the knowledge, the rules and the graph, loaded once when the application starts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from flask import current_app
from pyoxigraph import NamedNode, Store

from hyte_graph.api import Hyte
from hyte_graph.compliance.catalogue import Catalogue, read_catalogue
from hyte_graph.model import Actor, Norm
from hyte_graph.reports.ordering import natural
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.things import Things
from hyte_graph.vocabulary import BASE, HYTE, full

_PART_OF = ("eli:is_part_of", "dcterms:isPartOf")
_PROVISIONS = (f"{BASE}id/law/", f"{BASE}id/act-draft/")


@dataclass(frozen=True, eq=False)
class Site:
    """Everything that a page can show; nothing in it changes after the start."""

    library: Hyte
    knowledge: Knowledge
    norms: dict[str, Norm]  # by slug: law first, the acts with most norms before others, each in its own order
    actors: dict[str, Actor]  # by slug
    catalogue: Catalogue
    store: Store
    things: dict[str, tuple[str, ...]]  # kind -> IRIs, in natural order
    subjects: frozenset[str]
    parts: dict[str, tuple[str, ...]]  # IRI of a provision -> its parts, in the order of the law
    stated: dict[str, tuple[Norm, ...]]  # IRI of a provision -> norms that it states

    @classmethod
    def of(cls, knowledge: Knowledge) -> Site:
        """Return the site of a knowledge; whatever that reads at first use is read here, before visitors come."""
        library = Hyte(knowledge)
        store = library.dataset.store
        subjects = frozenset(
            quad.subject.value
            for quad in store.quads_for_pattern(None, None, None)
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(BASE)
        )
        return cls(
            library=library,
            knowledge=knowledge,
            norms={norm.slug: norm for norm in _ordered(knowledge.norms.values())},
            actors=knowledge.actors,
            catalogue=read_catalogue(knowledge.shape_index),
            store=store,
            things=_things(subjects),
            subjects=subjects,
            parts=_parts(store),
            stated=_stated(knowledge.norms.values()),
        )

    def objects(self, address: str, *predicates: str) -> list[str]:
        """Return the IRIs that a thing points to by any of some properties, in natural order."""
        found = [
            quad.object.value
            for predicate in predicates
            for quad in self.store.quads_for_pattern(NamedNode(address), NamedNode(full(predicate)), None)
            if isinstance(quad.object, NamedNode)
        ]
        return sorted(found, key=natural)

    def pointing(self, address: str, *predicates: str) -> list[str]:
        """Return the IRIs that point to a thing by any of some properties, in natural order."""
        found = [
            quad.subject.value
            for predicate in predicates
            for quad in self.store.quads_for_pattern(None, NamedNode(full(predicate)), NamedNode(address))
            if isinstance(quad.subject, NamedNode)
        ]
        return sorted(found, key=natural)

    def is_retired(self, address: str) -> bool:
        """Return whether a thing is marked as no longer in use; the address may be anything."""
        if address not in self.subjects:
            return False
        pattern = self.store.quads_for_pattern(NamedNode(address), NamedNode(full("owl:deprecated")), None)
        return any(quad.object.value == "true" for quad in pattern)  # type: ignore[union-attr]

    @cached_property
    def sheets(self) -> Things:
        """Return the things as the library shows them, out of the same store."""
        return Things(self.knowledge, self.store)

    @property
    def vocabulary(self) -> list[str]:
        """Return the IRIs of the project's classes and properties."""
        return sorted(address for address in self.subjects if address.startswith(HYTE))


def site() -> Site:
    """Return the site of the running application."""
    return cast(Site, current_app.extensions["hyte"])


def _things(subjects: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for address in subjects:
        if address.startswith(f"{BASE}id/"):
            found[address.rsplit("/", 2)[-2]].append(address)
    return {kind: tuple(sorted(addresses, key=natural)) for kind, addresses in found.items()}


def _parts(store: Store) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for predicate in _PART_OF:
        for quad in store.quads_for_pattern(None, NamedNode(full(predicate)), None):
            if quad.subject.value.startswith(_PROVISIONS):  # type: ignore[union-attr]
                found[quad.object.value].append(quad.subject.value)  # type: ignore[union-attr]
    return {whole: tuple(sorted(parts, key=natural)) for whole, parts in found.items()}


def _ordered(norms: Iterable[Norm]) -> list[Norm]:
    told = list(norms)
    size = Counter(norm.provision.act for norm in told)
    kinds = ("DraftNorm", "GuidanceNorm")

    def rank(norm: Norm) -> tuple[int, int, tuple[tuple[int, str], ...], str]:
        law_first = kinds.index(norm.kind) + 1 if norm.kind in kinds else 0
        return law_first, -size[norm.provision.act], natural(norm.provision.iri), norm.slug

    return sorted(told, key=rank)


def _stated(norms: Iterable[Norm]) -> dict[str, tuple[Norm, ...]]:
    found: dict[str, list[Norm]] = defaultdict(list)
    for norm in norms:
        found[norm.provision.iri].append(norm)
    return {place: tuple(told) for place, told in found.items()}
