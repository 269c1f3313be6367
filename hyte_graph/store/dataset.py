"""The data that queries see: every module as a named graph, and all of them together as the default graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple

from hyte_graph.errors import KnowledgeError
from hyte_graph.languages import Text
from hyte_graph.store.knowledge import Knowledge, parse_file
from hyte_graph.vocabulary import FOREIGN, iri

if TYPE_CHECKING:
    from rdflib import Graph

_DEFINED = NamedNode(FOREIGN["rdfs"] + "isDefinedBy")


class Dataset:
    """The ontology and the rules, and what is added to them, for either engine; each is built when first asked for."""

    def __init__(self, knowledge: Knowledge, added: Iterable[tuple[str, Iterable[Triple]]] = ()) -> None:
        """Take the knowledge, and graphs to add as pairs of an IRI and triples."""
        self._knowledge = knowledge
        self._added = tuple((name, tuple(triples)) for name, triples in added)

    @cached_property
    def store(self) -> Store:
        """Return the data as an Oxigraph store, safe to read from many threads."""
        store = Store()
        for path, fallback in _files(self._knowledge):
            _load(store, path, fallback)
        for address, triples in self._added:
            name = NamedNode(address)
            store.extend(Quad(item.subject, item.predicate, item.object, name) for item in triples)
        return store

    @cached_property
    def graph(self) -> Graph:
        """Return the data as one rdflib graph; it is not safe to query it from two threads."""
        from hyte_graph.store.terms import graph_of

        graph = graph_of(quad for path, _ in _files(self._knowledge) for quad in parse_file(path))
        for _, triples in self._added:
            graph += graph_of(triples)
        return graph


def _files(knowledge: Knowledge) -> Iterator[tuple[Path, str]]:
    """Yield each file, and what its graph is called if the file defines nothing."""
    for path in sorted(knowledge.ontology.rglob("*.ttl")):
        yield path, path.stem
    for path in sorted(knowledge.rules.rglob("*.ttl")):
        if "cases" not in path.parts:
            yield path, f"rules-{path.parent.name if path.stem == 'shapes' else path.stem}"


def _load(store: Store, path: Path, fallback: str) -> None:
    """Load a file into the graph of the module that defines what it says.

    Raises:
        KnowledgeError: the file is no Turtle.
    """
    module = next((quad.object for quad in parse_file(path) if quad.predicate == _DEFINED), None)
    name = module if isinstance(module, NamedNode) else NamedNode(iri("module", fallback))
    try:
        store.load(path=str(path), format=RdfFormat.TURTLE, to_graph=name)  # far quicker than adding parsed quads
    except (SyntaxError, ValueError, OSError) as error:
        raise KnowledgeError(Text.same(f"{path.name}: {error}")) from error
