"""Which versions an assessment rests on."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from hyte_graph.resources import root, turtle_files


@cache
def package_version() -> str:
    """Return the version of the package."""
    try:
        return version("hyte-graph")
    except PackageNotFoundError:
        return "0+unknown"


@cache
def content_digest(name: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 over the files of "ontology" or "rules"."""
    digest = sha256()
    for path in turtle_files(name):
        digest.update(_relative(path, name).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _relative(path: Path, name: str) -> str:
    return path.relative_to(root(name)).as_posix()


def versions(engine: str) -> tuple[tuple[str, str], ...]:
    """Return the versions of the package, the ontology, the rules and the engine, by name."""
    return (
        ("hyte-graph", package_version()),
        ("ontology", content_digest("ontology")),
        ("rules", content_digest("rules")),
        (engine, _engine_version(engine)),
    )


def _engine_version(engine: str) -> str:
    """Return the version of an engine; that of the project's own is the version of the package."""
    return package_version() if engine == "hyte" else version(engine)
