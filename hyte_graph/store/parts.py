"""Results as a folder of parts, so that no process needs to hold those of a country (decision 30).

A part is a compressed file with the results on some descriptions, and a JSON file beside it that says what it was made
of. `parts.json` is written last: where it stands, the folder is whole.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final, cast

import pyoxigraph
from pyoxigraph import RdfFormat, Triple

from hyte_graph.errors import FilingError
from hyte_graph.messages import say
from hyte_graph.store.files import made_whole, write_whole

SCHEMA: Final = "https://w3id.org/hyte-graph/schema/parts/1"
_INDEX: Final = "parts.json"
_LEVEL: Final = 6  # of compression


@dataclass(frozen=True, slots=True)
class Part:
    """What stands beside a part."""

    file: str
    basis: str  # a digest of all that it was made of; empty where it must be made again
    sha256: str  # of its file
    results: tuple[Mapping[str, Any], ...]  # for each description what a command says and returns


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of parts in one format."""

    path: Path
    form: str  # such as "nq"

    def standing(self, number: int) -> Part | None:
        """Return what stands beside a part whose file is as it was written, or None."""
        try:
            told = json.loads(self._beside(number).read_text(encoding="utf-8"))
            part = Part(told["file"], told["basis"], told["sha256"], tuple(told["results"]))
            is_same = part.file == self._name(number) and _digest(self.path / part.file) == part.sha256
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return part if is_same else None

    def write(self, number: int, pieces: Iterable[str]) -> str:
        """Write the text of a part as it comes, whole or not at all, and return the digest of its file.

        Raises:
            OSError: it cannot be written.
        """
        target = self.path / self._name(number)
        made_whole(target, lambda place: _compress(place, pieces))
        return _digest(target)

    def tell(self, number: int, basis: str, digest: str, results: Iterable[Mapping[str, Any]]) -> None:
        """Write what stands beside a part.

        Raises:
            OSError: it cannot be written.
        """
        told = {"file": self._name(number), "basis": basis, "sha256": digest, "results": list(results)}
        write_whole(self._beside(number), _json(told))

    def open(self) -> None:
        """Make the folder, and let nobody take it for whole.

        Raises:
            OSError: it cannot be made.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        (self.path / _INDEX).unlink(missing_ok=True)

    def close(self, count: int) -> None:
        """Remove the parts of an earlier run beyond the last one, and say that the folder is whole.

        Raises:
            OSError: it cannot be written.
        """
        kept = {name for number in range(1, count + 1) for name in (self._name(number), self._beside(number).name)}
        for path in self.path.glob("part-*"):
            if path.name not in kept and (path.name.endswith(".gz") or path.suffix == ".json"):
                path.unlink()
        parts = (json.loads(self._beside(number).read_bytes()) for number in range(1, count + 1))
        listed = [{"file": part["file"], "sha256": part["sha256"], "results": len(part["results"])} for part in parts]
        write_whole(self.path / _INDEX, _json({"schema": SCHEMA, "format": self.form, "parts": listed}))

    def _name(self, number: int) -> str:
        return f"part-{number:06}.{self.form}.gz"

    def _beside(self, number: int) -> Path:
        return self.path / f"part-{number:06}.json"


def files_of(folder: Path, form: str = "nq") -> list[Path]:
    """Return the files of a whole folder of parts.

    Raises:
        FilingError: it is none, is not whole, was changed, or its parts have another format.
    """
    try:
        index = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
        found, listed = index["format"], [(folder / str(part["file"]), part["sha256"]) for part in index["parts"]]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise FilingError(say("parts-not-whole", name=folder.name)) from error
    if found != form:
        raise FilingError(say("parts-other-format", name=folder.name, found=found, wanted=form))
    for path, digest in listed:
        try:
            is_same = path.parent == folder and _digest(path) == digest
        except OSError:
            is_same = False
        if not is_same:
            raise FilingError(say("part-changed", name=path.name))
    return [path for path, _ in listed]


def graphs_of(paths: Iterable[Path]) -> Iterator[tuple[str, list[Triple]]]:
    """Yield the named graphs of some parts, one at a time: the lines of a graph stand together."""
    for path in paths:
        name, triples = "", list[Triple]()
        with gzip.open(path) as file:
            for quad in pyoxigraph.parse(cast("IO[bytes]", file), format=RdfFormat.N_QUADS):
                if quad.graph_name.value != name and triples:
                    yield name, triples
                    triples = []
                name = quad.graph_name.value
                triples.append(quad.triple)
        if triples:
            yield name, triples


def _compress(place: Path, pieces: Iterable[str]) -> None:
    """Write pieces into a compressed file without name and time: the same text gives the same bytes."""
    with place.open("wb") as file, gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as target:
        for piece in pieces:
            target.write(piece.encode())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(2**20):
            digest.update(block)
    return digest.hexdigest()


def _json(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
