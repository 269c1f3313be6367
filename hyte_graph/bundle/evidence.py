"""Evidence files: in the bundle, or only named by their digest because they stay with their owner."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from hyte_graph.bundle.manifest import digest, plain

NAME = "evidence.json"
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")
_SHORT = 16  # digits of a digest


@dataclass(frozen=True, slots=True, order=True)
class EvidenceFile:
    """A file of evidence; `part` is empty where only its digest is given."""

    name: str
    sha256: str
    size: int  # bytes
    part: str = ""


def attached(content: bytes, name: str) -> EvidenceFile:
    """Return a file that goes into the bundle, in a part called by its digest: a name may be anything."""
    ending = PurePath(name).suffix if _ENDING.fullmatch(PurePath(name).suffix) else ""
    found = digest(content)
    return EvidenceFile(name, found, len(content), f"evidence/{found[:_SHORT]}{ending.lower()}")


def named(content: bytes, name: str) -> EvidenceFile:
    """Return a file that stays where it is."""
    return EvidenceFile(name, digest(content), len(content))


def listed(files: Iterable[EvidenceFile]) -> bytes:
    """Return the list of evidence as it stands in a bundle."""
    return plain([{"name": i.name, "sha256": i.sha256, "size": i.size, "part": i.part} for i in sorted(set(files))])


def read_list(content: bytes) -> tuple[EvidenceFile, ...]:
    """Return the files of a list of evidence.

    Raises:
        ValueError: the bytes are no such list.
    """
    try:
        return tuple(_file(item) for item in json.loads(content))
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError(NAME) from error


def _file(item: Any) -> EvidenceFile:
    made = EvidenceFile(item["name"], item["sha256"], item["size"], item["part"])
    if not all(isinstance(value, str) for value in (made.name, made.sha256, made.part)) or type(made.size) is not int:
        raise TypeError(NAME)
    return made
