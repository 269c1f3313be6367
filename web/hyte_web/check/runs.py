"""Runs: what somebody handed in with what was found, kept for a while in a private folder and for nobody else."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from flask import current_app

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.reports.stored import read_results
from hyte_graph.store.knowledge import Knowledge
from hyte_web.check.isolated import judged
from hyte_web.errors import refuse
from hyte_web.sentences import said

HOURS = 24
_NAME = re.compile(r"[0-9a-f]{32}")
_ABOUT, _INPUT, _RESULT = "about.json", "input", "result.json"


@dataclass(frozen=True, slots=True)
class Run:
    """One check: its unguessable name, where its files lie, and what it was made from."""

    name: str
    folder: Path
    file: str  # what the description was called
    expires: float  # seconds since 1970

    @property
    def content(self) -> bytes:
        """Return the bytes that were handed in."""
        return (self.folder / _INPUT).read_bytes()

    @property
    def result(self) -> str:
        """Return the result as the documented JSON."""
        return (self.folder / _RESULT).read_text(encoding="utf-8")

    @property
    def is_annotated(self) -> bool:
        """Return whether what was handed in is a workbook that can be given back with remarks."""
        return self.file.lower().endswith(".xlsx")

    def assessment(self, knowledge: Knowledge) -> Assessment:
        """Return the verdicts."""
        return read_results(self.result.encode(), self.file, knowledge).assessments[0]


class Runs:
    """The runs of a site; whatever is older than it may be is gone before anybody is answered."""

    def __init__(self, folder: Path | None = None, hours: float = HOURS) -> None:
        self._own = None if folder else TemporaryDirectory(prefix="hyte-runs-")  # goes when the process ends
        self._folder = folder or Path(self._own.name if self._own else "")
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        self._seconds = hours * 3600

    def add(self, content: bytes, name: str, result: str) -> Run:
        """Return a new run, whole or not at all: nobody finds a folder that is still being filled."""
        self._sweep()
        new = Path(mkdtemp(prefix="new-", dir=self._folder))
        expires = time.time() + self._seconds
        (new / _INPUT).write_bytes(content)
        (new / _RESULT).write_text(result, encoding="utf-8")
        (new / _ABOUT).write_text(json.dumps({"file": name, "expires": expires}), encoding="utf-8")
        run = secrets.token_hex(16)
        return Run(run, new.rename(self._folder / run), name, expires)

    def get(self, name: str) -> Run | None:
        """Return a run by its name, or None where there is none or it has expired."""
        folder = self._folder / name
        if not _NAME.fullmatch(name) or not folder.is_dir():
            return None
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        if about["expires"] < time.time():
            self.delete(name)
            return None
        return Run(name, folder, about["file"], about["expires"])

    def delete(self, name: str) -> None:
        """Remove a run; one that is gone already stays gone."""
        if _NAME.fullmatch(name):
            shutil.rmtree(self._folder / name, ignore_errors=True)

    def _sweep(self) -> None:
        """Remove what has expired, and what was never finished."""
        oldest = time.time() - self._seconds
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)


def runs() -> Runs:
    """Return the runs of the running application; RUNS_FOLDER and RUNS_HOURS are its settings."""
    made = current_app.extensions.get("hyte-runs")
    if made is None:
        folder = current_app.config.get("RUNS_FOLDER")
        new = Runs(Path(folder) if folder else None, float(current_app.config.get("RUNS_HOURS", HOURS)))
        made = current_app.extensions.setdefault("hyte-runs", new)
    found: Runs = made
    return found


def check_upload(content: bytes, name: str, on: date, known_on: date | None = None) -> Run:
    """Return the run of a description that was handed in.

    Raises:
        UsageError: an unknown ending.
        FilingError: the description cannot be read or is not sound.
        LimitError: it took too long.
        UndecidedError: the checks could not be carried out.
    """
    return runs().add(content, name, judged(content, name, on, known_on).result)


def data_of(run: Run, form: str) -> str:
    """Return the result of a run in a format that is made when it is first asked for, and kept with the run."""
    kept = run.folder / f"result.{form}"
    if not kept.is_file():
        told = json.loads(run.result)
        on, known_on = (date.fromisoformat(told[key]) for key in ("on", "knownOn"))
        again = judged(run.content, run.file, on, known_on, form)
        if again.result != run.result:  # the rules, the law or the program have changed since
            refuse(404, said("check-not-the-same", name=form))
        kept.write_text(again.data, encoding="utf-8")
    return kept.read_text(encoding="utf-8")
