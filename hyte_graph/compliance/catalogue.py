"""The rules by norm: which shapes check it, what they find, and which classes of facts they look at."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from hyte_graph.errors import KnowledgeError
from hyte_graph.languages import Text
from hyte_graph.model import Rule
from hyte_graph.store.triples import Triples
from hyte_graph.vocabulary import slug

if TYPE_CHECKING:
    from hyte_graph.store.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every rule, by the IRI of its shape and by the slug of its norm; `gates` are shapes that only sort facts."""

    rules: dict[str, Rule]
    by_norm: dict[str, tuple[Rule, ...]]
    gates: frozenset[str]
    messages: dict[str, Text]
    targets: dict[str, frozenset[str]]  # IRI of a shape -> classes that it targets
    idle: frozenset[str] = frozenset()  # shapes that are deactivated

    def looks_at(self, norm: str) -> frozenset[str]:
        """Return the classes that the rules of a norm look at."""
        return frozenset(item for rule in self.by_norm.get(norm, ()) for item in rule.looks_at)

    def evidence_shapes(self, norm: str) -> frozenset[str]:
        """Return the shapes that a fact must fit to count for a norm."""
        return frozenset(item for rule in self.by_norm.get(norm, ()) for item in rule.counts)


def catalogue_of(knowledge: Knowledge) -> Catalogue:
    """Return the catalogue of the rules of some knowledge."""
    return knowledge.prepared("catalogue", lambda: read_catalogue(knowledge.shape_index))


@lru_cache(maxsize=4)
def read_catalogue(shapes: Triples) -> Catalogue:
    """Return the catalogue of the rules; that of the same shapes is read once."""
    rules = {node: _rule(shapes, node) for node in shapes.having("checks")}
    by_norm: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules.values():
        by_norm[rule.norm].append(rule)
    gates = frozenset(node for node in shapes.having("isGate") if shapes.value(node, "isGate") == "true")
    messages = {node: shapes.text(node, "sh:message") for node in shapes.having("sh:message")}
    targets = {node: frozenset(shapes.values(node, "sh:targetClass")) for node in shapes.having("sh:targetClass")}
    idle = frozenset(node for node in shapes.having("sh:deactivated") if shapes.value(node, "sh:deactivated") == "true")
    return Catalogue(rules, {norm: tuple(found) for norm, found in by_norm.items()}, gates, messages, targets, idle)


def _rule(shapes: Triples, node: str) -> Rule:
    finds, reading = shapes.value(node, "finds"), shapes.value(node, "belongsToReading")
    if finds is None:
        raise KnowledgeError(Text.same(f"{node} has no hyte:finds."))
    return Rule(
        iri=node,
        norm=slug(str(shapes.value(node, "checks"))),
        finds=slug(finds),
        message=_message(shapes, node),
        reading=slug(reading) if reading is not None else None,
        looks_at=tuple(shapes.values(node, "looksAt")),
        counts=tuple(shapes.values(node, "counts")),
    )


def _message(shapes: Triples, node: str) -> Text:
    """Return the message of a shape; on a SPARQL constraint it stands one step further."""
    holders = (node, *shapes.values(node, "sh:sparql"))
    spoken = (shapes.optional_text(holder, "sh:message") for holder in holders)
    found = next((text for text in spoken if text), None)
    if found is None:
        raise KnowledgeError(Text.same(f"{node} lacks a message in one of the languages."))
    return found
