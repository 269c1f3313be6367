"""The file of a bundle: a ZIP archive in one spelling, so that every byte of it is known from its parts.

Nothing is packed, since packing depends on the version of a library and lets a small file unpack to a large one.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

LARGEST = 256 * 1024**2  # bytes
MOST_PARTS = 2000
PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*(/[A-Za-z0-9][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)*)*")
_LOCAL = struct.Struct("<4s5H3L2H")
_LISTED = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_STARTS, _LISTS, _ENDS = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_VERSION, _UNIX = 10, 3 << 8
_DAY = 0x21  # 1 January 1980, the first that a ZIP file can tell
_RIGHTS = 0o100644 << 16
_CRC_LOCAL, _CRC_LISTED = slice(14, 18), slice(16, 20)

Parts = tuple[tuple[str, bytes], ...]
_Layout = list[tuple[str, int, int]]  # name, start and size of the content of each part


@dataclass(frozen=True, slots=True)
class Fault:
    """A place where the file is not as its parts make it."""

    kind: str  # "changed", "header", "listing", "end", "tail" or "cut"
    part: str = ""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The parts of a file in their order, and where the file departs from its one spelling."""

    parts: Parts
    faults: tuple[Fault, ...]


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return the ZIP file of some parts, in their order."""
    return b"".join(region for _, region in _regions(tuple(parts.items())))


def readings(content: bytes) -> tuple[Unpacked, ...]:
    """Return the parts of a file as the headers before them tell, and as the list at the end does if that differs."""
    layouts = [layout for layout in (_walked(content), _listed(content)) if layout]
    if len(layouts) > 1 and layouts[0] == layouts[1]:
        del layouts[1]
    return tuple(_compared(content, layout) for layout in layouts if _fits(layout, content))


def _regions(parts: Parts) -> Iterator[tuple[Fault, bytes]]:
    """Yield the pieces of a file, each with the fault that it is if it reads otherwise."""
    at, starts = 0, []
    for name, content in parts:
        header = _local(name, content)
        yield Fault("header", name), header
        yield Fault("changed", name), content
        starts.append(at)
        at += len(header) + len(content)
    listing = [_listing(name, content, start) for (name, content), start in zip(parts, starts, strict=True)]
    for (name, _), region in zip(parts, listing, strict=True):
        yield Fault("listing", name), region
    size = sum(map(len, listing))
    yield Fault("end"), _END.pack(_ENDS, 0, 0, len(parts), len(parts), size, at, 0)


def _local(name: str, content: bytes) -> bytes:
    size, title = len(content), name.encode()
    fields = (_VERSION, 0, 0, 0, _DAY, zlib.crc32(content), size, size, len(title), 0)
    return _LOCAL.pack(_STARTS, *fields) + title


def _listing(name: str, content: bytes, start: int) -> bytes:
    size, title = len(content), name.encode()
    fields = (_UNIX | _VERSION, _VERSION, 0, 0, 0, _DAY, zlib.crc32(content), size, size, len(title))
    return _LISTED.pack(_LISTS, *fields, 0, 0, 0, 0, _RIGHTS, start) + title


def _walked(content: bytes) -> _Layout:
    return list(islice(_walk(content), MOST_PARTS + 1))


def _walk(content: bytes) -> Iterator[tuple[str, int, int]]:
    """Yield the parts by the header before each."""
    at = 0
    while content.startswith(_STARTS, at) and at + _LOCAL.size <= len(content):
        *_, size, _, length, _ = _LOCAL.unpack_from(content, at)
        start = at + _LOCAL.size + length
        yield _title(content[at + _LOCAL.size : start]), start, max(min(size, len(content) - start), 0)
        at = start + size


def _listed(content: bytes) -> _Layout:
    end = content.rfind(_ENDS)
    if end < 0 or end + _END.size > len(content):
        return []
    return list(islice(_list(content, _END.unpack_from(content, end)[6]), MOST_PARTS + 1))


def _list(content: bytes, at: int) -> Iterator[tuple[str, int, int]]:
    """Yield the parts by the list at the end of the file."""
    while content.startswith(_LISTS, at) and at + _LISTED.size <= len(content):
        fields = _LISTED.unpack_from(content, at)
        size, length, start = fields[8], fields[10], fields[16]
        title = content[at + _LISTED.size : at + _LISTED.size + length]
        yield _title(title), start + _LOCAL.size + length, size
        at += _LISTED.size + length


def _title(name: bytes) -> str:
    return name.decode("ascii", "replace")


def _fits(layout: _Layout, content: bytes) -> bool:
    """Return whether a layout has not too many parts, and none of its bytes twice over."""
    return len(layout) <= MOST_PARTS and sum(size for _, _, size in layout) <= len(content)


def _compared(content: bytes, layout: _Layout) -> Unpacked:
    parts = tuple((name, content[start : start + size]) for name, start, size in layout)
    return Unpacked(parts, tuple(dict.fromkeys(_faults(content, parts))))


def _faults(content: bytes, parts: Parts) -> Iterator[Fault]:
    at, sums = 0, _changed(content, parts)
    for fault, region in _regions(parts):
        found = content[at : at + len(region)]
        at += len(region)
        if found == region:
            continue
        if len(found) < len(region) and region.startswith(found):
            yield Fault("cut", fault.part)
            return
        only_sum = fault.part in sums and _without_sum(fault.kind, found) == _without_sum(fault.kind, region)
        yield Fault("changed", fault.part) if only_sum else fault
    if at < len(content):
        yield Fault("tail")


def _changed(content: bytes, parts: Parts) -> frozenset[str]:
    """Return the parts of which both checksums, before the part and in the list, agree on another content."""
    found: dict[str, list[bytes]] = {}
    at = 0
    for fault, region in _regions(parts):
        place = {"header": _CRC_LOCAL, "listing": _CRC_LISTED}.get(fault.kind)
        if place:
            found.setdefault(fault.part, []).append(content[at : at + len(region)][place])
        at += len(region)
    real = {name: struct.pack("<L", zlib.crc32(data)) for name, data in parts}
    return frozenset(name for name, sums in found.items() if len(set(sums)) == 1 and sums[0] != real[name])


def _without_sum(kind: str, region: bytes) -> bytes:
    place = {"header": _CRC_LOCAL, "listing": _CRC_LISTED}.get(kind)
    return region[: place.start] + region[place.stop :] if place else region
