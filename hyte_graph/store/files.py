"""Writing a file whole: a reader sees the old one or the new one, also after the power has failed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place, bring it to the disk, and move it there.

    A device or a pipe is written to as it is; a link keeps leading where it led, and a file its rights.

    Raises:
        OSError: it cannot be written; what was there is still there.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    made_whole(target, lambda place: place.write_bytes(content))


def made_whole(target: Path, make: Callable[[Path], object], *, is_first: bool = False) -> None:
    """Let `make` fill a file beside its place, and move it there; `is_first` leaves what another put there first."""
    rights = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_mask()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
    os.close(handle)
    place = Path(name)
    try:
        make(place)
        place.chmod(rights)
        _sync(place)
        if is_first and hasattr(os, "link"):
            with suppress(FileExistsError):
                os.link(place, target)
        else:
            place.replace(target)
        _sync(target.parent)
    finally:
        place.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    if path.is_dir() and os.name == "nt":  # folders have no handle there
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
