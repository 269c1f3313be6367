"""What is wrong with the file of saved assessments, by what SQLite says, in a sentence that tells what to do."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from hyte_graph.errors import FilingError
from hyte_graph.messages import say

_KEYS = {
    sqlite3.SQLITE_FULL: "archive-full",
    sqlite3.SQLITE_BUSY: "archive-busy",
    sqlite3.SQLITE_LOCKED: "archive-busy",
    sqlite3.SQLITE_READONLY: "archive-unwritable",
    sqlite3.SQLITE_CANTOPEN: "archive-unwritable",
    sqlite3.SQLITE_PERM: "archive-unwritable",
    sqlite3.SQLITE_NOTADB: "archive-foreign",
}
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def fault(error: sqlite3.Error, path: Path) -> FilingError:
    """Return the error for what SQLite says of a file."""
    kind = getattr(error, "sqlite_errorcode", 0) & 0xFF  # what stands above says only which call it was
    if kind == sqlite3.SQLITE_IOERR and _is_full(path):
        kind = sqlite3.SQLITE_FULL
    if kind in _KEYS:
        return FilingError(say(_KEYS[kind], name=path.name))
    return FilingError(say("archive-broken", name=path.name, detail=str(error)))


def _is_full(path: Path) -> bool:
    """Return whether nothing more can be written beside a file: SQLite tells some ways of that as other faults."""
    probe = path.with_name(f".{path.name}.probe")
    try:
        probe.write_bytes(bytes(2**16))
    except OSError as error:
        return error.errno in _FULL
    finally:
        probe.unlink(missing_ok=True)
    return False
