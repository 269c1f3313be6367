"""A bundle opened: its parts against its manifest, without asking what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hyte_graph.bundle.check import Check, differs
from hyte_graph.bundle.container import PATH, Fault, Unpacked, readings
from hyte_graph.bundle.keys import part_names
from hyte_graph.bundle.manifest import NAME, Manifest, digest, read_manifest
from hyte_graph.bundle.parts import MIMETYPE
from hyte_graph.errors import FilingError
from hyte_graph.messages import say

_SENTENCES = {
    "changed": "verify-changed",
    "header": "verify-header",
    "listing": "verify-listing",
    "end": "verify-end",
    "tail": "verify-tail",
    "cut": "verify-cut",
}


_SHOWN = 80  # characters of a name that no bundle has


@dataclass(frozen=True, slots=True)
class Opened:
    """The parts of a bundle; `manifest` is None where it cannot be read. `faults` are its differences so far."""

    parts: dict[str, bytes]
    manifest: Manifest | None
    faults: tuple[Check, ...]

    @property
    def spoiled(self) -> frozenset[str]:
        """Return the parts that differ."""
        return frozenset(fault.part for fault in self.faults)


def open_bundle(content: bytes, name: str) -> Opened:
    """Return the parts of a bundle, and where they are not what the manifest says.

    Each part is told of twice in the file; where the two disagree, the reading is taken that leaves less unexplained.

    Raises:
        FilingError: the file is no bundle at all.
    """
    found = [_opened(reading) for reading in readings(content) if _is_bundle(reading)]
    if not found:
        raise FilingError(say("bundle-not-one", name=name))
    return min(found, key=lambda opened: len(opened.faults))


def _is_bundle(found: Unpacked) -> bool:
    return bool({NAME, MIMETYPE[0]} & {path for path, _ in found.parts})


def _opened(found: Unpacked) -> Opened:
    parts = dict(found.parts)
    manifest = _manifest(parts.get(NAME, b""))
    faults = [*_of_file(found), *_of_names(found)]
    if manifest is None:
        faults.append(differs("verify-manifest-unreadable", NAME))
    else:
        faults += _of_parts(found, parts, manifest)
    return Opened(parts, manifest, _each_once(faults))


def _manifest(content: bytes) -> Manifest | None:
    try:
        return read_manifest(content)
    except ValueError:
        return None


def _of_file(found: Unpacked) -> Iterator[Check]:
    """Yield the differences of the ZIP file itself; behind a cut nothing is as it should be."""
    cut = next((fault for fault in found.faults if fault.kind == "cut"), None)
    for fault in (cut,) if cut else found.faults:
        yield _told(fault)


def _told(fault: Fault) -> Check:
    if fault.kind == "cut" and not fault.part:
        return differs("verify-cut-end")
    return differs(_SENTENCES[fault.kind], _shown(fault.part))


def _shown(path: str) -> str:
    """Return a path as it can be shown: one that no bundle has may hold anything."""
    return path if PATH.fullmatch(path) else ascii(path)[1:-1][:_SHOWN]


def _of_names(found: Unpacked) -> Iterator[Check]:
    counted = Counter(path for path, _ in found.parts)
    for path, count in counted.items():
        if count > 1:
            yield differs("verify-twice", _shown(path))


def _of_parts(found: Unpacked, parts: dict[str, bytes], manifest: Manifest) -> Iterator[Check]:
    for path, wanted in manifest.parts.items():
        if path not in parts:
            yield differs("verify-missing", path)
        elif digest(parts[path]) != wanted:
            yield differs("verify-changed", path)
    expected = _expected(manifest)
    yield from (differs("verify-strange", _shown(path)) for path in parts if path not in expected)
    if [path for path, _ in found.parts if path in expected] != [path for path in expected if path in parts]:
        yield differs("verify-order")


def _expected(manifest: Manifest) -> list[str]:
    """Return the parts that a bundle has, in their order."""
    signatures = [part_names(key)[1] for key in manifest.keys]
    first, rest = MIMETYPE[0], sorted(path for path in manifest.parts if path != MIMETYPE[0])
    return list(dict.fromkeys([first, NAME, *signatures, *rest]))


def _each_once(faults: list[Check]) -> tuple[Check, ...]:
    """Return the faults without repetitions: the checksum and the digest of a part tell of the same change."""
    return tuple(dict.fromkeys(faults))
