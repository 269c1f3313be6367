"""Saved assessments: one SQLite file in a folder that the user names; nothing is written unless asked.

Every row is a link of a chain (see `chain`), so that a later change of any of them shows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from hyte_graph.errors import FilingError, UsageError
from hyte_graph.messages import say
from hyte_graph.store.faults import fault
from hyte_graph.store.files import made_whole
from hyte_graph.store.linking import (
    VERSION,
    Soundness,
    add_link,
    chain_up,
    changed,
    create,
    record_of,
    soundness,
    writing,
)

FILE = "assessments.sqlite"
_PATIENCE = 10  # seconds to wait for another writer
_ASKED = "SELECT number, actor, day, saved, input, result FROM assessment"


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

    def save(
        self,
        result: Mapping[str, Any],
        content: bytes,
        saved: datetime,
        migrated: Callable[[int], None] = lambda count: None,  # noqa: ARG005
    ) -> int:
        """Save the JSON report of an assessment with the bytes that were assessed, and return its number.

        Args:
            result: the JSON report as plain values.
            content: the bytes that were assessed.
            saved: the time.
            migrated: told how many assessments an archive without a chain held, once they are chained.

        Raises:
            FilingError: the file cannot be written, or is none of ours.
        """
        digest = sha256(content).hexdigest()
        row = (result["organisation"]["id"], result["on"], saved.isoformat(timespec="seconds"), digest, _text(result))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FilingError(say("archive-broken", name=self._path.name, detail=str(error.strerror))) from error
        self._begin()
        with self._open() as base, writing(base):
            chained = chain_up(base)
            base.execute("INSERT OR IGNORE INTO input VALUES (?, ?)", (digest, content))
            found = base.execute("INSERT INTO assessment VALUES (NULL, ?, ?, ?, ?, ?)", row)
            number = int(found.lastrowid or 0)
            add_link(base, record_of((number, *row)))
        if chained is not None:
            migrated(chained)
        return number

    def history(self, actor: str) -> tuple[Saved, ...]:
        """Return the saved assessments of an actor, by day and then by number.

        Raises:
            FilingError: one of them is not as it was saved.
        """
        with self._existing() as base:
            rows = base.execute(f"{_ASKED} WHERE actor = ? ORDER BY day, number", (actor,)).fetchall()
            return tuple(_saved(row, base) for row in rows)

    def actors(self) -> tuple[str, ...]:
        """Return the slugs of the actors of which something is saved."""
        with self._existing() as base:
            return tuple(row[0] for row in base.execute("SELECT DISTINCT actor FROM assessment ORDER BY actor"))

    def get(self, number: int) -> Saved:
        """Return the assessment of a number.

        Raises:
            UsageError: there is none.
            FilingError: it is not as it was saved.
        """
        with self._existing() as base:
            row = base.execute(f"{_ASKED} WHERE number = ?", (number,)).fetchone()
            if row is None:
                raise UsageError(say("archive-no-number", number=number, folder=self._path.parent.name))
            return _saved(row, base)

    def content(self, number: int) -> bytes:
        """Return the bytes that were assessed."""
        asked = "SELECT content FROM input JOIN assessment ON input.sha256 = assessment.input WHERE number = ?"
        with self._existing() as base:
            return bytes(base.execute(asked, (self.get(number).number,)).fetchone()[0])

    def soundness(self) -> Soundness:
        """Return whether every assessment and every input is as it was saved."""
        with self._existing() as base:
            return soundness(base)

    def copy(self, target: Path) -> None:
        """Write a copy of the archive to a file that is not there yet; saving may go on meanwhile.

        Raises:
            UsageError: there is such a file, or it cannot be written.
        """
        if target.exists():
            raise UsageError(say("archive-copy-exists", name=target.name))
        with self._existing() as base:
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                with closing(sqlite3.connect(target)) as copy:
                    base.backup(copy)
            except (OSError, sqlite3.Error) as error:
                raise UsageError(say("report-not-written", name=target.name)) from error

    def _begin(self) -> None:
        """Make the file where there is none, whole or not at all; never in the place of one that was lost.

        Raises:
            FilingError: one was lost, or none can be made.
        """
        if self._path.exists():
            return
        log = self._path.with_name(f"{FILE}-wal")
        if log.exists() and log.stat().st_size and not self._path.exists():
            raise FilingError(say("archive-lost", name=FILE, log=log.name))
        try:
            made_whole(self._path, _create, is_first=True)
        except sqlite3.Error as error:
            raise fault(error, self._path) from error
        except OSError as error:
            raise FilingError(say("archive-broken", name=FILE, detail=str(error.strerror))) from error

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
            if self._path.stat().st_size == 0:
                raise FilingError(say("archive-empty", name=FILE))
            address = f"{self._path.absolute().as_uri()}?mode=rw"  # a missing file is not made
            with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE, isolation_level=None)) as base:
                _prepare(base, self._path)
                yield base
        except sqlite3.Error as error:
            raise fault(error, self._path) from error
        except OSError as error:
            raise FilingError(say("archive-broken", name=FILE, detail=str(error.strerror))) from error


def _prepare(base: sqlite3.Connection, path: Path) -> None:
    found = base.execute("PRAGMA user_version").fetchone()[0]
    if found > VERSION:
        raise FilingError(say("archive-newer", name=path.name, version=found))
    if found == 0:
        if base.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()[0]:
            raise FilingError(say("archive-foreign", name=path.name))
        raise FilingError(say("archive-empty", name=path.name))
    base.execute("PRAGMA synchronous = FULL")
    base.execute("PRAGMA foreign_keys = ON")


def _create(path: Path) -> None:
    """Make the tables in an empty file, with everything in the file itself when it is closed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = WAL")
        create(base)


def _text(result: Mapping[str, Any]) -> str:
    return json.dumps(result, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _saved(row: tuple[Any, ...], base: sqlite3.Connection) -> Saved:
    record = record_of(row)
    if changed(base, record):
        raise FilingError(say("store-broken", number=record.number))
    return Saved(record.number, record.saved, json.loads(row[-1]))
