"""The file of a workbook looked over before it is read: its size, and the cells that hold more than a value.

An XLSX or ODS file is a zip archive of XML. A small file can unpack to gigabytes, name a cell in the last row of the
last column, or define entities. All three are refused here, in one pass that keeps only the places of such cells.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, TypeVar
from xml.parsers import expat

from hyte_graph.errors import FilingError
from hyte_graph.intake.workbook.scan import Looked, Scan, ScanComments, ScanOds, ScanXlsx, gathered
from hyte_graph.messages import say

UNPACKED = 50 * 1024**2  # bytes
PARTS = 300
_RATIO = 200
_SMALL = 1024**2  # bytes; a part this small may pack as well as it likes
_CHUNK = 64 * 1024
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_S = TypeVar("_S", bound=Scan)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError)
_BROKEN = (
    OSError,
    RuntimeError,
    NotImplementedError,
    expat.ExpatError,
    ValueError,
    LookupError,
)


class _DoctypeError(Exception):
    """The XML defines types or entities."""


def look_over(content: bytes, name: str) -> Looked:
    """Return the cells of a workbook that are more or less than a value in sight.

    Raises:
        FilingError: no workbook, too large when unpacked, too many cells, or XML that defines entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_size(archive, name)
            scans = list(_scans(archive, name))
    except _DoctypeError as error:
        raise FilingError(say("workbook-doctype", name=name)) from error
    except _DAMAGED as error:
        is_archive = content.startswith(b"PK")
        raise FilingError(say("workbook-damaged" if is_archive else "workbook-not-one", name=name)) from error
    except _BROKEN as error:
        raise FilingError(say("workbook-not-one", name=name)) from error
    return gathered(scans)


def _check_size(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    whole = sum(part.file_size for part in parts)
    swollen = any(part.file_size > _SMALL and part.file_size > _RATIO * max(part.compress_size, 1) for part in parts)
    if whole > UNPACKED or len(parts) > PARTS or swollen:
        raise FilingError(say("workbook-bomb", name=name, limit=UNPACKED // 1024**2))
    if any(part.filename.endswith("vbaProject.bin") for part in parts):
        raise FilingError(say("workbook-unsupported", name=name))
    if archive.testzip() is not None:  # a part that is larger than it says fails its checksum
        raise zipfile.BadZipFile


def _scans(archive: zipfile.ZipFile, name: str) -> Iterator[Scan]:
    if "content.xml" in archive.namelist():
        yield _scanned(archive, "content.xml", ScanOds(name))
        return
    _refuse_doctypes(archive)
    names = _Names(name)
    for part in ("xl/_rels/workbook.xml.rels", "xl/workbook.xml"):
        _scanned(archive, part, names)
    yield names
    for title, part in names.parts():
        yield _scanned(archive, part, ScanXlsx(name, title))
        for comments in _comments(archive, part):
            yield _scanned(archive, comments, ScanComments(name, title))


def _comments(archive: zipfile.ZipFile, sheet: str) -> list[str]:
    """Return the parts with the comments of a sheet."""
    folder, file = posixpath.split(sheet)
    relations = f"{folder}/_rels/{file}.rels"
    if relations not in archive.namelist():
        return []
    return _scanned(archive, relations, _Names("", folder)).of_kind("/comments")


def _scanned(archive: zipfile.ZipFile, part: str, scan: _S) -> _S:
    with archive.open(part) as stream:
        _parse(stream, scan)
    return scan


def _parse(stream: IO[bytes], scan: Scan) -> None:
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler = scan.start, scan.end
    parser.CharacterDataHandler = scan.text
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse_doctypes(archive: zipfile.ZipFile) -> None:
    """Look through all parts of an XLSX file for what its kind never holds, so that any library may read it."""
    for part in archive.namelist():
        if part.endswith((".xml", ".rels")):
            parser = expat.ParserCreate()
            parser.StartDoctypeDeclHandler = _refuse
            parser.Parse(archive.read(part), True)


def _refuse(*_: object) -> None:
    raise _DoctypeError


class _Names(Scan):
    """The sheets of a workbook, which of them are hidden, and the parts that a part of the archive names."""

    def __init__(self, name: str, folder: str = "xl") -> None:
        super().__init__(name)
        self._folder = folder
        self._targets: dict[str, tuple[str, str]] = {}  # kind and part, by relation
        self._sheets: list[tuple[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.endswith("}Relationship"):
            target = attributes["Target"]
            part = target.lstrip("/") if target.startswith("/") else f"{self._folder}/{target}"
            self._targets[attributes["Id"]] = (attributes["Type"], posixpath.normpath(part))
        elif tag.endswith("}workbookPr") and attributes.get("date1904") in ("1", "true"):
            self._note("epoch", "", (0, 0))
        elif tag.endswith("}sheet"):
            self._sheets.append((attributes["name"], attributes[_REL.lstrip("{")]))
            if attributes.get("state", "visible") != "visible":
                self._note("hidden", attributes["name"], (0, 0))

    def parts(self) -> Iterator[tuple[str, str]]:
        """Yield the name of each sheet with the part of the archive that holds it."""
        for title, relation in self._sheets:
            yield title, self._targets[relation][1]

    def of_kind(self, end: str) -> list[str]:
        """Return the parts whose kind ends so."""
        return [part for kind, part in self._targets.values() if kind.endswith(end)]
