"""Saved assessments: one SQLite file in a folder that the user names; nothing is written unless asked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from hyte_graph.errors import FilingError, UsageError
from hyte_graph.messages import say

FILE = "assessments.sqlite"
_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS input (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS assessment (
    number INTEGER PRIMARY KEY, actor TEXT NOT NULL, day TEXT NOT NULL, saved TEXT NOT NULL,
    input TEXT NOT NULL REFERENCES input, result TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS by_actor ON assessment (actor, day, number);
"""


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved assessment: its number, when it was saved, and the JSON report."""

    number: int
    saved: str  # date and time, ISO 8601
    result: Mapping[str, Any]


class Archive:
    """The saved assessments of a folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def save(self, result: Mapping[str, Any], content: bytes, saved: datetime) -> int:
        """Save the JSON report of an assessment with the bytes that were assessed, and return its number.

        Raises:
            FilingError: the file cannot be written, or is none of ours.
        """
        digest = sha256(content).hexdigest()
        row = (result["organisation"]["id"], result["on"], saved.isoformat(timespec="seconds"), digest, _text(result))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FilingError(say("archive-broken", name=self._path.name, detail=str(error.strerror))) from error
        with self._open() as base, base:
            base.execute("INSERT OR IGNORE INTO input VALUES (?, ?)", (digest, content))
            found = base.execute("INSERT INTO assessment VALUES (NULL, ?, ?, ?, ?, ?)", row)
        return int(found.lastrowid or 0)

    def history(self, actor: str) -> tuple[Saved, ...]:
        """Return the saved assessments of an actor, by day and then by number."""
        asked = "SELECT number, saved, result FROM assessment WHERE actor = ? ORDER BY day, number"
        with self._existing() as base:
            return tuple(_saved(row) for row in base.execute(asked, (actor,)))

    def actors(self) -> tuple[str, ...]:
        """Return the slugs of the actors of which something is saved."""
        with self._existing() as base:
            return tuple(row[0] for row in base.execute("SELECT DISTINCT actor FROM assessment ORDER BY actor"))

    def get(self, number: int) -> Saved:
        """Return the assessment of a number.

        Raises:
            UsageError: there is none.
        """
        with self._existing() as base:
            asked = "SELECT number, saved, result FROM assessment WHERE number = ?"
            row = base.execute(asked, (number,)).fetchone()
        if row is None:
            raise UsageError(say("archive-no-number", number=number, folder=self._path.parent.name))
        return _saved(row)

    def content(self, number: int) -> bytes:
        """Return the bytes that were assessed."""
        asked = "SELECT content FROM input JOIN assessment ON input.sha256 = assessment.input WHERE number = ?"
        with self._existing() as base:
            return bytes(base.execute(asked, (self.get(number).number,)).fetchone()[0])

    @contextmanager
    def _existing(self) -> Iterator[sqlite3.Connection]:
        if not self._path.is_file():
            raise UsageError(say("archive-missing", folder=self._path.parent.name))
        with self._open() as base:
            yield base

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Open the file, with every commit on the disk before it returns.

        Raises:
            FilingError: the file is none of ours, or of a newer version.
        """
        try:
            with closing(sqlite3.connect(self._path, timeout=10)) as base:
                _prepare(base, self._path)
                yield base
        except sqlite3.Error as error:
            raise FilingError(say("archive-broken", name=self._path.name, detail=str(error))) from error


def _prepare(base: sqlite3.Connection, path: Path) -> None:
    found = base.execute("PRAGMA user_version").fetchone()[0]
    if found > _VERSION:
        raise FilingError(say("archive-newer", name=path.name, version=found))
    if found == 0:
        if base.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
            raise FilingError(say("archive-foreign", name=path.name))
        base.execute("PRAGMA journal_mode = WAL")
        base.executescript(_TABLES + f"PRAGMA user_version = {_VERSION};")
    base.execute("PRAGMA synchronous = FULL")
    base.execute("PRAGMA foreign_keys = ON")


def _text(result: Mapping[str, Any]) -> str:
    return json.dumps(result, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _saved(row: tuple[int, str, str]) -> Saved:
    return Saved(row[0], row[1], json.loads(row[2]))
