"""Which versions an assessment rests on."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from hyte_graph.resources import root, turtle_files


@cache
def package_version() -> str:
    """Return the version of the package."""
    from importlib.metadata import PackageNotFoundError, version  # it takes as long as all the rest here

    try:
        return version("hyte-graph")
    except PackageNotFoundError:
        return "0+unknown"


@cache
def content_digest(name: str, folder: Path | None = None) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 over the files of "ontology" or "rules".

    `folder` is where they are, if not where the shipped ones are.
    """
    return files_digest(folder or root(name))


def files_digest(folder: Path) -> str:
    """Return the same of any folder as it is now."""
    digest = sha256()
    for path in turtle_files("", folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def versions(engine: str, ontology: Path | None = None, rules: Path | None = None) -> tuple[tuple[str, str], ...]:
    """Return the versions of the package, the ontology, the rules and the engine, by name.

    The folders are those of the ontology and the rules, if they are not the shipped ones.
    """
    return (
        ("hyte-graph", package_version()),
        ("ontology", content_digest("ontology", ontology)),
        ("rules", content_digest("rules", rules)),
        (engine, _engine_version(engine)),
    )


def _engine_version(engine: str) -> str:
    """Return the version of an engine; that of the project's own is the version of the package."""
    if engine == "hyte":
        return package_version()
    from importlib.metadata import version

    return version(engine)
