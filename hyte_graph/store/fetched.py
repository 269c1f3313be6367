"""The knowledge and descriptions out of another store: its graphs as files, so that all else is as ever.

Each graph is written in its canonical form (RDFC-1.0), so that the same content has the same digest from any store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import pyoxigraph
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Quad, RdfFormat, Triple

from hyte_graph.errors import RemoteError
from hyte_graph.messages import say
from hyte_graph.store.answers import Rows, Triples
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.remote import Remote
from hyte_graph.store.sparql import Scope
from hyte_graph.vocabulary import iri, slug

_ALL: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_COUNTS: Final = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_MODULES: Final = iri("module", "")
_RULES: Final = "rules-"
_MOST: Final = 10_000_000  # triples of one graph
_PLACES: Final = {"questions": "questions/questions", "drafts-2017-crosswalk": "2017-crosswalk"}
"""Where the parts lie that are told by their place or name, and not by what they say."""


def holds_knowledge(remote: Remote) -> bool:
    """Return whether a store holds modules of the project, and not descriptions alone.

    Raises:
        RemoteError: it cannot be asked, or holds nothing of the project.
    """
    return any(address.startswith(_MODULES) for address in remote.graphs)


def fetch_knowledge(remote: Remote, folder: Path, seconds: float) -> Knowledge:
    """Return the knowledge that a store holds, written into an empty folder.

    Args:
        remote: a store in which each module is a graph of its own.
        folder: where the files go; it must last as long as the knowledge is used.
        seconds: how long one answer may take.

    Raises:
        RemoteError: the store fails, cuts an answer off, or lacks the ontology or the rules.
        LimitError: it takes too long.
    """
    known = Knowledge(folder / "ontology", folder / "rules")
    counts = _counts(remote, seconds)
    for address in sorted(remote.graphs):
        if address.startswith(_MODULES):
            path = _path(known, slug(address))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_fetched(remote, address, counts, seconds))
    if not (known.ontology.is_dir() and known.rules.is_dir()):
        raise RemoteError(say("remote-empty", address=remote.address))
    return known


def fetch_graph(remote: Remote, address: str, seconds: float) -> bytes:
    """Return a graph of a store as canonical N-Triples, which are Turtle too.

    Raises:
        ForbiddenError: there is no such graph of the project.
        RemoteError: the store fails, or hands out less than it says it holds.
        LimitError: it takes too long.
    """
    return _fetched(remote, address, _counts(remote, seconds), seconds)


def _counts(remote: Remote, seconds: float) -> Mapping[str, str]:
    """Return how many triples a store says that each of its graphs holds."""
    found = remote.answer(_COUNTS, {}, seconds=seconds, limit=_MOST)
    return dict(zip(found.column("g"), found.column("n"), strict=True)) if isinstance(found, Rows) else {}


def _fetched(remote: Remote, address: str, counts: Mapping[str, str], seconds: float) -> bytes:
    scope = Scope(default=(address,), is_given=True)
    found = remote.answer(_ALL, {}, seconds=seconds, limit=_MOST, scope=scope)
    triples = set(found.triples) if isinstance(found, Triples) else set()
    if counts.get(address) != str(len(triples)):  # some stores cut what is long, and say nothing
        raise RemoteError(say("remote-cut", address=remote.address, count=len(triples)))
    return _canonical(triples, slug(address.rstrip("/")))


def _canonical(triples: Iterable[Triple], name: str) -> bytes:
    """Return triples in canonical order; the name keeps blank nodes apart from those of other graphs."""
    dataset = pyoxigraph.Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    named = (Triple(*(_apart(term, name) for term in quad.triple)) for quad in dataset)
    lines = pyoxigraph.serialize(named, format=RdfFormat.N_TRIPLES) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def _apart(term: Any, name: str) -> Any:
    return BlankNode(f"{name}-{term.value}") if isinstance(term, BlankNode) else term


def _path(known: Knowledge, module: str) -> Path:
    """Return where a module goes: as it lies in the shipped folders, as far as anything depends on that."""
    if module.startswith(_RULES):
        return known.rules / module.removeprefix(_RULES) / "shapes.ttl"
    place = f"sources/{module}" if module.startswith("source-") else _PLACES.get(module, module)
    return known.ontology / f"{place}.ttl"
