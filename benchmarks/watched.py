"""One `hyte check` as a whole process: how long it took and what it used."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import stopwatch
from benchmarks.generator import ON

ENTRY = "import sys; sys.argv[0] = 'hyte'; from hyte_graph.cli.main import entry; entry()"
_LIMIT = 24 * 3600  # seconds


def checked(folder: Path, words: Sequence[str], environment: dict[str, str], report: str) -> tuple[float, float, int]:
    """Return the elapsed and the processor seconds of a check, and the peak of its largest process in MiB."""
    check = ["check", str(folder), "--on", ON.isoformat(), "--quiet", *words]
    command = [sys.executable, "-I", stopwatch.__file__, str(_LIMIT), sys.executable, "-c", ENTRY, *check]
    with Path(report).open("wb") as out:
        told = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, env=environment, check=True)
    code, processor, peak, elapsed = json.loads(told.stderr.splitlines()[-1])
    assert code in (0, 1), code
    return elapsed, processor, peak
