"""The knowledge and descriptions out of another store: its graphs as files, so that all else is as ever.

Each graph is written in its canonical form (RDFC-1.0), so that the same content has the same digest from any store.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import CanonicalizationAlgorithm, Quad, RdfFormat

from hyte_graph.errors import RemoteError
from hyte_graph.messages import say
from hyte_graph.store.answers import Rows, Triples
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.remote import Remote
from hyte_graph.store.sparql import Scope
from hyte_graph.vocabulary import iri, slug

_ALL: Final = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_COUNT: Final = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
_MODULES: Final = iri("module", "")
_RULES: Final = "rules-"
_MOST: Final = 10_000_000  # triples of one graph
_PLACES: Final = {"questions": "questions/questions", "drafts-2017-crosswalk": "2017-crosswalk"}
"""Where the parts lie that are told by their place or name, and not by what they say."""


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
    for address in sorted(remote.graphs):
        if address.startswith(_MODULES):
            path = _path(known, slug(address))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(fetch_graph(remote, address, seconds))
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
    scope = Scope(default=(address,), is_given=True)
    found = remote.answer(_ALL, {}, seconds=seconds, limit=_MOST, scope=scope)
    count = remote.answer(_COUNT, {}, seconds=seconds, limit=1, scope=scope)
    triples = set(found.triples) if isinstance(found, Triples) else set()
    if not isinstance(count, Rows) or [str(len(triples))] != count.column("n"):
        raise RemoteError(say("remote-cut", address=remote.address, count=len(triples)))
    dataset = pyoxigraph.Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    lines = pyoxigraph.serialize((quad.triple for quad in dataset), format=RdfFormat.N_TRIPLES) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


def _path(known: Knowledge, module: str) -> Path:
    """Return where a module goes: as it lies in the shipped folders, as far as anything depends on that."""
    if module.startswith(_RULES):
        return known.rules / module.removeprefix(_RULES) / "shapes.ttl"
    place = f"sources/{module}" if module.startswith("source-") else _PLACES.get(module, module)
    return known.ontology / f"{place}.ttl"
