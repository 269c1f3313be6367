"""One `hyte check` as a whole process: how long it took and what it used."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generator import ON

ENTRY = "import sys; sys.argv[0] = 'hyte'; from hyte_graph.cli.main import entry; entry()"
_WATCH = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
with open(sys.argv[1], "wb") as out:
    code = subprocess.run(sys.argv[2:], stdout=out).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024]))
"""


def checked(folder: Path, words: Sequence[str], environment: dict[str, str], report: str) -> tuple[float, float, int]:
    """Return the elapsed and the processor seconds of a check, and the peak of its largest process in MiB."""
    check = ["check", str(folder), "--on", ON.isoformat(), "--quiet", *words]
    command = [sys.executable, "-c", _WATCH, report, sys.executable, "-c", ENTRY, *check]
    told = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, check=True)
    code, elapsed, processor, peak = json.loads(told.stdout)
    assert code in (0, 1), code
    return elapsed, processor, peak
