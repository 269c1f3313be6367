"""Files that a command reads and writes, with an error that names them."""

from __future__ import annotations

from pathlib import Path, PurePath

from hyte_graph.errors import FilingError, UsageError
from hyte_graph.messages import say


def read_bytes(name: str) -> bytes:
    """Return the bytes of a file.

    Raises:
        FilingError: there is no such file.
    """
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise FilingError(say("file-not-found", name=PurePath(name).name)) from error


def write_bytes(name: str, content: bytes) -> None:
    """Write a file.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        Path(name).write_bytes(content)
    except OSError as error:
        raise UsageError(say("file-not-writable", name=name)) from error
