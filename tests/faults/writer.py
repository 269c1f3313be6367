"""The program that is killed: it takes in a description, assesses it, saves and signs, and tells each step it has done.

`python -m tests.faults.writer` reads the law once and forks a child for each line on its input, which names a way of
keeping and a folder. The child works until it is killed; a step is told only after what keeps it has acknowledged it.
"""

from __future__ import annotations

import itertools
import json
import os
import sqlite3
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from hyte_graph.bundle.keys import SigningKey, part_names
from hyte_graph.bundle.make import _packed
from hyte_graph.bundle.manifest import Asked, Manifest
from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.engines import DEFAULT, engine
from hyte_graph.intake.reader import read_description
from hyte_graph.reports.json_report import as_value
from hyte_graph.store.archive import Archive
from hyte_graph.store.files import write_whole
from hyte_graph.store.knowledge import Knowledge

TOWN = Path(__file__).parents[2] / "examples" / "raahe.yaml"
DAY = date(2025, 12, 31)
KEY = SigningKey(Ed25519PrivateKey.from_private_bytes(bytes([7]) * 32))
STEPS = ("taken", "assessed", "saved", "signed")


def signed(result: Mapping[str, Any]) -> bytes:
    """Return a signed bundle that holds a result and nothing else."""
    parts = {"raahe/report.json": json.dumps(result).encode(), part_names(KEY.public.fingerprint)[0]: KEY.public.pem}
    return _packed(Manifest(Asked(DAY, DAY, DAY, DEFAULT), {}), parts, [KEY])


def keep_in_archive(folder: Path) -> Callable[[Mapping[str, Any], bytes], int]:
    """Return what saves as the program does."""
    return lambda result, content: Archive(folder).save(result, content, datetime.now(UTC))


def keep_in_place(folder: Path) -> Callable[[Mapping[str, Any], bytes], int]:
    """Return what saves in one file that is written anew in its place: a control, which must lose something."""
    kept: list[str] = []

    def save(_: Mapping[str, Any], content: bytes) -> int:
        kept.append(sha256(content).hexdigest())
        (folder / "all.json").write_text(json.dumps(kept) + " " * 4_000_000)
        return len(kept)

    return save


def keep_unsynced(folder: Path) -> Callable[[Mapping[str, Any], bytes], int]:
    """Return what saves in SQLite with its journal in memory: a control, which must leave something half."""
    base = sqlite3.connect(folder / "all.sqlite", isolation_level=None)
    base.executescript("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = 5;")
    base.execute("CREATE TABLE row (turn INTEGER, content BLOB)")
    base.execute("BEGIN")
    base.executemany("INSERT INTO row VALUES (0, ?)", ((bytes(500),) for _ in range(4000)))
    base.execute("COMMIT")
    numbers = itertools.count(1)

    def save(*_: object) -> int:
        number = next(numbers)
        base.execute("BEGIN")
        base.execute("UPDATE row SET turn = ?", (number,))
        base.execute("COMMIT")
        return number

    return save


WAYS = {"archive": keep_in_archive, "in-place": keep_in_place, "unsynced": keep_unsynced}


def work(way: str, folder: Path, knowledge: Knowledge | None) -> None:
    """Take in, assess, save and sign for ever; the controls only save."""
    save = WAYS[way](folder)
    for turn in itertools.count():
        content = TOWN.read_bytes() + f"# {os.getpid()} {turn}\n".encode()
        tell("taken", sha256(content).hexdigest())
        result: Mapping[str, Any] = {}
        if knowledge is not None:
            description = read_description(content, TOWN.name, knowledge)
            result = as_value(assess(description, knowledge, on=DAY, checker=engine()))
        tell("assessed", "")
        number = save(result, content)
        tell("saved", f"{number} {sha256(content).hexdigest()}")
        if knowledge is not None:
            write_whole(folder / f"{number}.hyte", signed(result))
        tell("signed", str(number))


def tell(step: str, value: str) -> None:
    os.write(1, f"{step} {value}\n".encode())


def main() -> None:
    knowledge = Knowledge.shipped()
    description = read_description(TOWN.read_bytes(), TOWN.name, knowledge)
    assess(description, knowledge, on=DAY, checker=engine())  # reads the law, and compiles the rules
    tell("ready", "")
    for line in sys.stdin:
        way, folder = line.rstrip("\n").split(" ", 1)
        child = os.fork()
        if child == 0:
            try:
                work(way, Path(folder), knowledge if way == "archive" else None)
            except BaseException as error:
                tell("broken", repr(error))
                os._exit(1)
        tell("child", str(child))
        os.waitpid(child, 0)
        tell("over", "")


if __name__ == "__main__":
    main()
