"""Killing the writer in the middle of its work, and looking at what is left."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from hyte_graph.bundle.verify import verify
from hyte_graph.errors import HyteError
from hyte_graph.store.archive import FILE, Archive
from tests.conftest import ROOT
from tests.faults.writer import KEY, STEPS


@dataclass
class Round:
    """What a writer had told before it was killed, as far as it matters."""

    saved: dict[int, str] = field(default_factory=dict)  # number to the digest of what was assessed
    signed: list[int] = field(default_factory=list)

    def hear(self, line: str) -> str:
        """Note a line, and return its step."""
        step, _, value = line.rstrip("\n").partition(" ")
        if step == "saved":
            number, _, told = value.partition(" ")
            self.saved[int(number)] = told
        elif step == "signed":
            self.signed.append(int(value))
        return step


class Writer:
    """The program that is killed, round after round."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._lines, self._orders = process.stdout, process.stdin
        self._until("ready", Round())

    def round(self, way: str, folder: Path, step: str, delay: float, turns: int = 1) -> Round:
        """Let a child work, kill it some time after it has told a step for the last of some turns; return the rest."""
        told = Round()
        self._orders.write(f"{way} {folder}\n")
        self._orders.flush()
        child = self._child(told)
        for _ in range(turns):
            self._until(step, told)
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        self._until("over", told)
        return told

    def _child(self, told: Round) -> int:
        """Return the number of the child; its first steps may be told before that."""
        for line in self._lines:
            if line.startswith("child"):
                return int(line.split()[1])
            told.hear(line)
        raise AssertionError("The writer ended.")

    def _until(self, step: str, told: Round) -> None:
        for line in self._lines:
            assert not line.startswith("broken"), line
            if told.hear(line) == step:
                return
        raise AssertionError("The writer ended.")


@contextmanager
def writer() -> Iterator[Writer]:
    """Start the writer, and end it."""
    call = [sys.executable, "-m", "tests.faults.writer"]
    pipe = subprocess.PIPE
    with subprocess.Popen(call, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as process:
        try:
            yield Writer(process)
        finally:
            process.kill()


def moments(count: int, seed: int) -> Iterator[tuple[str, float]]:
    """Yield after which step, and how long after, to kill: every step in turn, at a random moment."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(count):
        yield STEPS[number % len(STEPS)], chance.random() * chance.choice((0.003, 0.03, 0.2))


def faults_in_archive(folder: Path, told: Round) -> list[str]:
    """Return what is lost, half or unsound in an archive and its bundles after a writer was killed."""
    try:
        found = Archive(folder).soundness()
        kept = {record.number: record.input for record in found.records}
    except HyteError as error:
        return [f"it does not open: {error}"] if told.saved or (folder / FILE).exists() else []
    faults = [f"number {number} is lost" for number, digest in told.saved.items() if kept.get(number) != digest]
    faults += [f"{found.broken} is not as it was saved"] if found.broken is not None else []
    bundles = {int(path.stem): path.read_bytes() for path in folder.glob("*.hyte")}
    faults += [f"bundle {number} is lost" for number in told.signed if number not in bundles]
    return faults + [f"bundle {number} is half" for number, content in bundles.items() if not _is_whole(content)]


@cache
def _is_whole(content: bytes) -> bool:
    checks = verify(content, "a.hyte", None, trusted=[KEY.public])
    return not [check for check in checks if check.state == "differs"]


def faults_in_place(folder: Path, told: Round) -> list[str]:
    """Return what the control in one file has lost."""
    try:
        kept = json.loads((folder / "all.json").read_text())
    except (OSError, ValueError):
        return ["it cannot be read"] if told.saved else []
    return [f"number {number} is lost" for number in told.saved if number > len(kept)]


def faults_unsynced(folder: Path, told: Round) -> list[str]:
    """Return what the control without a journal on the disk has lost, or kept by half."""
    try:
        with closing(sqlite3.connect(folder / "all.sqlite")) as base:
            (sound,) = base.execute("PRAGMA integrity_check").fetchone()
            turns = [row[0] for row in base.execute("SELECT DISTINCT turn FROM row")]
    except sqlite3.Error as error:
        return [str(error)]
    faults = [] if sound == "ok" else [str(sound)]
    faults += ["half of a transaction is kept"] if len(turns) != 1 else []
    return faults + (["what was acknowledged is lost"] if max(turns, default=0) < max(told.saved) else [])
