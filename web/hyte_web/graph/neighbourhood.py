"""What stands around a thing of the graph: groups of neighbours by relation, one or two steps away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from hyte_graph.reports.ordering import natural
from hyte_graph.vocabulary import BASE, FOREIGN, HYTE, iri, prefixed
from hyte_web.site import Site

FEW: Final = 24
"""The most neighbours of one relation that are shown; the page of the thing has all."""

_SKIPPED: Final = frozenset(
    ("rdf:type", "rdfs:isDefinedBy", "skos:inScheme", "skos:topConceptOf", "skos:hasTopConcept", "skos:member")
)


@dataclass(frozen=True, slots=True)
class Group:
    """The neighbours of a thing by one relation in one direction."""

    predicate: str  # IRI
    is_out: bool  # from the thing, not towards it
    addresses: tuple[str, ...]
    rest: int  # neighbours that are not shown

    @property
    def name(self) -> str:
        """Return the prefixed name of the relation."""
        return prefixed(self.predicate)


@dataclass(frozen=True, slots=True)
class Edge:
    """One relation between two things."""

    source: str
    predicate: str
    target: str


def groups(known: Site, address: str, relation: str = "") -> list[Group]:
    """Return the neighbours of a thing: what it points to, then what points to it; `relation` is a prefixed name."""
    told = [*_collected(known, address, is_out=True), *_collected(known, address, is_out=False)]
    return [group for group in told if relation in ("", group.name)]


def is_expanded(known: Site, address: str) -> bool:
    """Return whether a second step leads on from a thing; from a code it would lead to half of the graph."""
    if address.startswith(HYTE):
        return False
    return iri("scheme", _kind(address)) not in known.subjects or _kind(address) == "term"


def edges(known: Site, address: str, depth: int, relation: str = "") -> list[Edge]:
    """Return the relations around a thing, each once."""
    first = groups(known, address, relation)
    found = dict.fromkeys(_edges(address, first))
    if depth > 1:
        for near in dict.fromkeys(item for group in first for item in group.addresses):
            if is_expanded(known, near):
                found |= dict.fromkeys(_edges(near, groups(known, near, relation)))
    return list(found)


def _edges(address: str, found: list[Group]) -> Iterator[Edge]:
    for group in found:
        for other in group.addresses:
            yield Edge(*((address, group.predicate, other) if group.is_out else (other, group.predicate, address)))


def _collected(known: Site, address: str, *, is_out: bool) -> Iterator[Group]:
    node = NamedNode(address)
    quads = known.store.quads_for_pattern(*((node, None, None) if is_out else (None, None, node)))
    found: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        other = quad.object if is_out else quad.subject
        if isinstance(other, NamedNode) and other.value in known.subjects and other.value.startswith(BASE):
            found[quad.predicate.value].add(other.value)
    for predicate in sorted(found):
        if prefixed(predicate) not in _SKIPPED and not predicate.startswith(FOREIGN["sh"]):
            ordered = sorted(found[predicate], key=natural)
            yield Group(predicate, is_out, tuple(ordered[:FEW]), max(len(ordered) - FEW, 0))


def _kind(address: str) -> str:
    return address.rsplit("/", 2)[-2]
