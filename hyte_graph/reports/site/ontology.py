"""The reference page of the ontology: classes and properties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from hyte_graph.reports.ordering import alphabetical
from hyte_graph.reports.site.page import Page, Row
from hyte_graph.vocabulary import HYTE, slug

_SPLIT = ([HYTE + "Fact"], [HYTE + "StateFact"])  # most classes are kinds of facts: each kind has a group of its own
_RELATIONS = {
    "rdfs:subClassOf": "site-subclass-of",
    "rdfs:subPropertyOf": "site-subproperty-of",
    "rdfs:domain": "site-domain",
    "rdfs:range": "site-range",
    "owl:disjointWith": "site-disjoint-with",
}
_INVERSES = {
    "rdfs:subClassOf": "site-subclasses",
    "rdfs:domain": "site-domain-of",
    "rdfs:range": "site-range-of",
    "isModelledAs": "site-models",
}
_KINDS = {
    "ObjectProperty": "site-object-properties",
    "DatatypeProperty": "site-data-properties",
    "AnnotationProperty": "site-annotation-properties",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Classes or properties that stand together on the page."""

    anchor: str
    name: str
    members: tuple[str, ...]


class OntologyPage(Page):
    """What the template of the ontology asks."""

    name = "ontology"
    title_key = "site-ontology-title"

    def groups(self) -> list[Group]:
        """Return the classes by what they are kinds of, then the properties by their kind."""
        found: dict[str, list[str]] = defaultdict(list)
        for node in self.stock.classes:
            found[self._head(node)].append(node)
        large = {head: nodes for head, nodes in found.items() if len(nodes) > 1}
        groups = sorted((self._family(head, nodes) for head, nodes in large.items()), key=_by_name)
        others = [node for head, nodes in found.items() if head not in large for node in nodes]
        return [*groups, self._group("class/other", "site-classes-other", others), *self._properties()]

    def _family(self, head: str, nodes: list[str]) -> Group:
        name = self.say("site-classes", name=self.label(head))
        return Group(f"class/{slug(head)}", name, (head, *self._sorted(node for node in nodes if node != head)))

    def _properties(self) -> list[Group]:
        kinds = self.stock.properties.items()
        return [self._group(f"property/{kind}", _KINDS[kind], found) for kind, found in kinds if found]

    def _group(self, anchor: str, key: str, nodes: Iterable[str]) -> Group:
        return Group(anchor, self.say(key), self._sorted(nodes))

    def _sorted(self, nodes: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(nodes, key=lambda node: (alphabetical(self.named(node)), node)))

    def _head(self, node: str) -> str:
        """Return the class of the project under which a class stands on the page."""
        above = [item for item in self.stock.graph.values(node, "rdfs:subClassOf") if item.startswith(HYTE)]
        return node if not above or above in _SPLIT else self._head(above[0])

    def relations(self, node: str) -> list[Row]:
        """Return what a class or property is kind of, applies to and excludes, and what is told of it elsewhere."""
        graph, pointing = self.stock.graph, self.stock.pointing
        told = [(key, graph.values(node, predicate)) for predicate, key in _RELATIONS.items()]
        told += [(key, pointing[predicate][node]) for predicate, key in _INVERSES.items()]
        told.append(("site-defined-in", graph.values(node, "rdfs:isDefinedBy")))
        return [Row(self.say(key), self.refs(found)) for key, found in told if found]

    def use(self, node: str) -> str:
        """Return how much of the graph and of the rules use a class or property."""
        return self.say("site-use", things=self.stock.uses[node], shapes=self.stock.rule_uses[node])


def _by_name(group: Group) -> str:
    return alphabetical(group.name)
