"""The versions that verdicts rest on, down to the digest of each file of the ontology and the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from hyte_graph.bundle.manifest import digest
from hyte_graph.compliance.engines import DEFAULT
from hyte_graph.resources import package_file, root, turtle_files
from hyte_graph.versions import package_version

_LIBRARIES = ("pyoxigraph", "rdflib")
_FOLDERS = ("ontology", "rules")
_NO_CODE = {"__pycache__", "_data"}
_SHORT = 16  # digits of a digest


def versions_here(engine: str) -> dict[str, Any]:
    """Return the versions of program, engine and libraries, and the digest of each file, as plain values."""
    return {
        "program": {"hyte-graph": package_version(), "code": _code()},
        "engine": {engine: package_version() if engine == DEFAULT else _version(engine)},
        "libraries": {name: _version(name) for name in _LIBRARIES},
        **{folder: _files(folder) for folder in _FOLDERS},
    }


@cache
def _code() -> str:
    """Return the first digits of a digest over the files of the package: a version number may stay while it is made."""
    home, found = package_file(""), sha256()
    for path in sorted(home.rglob("*")):
        if path.is_file() and not _NO_CODE & set(path.relative_to(home).parts):
            found.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:_SHORT]


@cache
def _files(folder: str) -> dict[str, str]:
    return {path.relative_to(root(folder)).as_posix(): digest(path.read_bytes()) for path in turtle_files(folder)}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"


def version_differences(then: Mapping[str, Any], here: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what differs: "rdflib 7.5 → 7.6" for a version, "rules/a/shapes.ttl" for a file."""
    return tuple(_differences(then, here))


def _differences(then: Mapping[str, Any], here: Mapping[str, Any]) -> Iterator[str]:
    for group in ("program", "engine", "libraries"):
        for name, ours, theirs in _unlike(then.get(group), here[group]):
            yield f"{name} {theirs or '–'} → {ours or '–'}"
    for folder in _FOLDERS:
        for name, _, _ in _unlike(then.get(folder), here[folder]):
            yield f"{folder}/{name}"


def _unlike(then: object, here: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    told = then if isinstance(then, dict) else {}
    for name in sorted(told.keys() | here.keys()):
        if told.get(name) != here.get(name):
            yield name, here.get(name, ""), str(told.get(name, ""))
