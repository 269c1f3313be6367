"""A description as a graph: every format becomes this one model."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from hyte_graph.errors import FilingError
from hyte_graph.intake.form import context
from hyte_graph.intake.tree import Path, Tree
from hyte_graph.messages import say
from hyte_graph.store.terms import HYTE, graph_of
from hyte_graph.vocabulary import description_base, slug

_CLASS_OF_SECTION = {
    "council_terms": "CouncilTerm",
    "bodies": "Body",
    "roles": "Role",
    "documents": "Document",
    "goals": "Goal",
    "deliveries": "Delivery",
    "decisions": "Decision",
    "negotiations": "Negotiation",
    "agreements": "Agreement",
    "procedures": "Procedure",
    "monitoring": "Monitoring",
    "cooperation": "Cooperation",
    "services": "Service",
    "completeness": "Completeness",
    "answers": "Answer",
    "judgements": "Judgement",
    "not_found": "NotFound",
    "sources": "SourceRecord",
}


@dataclass(frozen=True, slots=True)
class Description:
    """What one organisation says of itself.

    `digest` is the SHA-256 of the bytes as they came; `lines` maps a local id to its line, where the format has lines.
    """

    name: str
    graph: Graph = field(repr=False)
    digest: str
    lines: dict[str, int] = field(repr=False, default_factory=dict)

    @property
    def iri(self) -> URIRef:
        """Return the node of the description."""
        return URIRef(str(next(self.graph.subjects(RDF.type, HYTE.Description))))

    @property
    def organisation(self) -> str:
        """Return the slug of the organisation described."""
        return slug(str(self.graph.value(self.iri, HYTE.describes)))


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def from_tree(tree: Tree, content: bytes) -> Description:
    """Return the description of a sound tree (see `check.faults`)."""
    organisation = tree.value["organisation"].get("id")
    if not organisation:
        raise FilingError(say("key-missing", name=tree.name, line=tree.line(("organisation",)), key="organisation.id"))
    document = {"@context": [context(), {"@base": description_base(organisation)}], "@id": "", "@type": "Description"}
    document |= _typed(tree.value, ())
    quads = pyoxigraph.parse(json.dumps(document).encode(), format=pyoxigraph.RdfFormat.JSON_LD)
    return Description(tree.name, graph_of(quads), digest(content), _lines(tree))


def _typed(value: dict[str, Any], path: Path) -> dict[str, Any]:
    """Return the value with a class and an id for each thing that has none of its own, and without nulls."""
    typed: dict[str, Any] = {}
    for key, inner in value.items():
        if inner is None:
            continue
        if isinstance(inner, list):
            typed[key] = [_item(key, item, at, path) for at, item in enumerate(inner) if item is not None]
        else:
            typed[key] = _typed(inner, (*path, key)) if isinstance(inner, dict) else inner
    return typed


def _item(section: str, item: Any, at: int, path: Path) -> Any:
    if not isinstance(item, dict):
        return item
    name = item.get("id") or "-".join(map(str, (*path, section, at + 1)))
    known = {} if item.get("kind") else {"@type": _CLASS_OF_SECTION[section]}
    rest = {key: inner for key, inner in _typed(item, (*path, section, at)).items() if key != "id"}
    return {"id": name} | known | rest


def _lines(tree: Tree) -> dict[str, int]:
    return {
        item["id"]: tree.line((section, at))
        for section, items in tree.value.items()
        if isinstance(items, list)
        for at, item in enumerate(items)
        if isinstance(item, dict) and item.get("id")
    }
