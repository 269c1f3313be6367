"""The tables of an archive, with a link of the chain for each row (see `chain`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from hyte_graph.store.chain import Chain, Link, Record, following, linked, start

VERSION = 2
_UNCHAINED = 1  # the version before there was a chain
_TABLES = """
CREATE TABLE IF NOT EXISTS input (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS assessment (
    number INTEGER PRIMARY KEY, actor TEXT NOT NULL, day TEXT NOT NULL, saved TEXT NOT NULL,
    input TEXT NOT NULL REFERENCES input, result TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS by_actor ON assessment (actor, day, number);
CREATE TABLE chain (before INTEGER NOT NULL);
CREATE TABLE link (
    number INTEGER PRIMARY KEY REFERENCES assessment, content TEXT NOT NULL, digest TEXT NOT NULL
);
"""
_KEPT = "SELECT number, actor, day, saved, input, result FROM assessment ORDER BY number"


@dataclass(frozen=True, slots=True)
class Soundness:
    """Whether what is saved is as it was saved."""

    chain: Chain | None  # None in an archive of before there was a chain
    records: tuple[Record, ...]
    broken: int | None  # number of the first assessment that is not as it was


def create(base: sqlite3.Connection) -> None:
    """Make the tables, whole or not at all: another process may be doing the same."""
    with writing(base):
        if base.execute("PRAGMA user_version").fetchone()[0] == 0:
            _chain_kept(base)


@contextmanager
def writing(base: sqlite3.Connection) -> Iterator[None]:
    """Hold the only right to write, from before the last link is read until after the next is written."""
    base.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        base.execute("ROLLBACK")
        raise
    base.execute("COMMIT")


def chain_up(base: sqlite3.Connection) -> int | None:
    """Begin the chain of an archive that has none, and return how many assessments it held; None if it has one."""
    return _chain_kept(base) if _is_unchained(base) else None


def _is_unchained(base: sqlite3.Connection) -> bool:
    """Return whether an archive has no chain because it is older; a number set back does not make it so."""
    tables = {row[0] for row in base.execute("SELECT name FROM sqlite_master")}
    return bool(base.execute("PRAGMA user_version").fetchone()[0] == _UNCHAINED and "link" not in tables)


def _chain_kept(base: sqlite3.Connection) -> int:
    """Make what tables are missing and a link for each assessment; return how many there are."""
    for statement in _TABLES.split(";\n"):
        base.execute(statement)
    records = [record_of(row) for row in base.execute(_KEPT)]
    base.execute("INSERT INTO chain VALUES (?)", (len(records),))
    for record in records:
        add_link(base, record)
    base.execute(f"PRAGMA user_version = {VERSION}")
    return len(records)


def add_link(base: sqlite3.Connection, record: Record) -> None:
    """Write the link of a record after the last one."""
    last = base.execute("SELECT digest FROM link ORDER BY number DESC LIMIT 1").fetchone()
    before = last[0] if last else start(base.execute("SELECT before FROM chain").fetchone()[0])
    content = record.content()
    base.execute("INSERT INTO link VALUES (?, ?, ?)", (record.number, content, following(before, content)))


def read_records(base: sqlite3.Connection) -> tuple[Record, ...]:
    """Return what the chain is made of, by number, from what is kept now."""
    return tuple(record_of(row) for row in base.execute(_KEPT))


def changed(base: sqlite3.Connection, record: Record) -> bool:
    """Return whether a record is not the one that its link stands for."""
    if _is_unchained(base):
        return False
    found = base.execute("SELECT content FROM link WHERE number = ?", (record.number,)).fetchone()
    return found is None or found[0] != record.content()


def soundness(base: sqlite3.Connection) -> Soundness:
    """Return whether every assessment and every input is as it was saved."""
    base.execute("BEGIN")  # one view of the file, whatever is saved meanwhile
    records, strange, chain = read_records(base), _strange_inputs(base), _chain(base)
    found = [next((item.number for item in records if item.input in strange), None)]
    found.append(_first_difference(chain, records) if chain else None)
    return Soundness(chain, records, min((number for number in found if number is not None), default=None))


def _chain(base: sqlite3.Connection) -> Chain | None:
    if _is_unchained(base):
        return None
    links = base.execute("SELECT number, content, digest FROM link ORDER BY number")
    found = base.execute("SELECT before FROM chain").fetchone()
    return Chain(tuple(Link(*row) for row in links), found[0] if found else 0)


def _first_difference(chain: Chain, records: tuple[Record, ...]) -> int | None:
    """Return the number of the first assessment of which the link is wrong or missing, or the other way round."""
    made = linked(records, chain.before)
    found = [chain.broken(), chain.parts_from(made), made.parts_from(chain)]
    return min((number for number in found if number is not None), default=None)


def _strange_inputs(base: sqlite3.Connection) -> frozenset[str]:
    """Return the digests under which other bytes are kept, or none."""
    found = base.execute("SELECT sha256, content FROM input")
    kept = {name: sha256(content).hexdigest() for name, content in found if isinstance(content, bytes)}
    asked = {row[0] for row in base.execute("SELECT DISTINCT input FROM assessment")}
    return frozenset(name for name in asked if kept.get(name) != name)


def record_of(row: tuple[Any, ...]) -> Record:
    """Return a row of the table of assessments as the chain sees it."""
    number, actor, day, saved, given, result = row
    return Record(number, str(actor), str(day), str(saved), str(given), sha256(str(result).encode()).hexdigest())
