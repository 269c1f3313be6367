"""All the data in one file: the same data give the same bytes, made when first asked for."""

from __future__ import annotations

import gzip
import threading
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import pyoxigraph
from pyoxigraph import CanonicalizationAlgorithm, RdfFormat

from hyte_graph.versions import package_version
from hyte_graph.vocabulary import PREFIXES
from hyte_web.site import Site

_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Kind:
    """A form of the whole: its suffix, media type, and whether it keeps the graphs of the modules apart."""

    suffix: str
    name: str
    media_type: str
    engine: RdfFormat
    keeps_graphs: bool


KINDS: Final = (
    Kind("trig", "TriG", "application/trig", RdfFormat.TRIG, True),
    Kind("ttl", "Turtle", "text/turtle", RdfFormat.TURTLE, False),
    Kind("nq", "N-Quads", "application/n-quads", RdfFormat.N_QUADS, True),
)


@dataclass(frozen=True, slots=True)
class Dump:
    """One file with all the data."""

    name: str
    kind: Kind
    content: bytes  # gzip
    sha256: str

    @property
    def size(self) -> int:
        """Return the number of bytes."""
        return len(self.content)


_made: dict[int, tuple[Dump, ...]] = {}


def dumps(site: Site) -> tuple[Dump, ...]:
    """Return the files; they are made once in the life of the process."""
    with _LOCK:
        if id(site) not in _made:
            _made.clear()
            _made[id(site)] = tuple(_all(site))
        return _made[id(site)]


def _all(site: Site) -> list[Dump]:
    dataset = pyoxigraph.Dataset(site.store)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    quads = sorted(dataset, key=str)
    triples = sorted({quad.triple for quad in quads}, key=str)
    return [_dump(kind, quads if kind.keeps_graphs else triples) for kind in KINDS]


def _dump(kind: Kind, statements: list[pyoxigraph.Quad] | list[pyoxigraph.Triple]) -> Dump:
    text = pyoxigraph.serialize(statements, format=kind.engine, prefixes=PREFIXES) or b""
    content = gzip.compress(text, 9, mtime=0)
    return Dump(f"hyte-{package_version()}.{kind.suffix}.gz", kind, content, sha256(content).hexdigest())
