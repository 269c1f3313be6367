"""The manifest of a bundle: what was asked, who signed, and the SHA-256 of every part."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from hyte_graph.bundle.container import PATH

SCHEMA = "hyte.bundle/1"
NAME = "manifest.json"
LARGEST = 1024**2  # bytes
_DIGEST = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"sha256:[0-9a-f]{64}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FIELDS = ("schema", "on", "lawOn", "knownOn", "engine", "includeDrafts", "descriptions", "keys", "parts")


@dataclass(frozen=True, slots=True)
class Asked:
    """How the descriptions were assessed."""

    on: date  # facts as of
    law_on: date
    known_on: date
    engine: str
    include_drafts: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A file that was given: the part that it is, and what it was called."""

    part: str
    name: str


@dataclass(frozen=True, slots=True)
class Described:
    """The description of an organisation, and the files with what others judged, in the order that they were given."""

    description: Given
    judgements: tuple[Given, ...] = ()

    @property
    def files(self) -> tuple[Given, ...]:
        """Return all files that were given."""
        return self.description, *self.judgements


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says of itself; `descriptions` maps an organisation to the files that describe it."""

    asked: Asked
    descriptions: Mapping[str, Described]
    keys: tuple[str, ...] = ()  # fingerprints, "sha256:" and 64 hexadecimal digits
    parts: Mapping[str, str] = field(default_factory=dict)  # path to SHA-256

    def content(self) -> bytes:
        """Return the manifest as it stands in a bundle: ASCII, one part a line, in the order of the file."""
        asked = self.asked
        value = {
            "schema": SCHEMA,
            "on": asked.on.isoformat(),
            "lawOn": asked.law_on.isoformat(),
            "knownOn": asked.known_on.isoformat(),
            "engine": asked.engine,
            "includeDrafts": asked.include_drafts,
            "descriptions": {slug: [_given(file) for file in item.files] for slug, item in self.descriptions.items()},
            "keys": list(self.keys),
            "parts": dict(self.parts),
        }
        return plain(value)


def read_manifest(content: bytes) -> Manifest:
    """Return the manifest that some bytes hold.

    Raises:
        ValueError: they are not a manifest in its one spelling.
    """
    if len(content) > LARGEST:
        raise ValueError(NAME)
    try:
        made = _manifest(json.loads(content))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(NAME) from error
    if made.content() != content:
        raise ValueError(NAME)
    return made


def _manifest(value: dict[str, Any]) -> Manifest:
    if tuple(value) != _FIELDS or value["schema"] != SCHEMA:
        raise ValueError(NAME)
    on, law_on, known_on = (_day(value[key]) for key in ("on", "lawOn", "knownOn"))
    asked = Asked(on, law_on, known_on, _like(_SLUG, value["engine"]), bool(value["includeDrafts"]))
    described = {_like(_SLUG, slug): _described(files) for slug, files in value["descriptions"].items()}
    parts = {_like(PATH, path): _like(_DIGEST, digest) for path, digest in value["parts"].items()}
    return Manifest(asked, described, tuple(_like(_KEY, key) for key in value["keys"]), parts)


def _described(files: list[dict[str, Any]]) -> Described:
    first, *others = (Given(_text(item["part"]), _text(item["name"])) for item in files)
    return Described(first, tuple(others))


def _given(file: Given) -> dict[str, str]:
    return {"part": file.part, "name": file.name}


def _day(value: Any) -> date:
    return date.fromisoformat(_text(value))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(NAME)
    return value


def _like(pattern: re.Pattern[str], value: Any) -> str:
    if not pattern.fullmatch(_text(value)):
        raise ValueError(NAME)
    return str(value)


def plain(value: object) -> bytes:
    """Return plain values as JSON in ASCII, so that no tool that shows it can be led astray."""
    return (json.dumps(value, indent=1) + "\n").encode()


def digest(content: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return sha256(content).hexdigest()
