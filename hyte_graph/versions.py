"""Which versions an assessment rests on."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from hyte_graph.resources import package_file, root, turtle_files

_LIBRARIES = ("pyoxigraph", "pyshacl", "rdflib")  # what they do can show in a result


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


@cache
def program_digest() -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 over the files of the package, but for its data."""
    home, digest = package_file(""), sha256()
    for path in sorted(home.rglob("*")):
        name = path.relative_to(home)
        is_of_program = name.parts[0] != "_data" and "__pycache__" not in name.parts and not name.name.startswith(".")
        if is_of_program and path.is_file():
            digest.update(name.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def versions_here() -> Mapping[str, str]:
    """Return all that must be the same on two machines for them to give the same results, by name."""
    from importlib.metadata import version

    own = {
        "hyte-graph": package_version(),
        "program": program_digest(),
        "ontology": content_digest("ontology"),
        "rules": content_digest("rules"),
    }
    return own | {name: version(name) for name in _LIBRARIES} | {"python": ".".join(map(str, sys.version_info[:2]))}
