"""The file of a workbook looked over before it is read: its size, and the cells that hold more than a value.

An XLSX or ODS file is a zip archive of XML. A small file can unpack to gigabytes, name a cell in the last row of the
last column, or define entities. All three are refused here, in one pass that keeps only the places of such cells.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from hyte_graph.errors import FilingError
from hyte_graph.intake.workbook.scan import Scan, ScanOds, ScanXlsx
from hyte_graph.messages import say

UNPACKED = 50 * 1024**2  # bytes
PARTS = 300
_RATIO = 200
_SMALL = 1024**2  # bytes; a part this small may pack as well as it likes
_CHUNK = 64 * 1024
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    expat.ExpatError,
    ValueError,
    KeyError,
)


@dataclass(frozen=True, slots=True)
class Looked:
    """The cells of each sheet that hold a formula, are merged, or show an error of calculation, as (row, column)."""

    formulas: dict[str, frozenset[tuple[int, int]]]
    merged: dict[str, frozenset[tuple[int, int]]]
    errors: dict[str, frozenset[tuple[int, int]]]


class _DoctypeError(Exception):
    """The XML defines types or entities."""


def look_over(content: bytes, name: str) -> Looked:
    """Return the formulas, merged cells and errors of a workbook.

    Raises:
        FilingError: no workbook, too large when unpacked, too many cells, or XML that defines entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_size(archive, name)
            scans = list(_scans(archive, name))
    except _DoctypeError as error:
        raise FilingError(say("workbook-doctype", name=name)) from error
    except _BROKEN as error:
        raise FilingError(say("workbook-not-one", name=name)) from error
    return Looked(
        {sheet: frozenset(scan.formulas[sheet]) for scan in scans for sheet in scan.formulas},
        {sheet: frozenset(scan.merged[sheet]) for scan in scans for sheet in scan.merged},
        {sheet: frozenset(scan.errors[sheet]) for scan in scans for sheet in scan.errors},
    )


def _check_size(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    whole = sum(part.file_size for part in parts)
    swollen = any(part.file_size > _SMALL and part.file_size > _RATIO * max(part.compress_size, 1) for part in parts)
    if whole > UNPACKED or len(parts) > PARTS or swollen:
        raise FilingError(say("workbook-bomb", name=name, limit=UNPACKED // 1024**2))
    if archive.testzip() is not None:  # a part that is larger than it says fails its checksum
        raise zipfile.BadZipFile


def _scans(archive: zipfile.ZipFile, name: str) -> Iterator[Scan]:
    if "content.xml" in archive.namelist():
        yield _scanned(archive, "content.xml", ScanOds(name))
        return
    for title, part in _sheet_parts(archive):
        yield _scanned(archive, part, ScanXlsx(name, title))


def _scanned(archive: zipfile.ZipFile, part: str, scan: Scan) -> Scan:
    with archive.open(part) as stream:
        _parse(stream, scan)
    return scan


def _parse(stream: IO[bytes], scan: Scan) -> None:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler = scan.start, scan.end
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse(*_: object) -> None:
    raise _DoctypeError


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name of each sheet with the part of the archive that holds it."""
    targets: dict[str, str] = {}
    found: list[tuple[str, str]] = []

    class Names(Scan):
        def start(self, tag: str, attributes: dict[str, str]) -> None:
            if tag.endswith("}Relationship"):
                targets[attributes["Id"]] = attributes["Target"]
            elif tag.endswith("}sheet"):
                found.append((attributes["name"], attributes[_REL.lstrip("{")]))

    for part in ("xl/_rels/workbook.xml.rels", "xl/workbook.xml"):
        _scanned(archive, part, Names(""))
    for title, relation in found:
        target = targets[relation]
        yield title, target.lstrip("/") if target.startswith("/") else f"xl/{target}"
