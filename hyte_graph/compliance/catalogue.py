"""The rules by norm: which shapes check it, what they find, and which classes of facts they look at."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from rdflib import Graph, Literal
from rdflib.namespace import SH, XSD
from rdflib.term import Node

from hyte_graph.errors import KnowledgeError
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.model import Rule
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import slug


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every rule, by the IRI of its shape and by the slug of its norm; `gates` are shapes that only sort facts."""

    rules: dict[str, Rule]
    by_norm: dict[str, tuple[Rule, ...]]
    gates: frozenset[str]
    messages: dict[str, Text]
    targets: dict[str, frozenset[str]]  # IRI of a shape -> classes that it targets

    def looks_at(self, norm: str) -> frozenset[str]:
        """Return the classes that the rules of a norm look at."""
        return frozenset(item for rule in self.by_norm.get(norm, ()) for item in rule.looks_at)

    def evidence_shapes(self, norm: str) -> frozenset[str]:
        """Return the shapes that a fact must fit to count for a norm."""
        return frozenset(item for rule in self.by_norm.get(norm, ()) for item in rule.counts)


def read_catalogue(shapes: Graph) -> Catalogue:
    """Return the catalogue of a graph of rules."""
    rules = {str(node): _rule(shapes, node) for node in sorted(set(shapes.subjects(HYTE.checks)), key=str)}
    by_norm: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules.values():
        by_norm[rule.norm].append(rule)
    gates = frozenset(str(node) for node in shapes.subjects(HYTE.isGate, Literal("true", datatype=XSD.boolean)))
    messages = {str(node): _message(shapes, node) for node in set(shapes.subjects(SH.message))}
    targets = {
        str(node): frozenset(str(item) for item in shapes.objects(node, SH.targetClass))
        for node in set(shapes.subjects(SH.targetClass))
    }
    return Catalogue(rules, {norm: tuple(found) for norm, found in by_norm.items()}, gates, messages, targets)


def _rule(shapes: Graph, node: Node) -> Rule:
    finds, reading = shapes.value(node, HYTE.finds), shapes.value(node, HYTE.belongsToReading)
    if finds is None:
        raise KnowledgeError(Text.same(f"{node} has no hyte:finds."))
    return Rule(
        iri=str(node),
        norm=slug(str(shapes.value(node, HYTE.checks))),
        finds=slug(str(finds)),
        message=_message(shapes, node),
        reading=slug(str(reading)) if reading is not None else None,
        looks_at=tuple(sorted(str(item) for item in shapes.objects(node, HYTE.looksAt))),
        counts=tuple(sorted(str(item) for item in shapes.objects(node, HYTE.counts))),
    )


def _message(shapes: Graph, node: Node) -> Text:
    """Return the message of a shape; on a SPARQL constraint it stands one step further."""
    holders = [node, *shapes.objects(node, SH.sparql)]
    spoken = {
        literal.language: str(literal)
        for holder in holders
        for literal in shapes.objects(holder, SH.message)
        if isinstance(literal, Literal) and literal.language
    }
    if not all(language in spoken for language in LANGUAGES):
        raise KnowledgeError(Text.same(f"{node} lacks a message in one of the languages."))
    return Text.of(spoken)
