"""Files of one folder as one zip archive and back: nothing outside the folder, nothing that swells, nothing unnamed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path, PurePosixPath

from hyte_graph.errors import FilingError
from hyte_graph.messages import say

UNPACKED = 50 * 1024**2  # bytes
PARTS = 100
_RATIO = 200
_SMALL = 1024**2  # bytes; a part this small may pack as well as it likes
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the time of making would make two runs differ
_UNIX, _READABLE = 3, 0o644 << 16
_LEFT_BY_SYSTEMS = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")  # nothing of the user's stands in these
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


def packed(parts: Mapping[str, bytes], stored: Collection[str] = ()) -> bytes:
    """Return some files as a zip archive, some of them stored as they are; the same files give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, content)
    return target.getvalue()


def file_or_folder(path: Path) -> tuple[bytes, str]:
    """Return the bytes of a file and its name, or a folder as the archive of its files and its name with a slash.

    Raises:
        FilingError: the folder holds too much.
        OSError: there is no such file.
    """
    if not path.is_dir():
        return path.read_bytes(), path.name
    shown = f"{path.resolve().name}/"
    return folder_packed(path, shown), shown


def folder_packed(folder: Path, name: str) -> bytes:
    """Return the files of a folder as a zip archive.

    Raises:
        FilingError: more or larger files than an archive may hold, or one that cannot be read.
    """
    found = list(islice((path for path in folder.rglob("*") if path.is_file()), PARTS + 1))
    if len(found) > PARTS:
        raise FilingError(say("archive-many", name=name, limit=PARTS))
    try:
        if sum(path.stat().st_size for path in found) > UNPACKED:
            raise FilingError(say("archive-swollen", name=name, limit=UNPACKED // 1024**2))
        return packed({path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(found)})
    except OSError as error:
        raise FilingError(say("archive-not-one", name=name)) from error


def unpacked(content: bytes, name: str, suffix: str) -> dict[str, bytes]:
    """Return the files of a zip archive by their names, all in one folder and with one ending.

    Raises:
        FilingError: no zip archive, too large when unpacked, or a file that is not such a one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
            _check_size(entries, name)
            return {part: archive.read(entry) for part, entry in _named(entries, name, suffix)}
    except _BROKEN as error:
        raise FilingError(say("archive-not-one", name=name)) from error


def _check_size(entries: list[zipfile.ZipInfo], name: str) -> None:
    if len(entries) > PARTS:
        raise FilingError(say("archive-many", name=name, limit=PARTS))
    swollen = any(entry.file_size > max(_SMALL, _RATIO * entry.compress_size) for entry in entries)
    if swollen or sum(entry.file_size for entry in entries) > UNPACKED:
        raise FilingError(say("archive-swollen", name=name, limit=UNPACKED // 1024**2))


def _named(entries: list[zipfile.ZipInfo], name: str, suffix: str) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield each file under its name; all may stand in one folder of the archive, but in no other place."""
    seen: dict[str, str] = {}
    for entry in entries:
        whole = entry.filename
        path = PurePosixPath(whole)
        if set(path.parts) & set(_LEFT_BY_SYSTEMS):
            continue
        if path.is_absolute() or ".." in path.parts or "\\" in whole or ":" in whole:
            raise FilingError(say("archive-path", name=name, part=whole))
        folder = str(path.parent)
        if path.suffix.lower() != suffix or folder != seen.setdefault("folder", folder) or path.name in seen:
            raise FilingError(say("archive-part", name=name, part=whole, suffix=suffix))
        seen[path.name] = whole
        yield path.name, entry
