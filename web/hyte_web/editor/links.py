"""Short links to queries: a digest of the text names it for ever, in one SQLite file."""

from __future__ import annotations

import sqlite3
from base64 import b32encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from hyte_graph.errors import LimitError, UsageError
from hyte_web.sentences import said

LONGEST: Final = 50_000
"""Characters of a query that gets a short link."""

_MOST: Final = 100_000
_SHORT, _WHOLE = 10, 52  # characters of a name: usually, and of the whole digest
_TABLE: Final = "CREATE TABLE IF NOT EXISTS link (name TEXT PRIMARY KEY, query TEXT NOT NULL) WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class Links:
    """The short links of a folder; none is ever changed."""

    folder: Path

    def name_of(self, query: str) -> str:
        """Return the name of a query, which is kept under it from now on.

        Raises:
            UsageError: the query is too long.
            LimitError: there is no room for more.
        """
        if len(query) > LONGEST:
            raise UsageError(said("editor-link-long", longest=LONGEST))
        digest = b32encode(sha256(query.encode()).digest()).decode().rstrip("=").lower()
        with self._opened() as file:
            for length in range(_SHORT, _WHOLE + 1, 6):
                name = digest[:length]
                found = file.execute("SELECT query FROM link WHERE name = ?", (name,)).fetchone()
                if found is None:
                    _add(file, name, query)
                if found in (None, (query,)):
                    return name
        raise LimitError(said("editor-link-full"))

    def query_of(self, name: str) -> str | None:
        """Return the query under a name, if there is one."""
        with self._opened() as file:
            found = file.execute("SELECT query FROM link WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with closing(sqlite3.connect(self.folder / "links.sqlite", timeout=10)) as file, file:
            file.execute(_TABLE)
            yield file


def _add(file: sqlite3.Connection, name: str, query: str) -> None:
    (count,) = file.execute("SELECT COUNT(*) FROM link").fetchone()
    if count >= _MOST:
        raise LimitError(said("editor-link-full"))
    file.execute("INSERT OR IGNORE INTO link VALUES (?, ?)", (name, query))
