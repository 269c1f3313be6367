"""How long a cold process takes: `hyte --help`, a check and a question, beside the interpreter and pySHACL, in turn.

    python benchmarks/start_up.py [PYTHON]

PYTHON is an interpreter in whose environment the wheel is installed; that of the run unless told. The check and the
question are timed with what an earlier run has kept and without (HYTE_CACHE=off). Medians of elapsed and of processor
seconds, which hardly move when the machine is busy, are printed and written to results/.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 9
CHECK = ("check", str(ROOT / "examples" / "vantaa-kerava.yaml"), "--on", "2025-12-31")
QUERY = ("query", "count-of-norms-by-act")
VERSIONS = "from importlib.metadata import version as v; print(*(v(n) for n in ('hyte-graph','rdflib','pyshacl')))"
ENTRY = "import sys; sys.argv[0] = 'hyte'; from hyte_graph.cli.main import entry; entry()"
CASES = {
    "bare interpreter": ("-c", "pass"),
    "import pyshacl": ("-c", "import pyshacl"),
    "hyte --help": ("-c", ENTRY, "--help"),
    "hyte check": ("-c", ENTRY, *CHECK),
    "hyte check without snapshot": ("-c", ENTRY, *CHECK),
    "hyte query": ("-c", ENTRY, *QUERY),
    "hyte query without store": ("-c", ENTRY, *QUERY),
}


def main() -> None:
    python = sys.argv[1] if len(sys.argv) > 1 else sys.executable
    with tempfile.TemporaryDirectory() as cache:
        for name in ("hyte check", "hyte query"):
            timed(python, name, cache)  # writes what is kept
        runs = {name: [] for name in CASES}
        for _ in range(RUNS):
            for name in CASES:
                runs[name].append(timed(python, name, cache))
        kept = [path for path in Path(cache).rglob("*") if path.is_file()]
        sizes = {
            "snapshot (bytes)": sum(path.stat().st_size for path in kept if path.suffix == ".snapshot"),
            "store (bytes)": sum(path.stat().st_size for path in kept if path.suffix != ".snapshot"),
        }
    write(runs, sizes, python)


def timed(python: str, name: str, cache: str) -> tuple[float, float]:
    """Return the elapsed and the processor seconds of one process."""
    kept = "off" if " without " in name else cache
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as elsewhere:  # so that the installed package is used, and not the checkout
        process = subprocess.Popen(
            [python, *CASES[name]],
            stdout=subprocess.DEVNULL,
            cwd=elsewhere,
            env={**os.environ, "HYTE_CACHE": kept},
        )
        _, status, used = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, name
    return time.perf_counter() - start, used.ru_utime + used.ru_stime


def write(runs: dict[str, list[tuple[float, float]]], sizes: dict[str, int], python: str) -> None:
    medians = {
        name: {
            "elapsed (s)": round(statistics.median(elapsed for elapsed, _ in found), 3),
            "processor (s)": round(statistics.median(used for _, used in found), 3),
            "every elapsed (s)": [round(elapsed, 3) for elapsed, _ in found],
            "every processor (s)": [round(used, 3) for _, used in found],
        }
        for name, found in runs.items()
    }
    bare = medians["bare interpreter"]
    told = subprocess.run([python, "-c", VERSIONS], capture_output=True, text=True, check=True).stdout.split()
    result = {
        "what": "cold processes in turn: --help, one county checked, one question asked, with and without what is kept",
        "runs": RUNS,
        "medians": medians,
        "--help to bare interpreter": {
            of: round(medians["hyte --help"][of] / bare[of], 2) for of in ("elapsed (s)", "processor (s)")
        },
        **sizes,
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {platform.system()}",
        "processors and load while it ran": [os.cpu_count(), round(os.getloadavg()[1], 1)],
        "versions": dict(zip(("hyte-graph", "rdflib", "pyshacl"), told, strict=True)),
    }
    text = json.dumps(result, indent=2)
    (ROOT / "benchmarks" / "results" / "start_up.json").write_text(text + "\n")
    print(text)


if __name__ == "__main__":
    main()
