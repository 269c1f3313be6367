"""A description as a graph: every format becomes this one model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pyoxigraph
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from hyte_graph.errors import FilingError
from hyte_graph.intake.form import context
from hyte_graph.intake.mapping import UnmappedError, statements
from hyte_graph.intake.places import Place
from hyte_graph.intake.tree import Path, Tree
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.store.terms import HYTE, graph_of, graph_with
from hyte_graph.vocabulary import description_base, slug

CLASS_OF_SECTION = {
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
class Laid:
    """A file that was laid over a description: its name, the SHA-256 of its bytes, and where each local id stands."""

    name: str
    digest: str
    places: dict[str, Text] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Description:
    """What one organisation says of itself.

    `digest` is the SHA-256 of the bytes as they came; `lines` maps a local id to its line, and `cells` to its cell,
    where the format has them. `assumed` are files whose facts are laid over it for the sake of argument, `judged` files
    with what others judged, and `notices` what the reader of the file should know, though nothing is wrong.
    """

    name: str
    graph: Graph = field(repr=False)
    digest: str
    lines: dict[str, int] = field(repr=False, default_factory=dict)
    cells: dict[str, Place] = field(repr=False, default_factory=dict)
    assumed: tuple[Laid, ...] = ()
    judged: tuple[Laid, ...] = ()
    notices: tuple[Text, ...] = ()

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
        where = tree.place(("organisation",)).within(tree.name)
        raise FilingError(say("key-missing", where=where, key="organisation.id"))
    graph = _graph(_typed(tree.value, ()), description_base(organisation))
    ids = dict(_ids(tree.value))
    lines = {} if tree.cells else {name: tree.line(path) for name, path in ids.items()}
    cells = {name: tree.place(path) for name, path in _all_ids(tree.value, ())} if tree.cells else {}
    return Description(tree.name, graph, digest(content), lines, cells, notices=tree.notices)


def _graph(value: dict[str, Any], base: str) -> Graph:
    """Return the graph of a tree whose things have their ids and classes."""
    document = {"@type": "Description", **value}
    try:
        return graph_with(statements(document, base))
    except UnmappedError:
        return graph_of(processed(document, base))


def processed(document: dict[str, Any], base: str) -> Iterator[pyoxigraph.Quad]:
    """Yield what a JSON-LD processor makes of a document with the shipped context."""
    whole = {"@context": [context(), {"@base": base}], "@id": "", **document}
    yield from pyoxigraph.parse(json.dumps(whole).encode(), format=pyoxigraph.RdfFormat.JSON_LD)


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
    name = item.get("id") or unnamed((*path, section), at)
    known = {} if item.get("kind") else {"@type": CLASS_OF_SECTION[section]}
    rest = {key: inner for key, inner in _typed(item, (*path, section, at)).items() if key != "id"}
    return {"id": name} | known | rest


def unnamed(path: Path, at: int) -> str:
    """Return the id that a thing without one gets from its place in the file."""
    return "-".join(map(str, (*path, at + 1)))


def _ids(value: dict[str, Any]) -> Iterator[tuple[str, Path]]:
    """Yield each local id of a section with the path of its item."""
    for section, items in value.items():
        for at, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict) and item.get("id"):
                yield item["id"], (section, at)


def _all_ids(value: dict[str, Any], path: Path) -> Iterator[tuple[str, Path]]:
    """Yield the id of each thing, also of one that has none of its own or belongs to another, with its path."""
    for section, items in value.items():
        for at, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield item.get("id") or unnamed((*path, section), at), (*path, section, at)
                yield from _all_ids(item, (*path, section, at))
