"""What takes long to prepare, kept on disk between runs by the content that it was made from.

A snapshot is a help, never a source: where it is missing, old, broken, or could have been written by somebody else, the
value is made anew, and where none can be written the work goes on without (decision 25).
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import stat
import sys
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

from hyte_graph.settings import cache_folder
from hyte_graph.versions import package_version

_Made = TypeVar("_Made")

_DIGEST: Final = 32  # bytes
_KEPT: Final = 4  # snapshots of one part: of several versions, or of checkouts beside each other
_ENDING: Final = ".snapshot"
_OWN: Final = "hyte_graph."
_OTHER: Final = frozenset(
    {("datetime", "date"), ("collections", "defaultdict"), ("builtins", "list"), ("re", "_compile")}
)
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def kept(part: str, content: str, make: Callable[[], _Made]) -> _Made:
    """Return what `make` gives; the snapshot of an earlier run spares the making.

    Args:
        part: a name that tells apart what is made of one content.
        content: a digest of all that it is made from, but for the code.
        make: what makes it.
    """
    folder = cache_folder()
    if folder is None:
        return make()
    place = Path(folder) / f"{part}-{_key(content)}{_ENDING}"
    found = _read(place)
    if found:
        return found[0]  # type: ignore[no-any-return]
    made = make()
    with contextlib.suppress(OSError):  # a full or read-only disk costs time, and nothing else
        _write(place, made, part)
    return made


def frozen(value: object) -> bytes:
    """Return a value of the project as bytes, for this version of the program only."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def restored(content: bytes | memoryview) -> Any:
    """Return the value that `frozen` made bytes of.

    Raises:
        Exception: the bytes are broken, or hold more than values of the project.
    """
    return _Loader(io.BytesIO(content)).load()


def is_usable(folder: str) -> bool:
    """Return whether snapshots in a folder are trusted: it is the user's own, and nobody else may write there."""
    try:
        found = Path(folder).lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and _is_own(found)


def _key(content: str) -> str:
    return sha256(f"{content} {_code()}".encode()).hexdigest()[:32]


@cache
def _code() -> str:
    """Return a name of the program that makes the values: its version, its files as they lie there, and Python's."""
    home = Path(__file__).resolve().parents[1]
    found = [f"{package_version()} {sys.implementation.cache_tag} {sys.version_info[:3]}"]
    for folder, _, files in os.walk(home):
        for name in files:
            if name.endswith((".py", ".toml")):
                told = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118 (twice as fast, at each start)
                found.append(f"{name} {told.st_size} {told.st_mtime_ns}")
    return sha256("\n".join(sorted(found)).encode()).hexdigest()


def _is_own(found: os.stat_result) -> bool:
    """Return whether a file is the user's, and no one else may write to it; Windows has neither owner nor mode."""
    if not hasattr(os, "geteuid"):
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _read(place: Path) -> tuple[Any] | None:
    """Return the value of a snapshot, or None where there is none to be trusted."""
    try:
        content = _content(place)
    except OSError:
        return None
    if not content or sha256(content[_DIGEST:]).digest() != content[:_DIGEST]:
        return None
    try:
        return (restored(memoryview(content)[_DIGEST:]),)
    except Exception:  # whatever a broken file does, it is as if it were not there
        return None


def _content(place: Path) -> bytes:
    if not is_usable(str(place.parent)):
        return b""
    with os.fdopen(os.open(place, os.O_RDONLY | _NO_LINK), "rb") as file:
        found = os.fstat(file.fileno())
        return file.read() if stat.S_ISREG(found.st_mode) and _is_own(found) else b""


class _Loader(pickle.Unpickler):
    """Reads values of classes of the project, and nothing that could do anything else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _OTHER:
            return super().find_class(module, name)
        if module.startswith(_OWN) and "." not in name:  # a dot would lead into what a module imports
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _write(place: Path, made: object, part: str) -> None:
    """Write a snapshot whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not is_usable(str(place.parent)):
        return
    import tempfile

    content = frozen(made)
    number, name = tempfile.mkstemp(dir=place.parent, suffix=".new")  # mode 0600
    try:
        with os.fdopen(number, "wb") as file:
            file.write(sha256(content).digest() + content)
        Path(name).replace(place)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    _tidy(place.parent, part)


def _tidy(folder: Path, part: str) -> None:
    """Remove all snapshots of a part but the newest few."""
    found = sorted(folder.glob(f"{part}-*{_ENDING}"), key=lambda path: path.stat().st_mtime)
    for path in found[:-_KEPT]:
        path.unlink(missing_ok=True)
