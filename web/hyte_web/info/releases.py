"""The versions of the project, read from its changelog."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from hyte_graph.resources import shared_file

_HEAD = re.compile(r"## \[(?P<version>[^\]]+)\] – (?P<day>\S+)")
_CODE = re.compile(r"`([^`]*)`")


@dataclass(frozen=True, slots=True)
class Release:
    """A version: its number, its day (or a word where it has none) and what changed, in English."""

    version: str
    day: str
    items: tuple[str, ...]


@cache
def releases() -> tuple[Release, ...]:
    """Return the versions, the latest first."""
    found: list[tuple[str, str, list[str]]] = []
    for line in shared_file("CHANGELOG.md").read_text(encoding="utf-8").splitlines():
        head = _HEAD.match(line)
        if head:
            found.append((head["version"], head["day"], []))
        elif line.startswith("- ") and found:
            found[-1][2].append(_CODE.sub(r"\1", line[2:]))
    return tuple(Release(version, day, tuple(items)) for version, day, items in found)
