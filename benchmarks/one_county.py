"""One county from the command line, against the same with pySHACL and against bare pySHACL, in turn in one run.

The yardstick: `import pyshacl` plus one validation of the same data and shapes, already in memory as rdflib graphs.
All are timed as whole processes, in elapsed and in processor time (the latter hardly moves when the machine is busy);
the medians and their ratios are printed and written to results/.
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
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COUNTY = ROOT / "examples" / "lansi-uusimaa.yaml"
RUNS = 7

OURS = "from hyte_graph.cli.main import entry; entry()"
BARE = """
import sys, pickle
data, shapes = pickle.load(open(sys.argv[1], "rb"))
import pyshacl
pyshacl.validate(data, shacl_graph=shapes)
"""
LOAD = """
import sys, pickle
data, shapes = pickle.load(open(sys.argv[1], "rb"))
"""


def main() -> None:
    with tempfile.NamedTemporaryFile(suffix=".pickle") as file:
        prepare(Path(file.name))
        ours, theirs, bare, load, help_ = [], [], [], [], []
        words = ["check", str(COUNTY), "--on", "2025-12-31", "--format", "json"]
        for _ in range(RUNS):
            ours.append(timed(OURS, *words))
            theirs.append(timed(OURS, *words, "--engine", "pyshacl"))
            help_.append(timed(OURS, "--help"))
            bare.append(timed(BARE, file.name))
            load.append(timed(LOAD, file.name))
    report(ours, theirs, help_, bare, load)


def prepare(path: Path) -> None:
    """Write the very graphs that the engine sees in the check, as Python objects."""
    import pickle

    from hyte_graph.compliance.assess import assess
    from hyte_graph.compliance.engines import engine
    from hyte_graph.intake.reader import read_description
    from hyte_graph.store.knowledge import Knowledge

    seen = []

    class Spy:
        name = "pyshacl"

        def validate(self, data, shapes):
            seen.append((data, shapes))
            return engine("pyshacl").validate(data, shapes)

    knowledge = Knowledge.shipped()
    description = read_description(COUNTY.read_bytes(), COUNTY.name, knowledge)
    assess(description, knowledge, on=date(2025, 12, 31), checker=Spy())
    path.write_bytes(pickle.dumps(seen[0]))


@dataclass(frozen=True)
class Times:
    """Elapsed and processor seconds of one process."""

    elapsed: float
    processor: float


def timed(code: str, *words: str) -> Times:
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code, *words], stdout=subprocess.DEVNULL, cwd=ROOT)
    _, status, used = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - start
    assert os.waitstatus_to_exitcode(status) == 0
    return Times(elapsed, used.ru_utime + used.ru_stime)


def report(*series: list[Times]) -> None:
    start_up = [timed("pass") for _ in range(RUNS)]  # loading the graphs paid for a bare interpreter as well
    result = {
        "what": "hyte check of one county, by two engines; yardstick: import pyshacl and validate the same graphs once",
        "runs": RUNS,
        **{of: figures(of, *series, start_up) for of in ("elapsed", "processor")},
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {platform.system()}",
        "processors and load while it ran": [os.cpu_count(), round(os.getloadavg()[1], 1)],
        "versions": {name: version(name) for name in ("hyte-graph", "pyshacl", "rdflib", "pyoxigraph")},
    }
    text = json.dumps(result, indent=2)
    target = ROOT / "benchmarks" / "results" / "one_county.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(text + "\n")
    print(text)


def figures(of: str, *series: list[Times]) -> dict[str, object]:
    seconds = [[round(getattr(item, of), 3) for item in times] for times in series]
    ours, theirs, help_, bare, load, start_up = (statistics.median(times) for times in seconds)
    yardstick = bare - load + start_up
    return {
        "hyte check (s)": seconds[0],
        "hyte check --engine pyshacl (s)": seconds[1],
        "hyte --help (s)": seconds[2],
        "pyshacl with loading the pickled graphs (s)": seconds[3],
        "loading the pickled graphs alone (s)": seconds[4],
        "bare interpreter (s)": seconds[5],
        "median hyte check (s)": round(ours, 3),
        "median hyte check --engine pyshacl (s)": round(theirs, 3),
        "median hyte --help (s)": round(help_, 3),
        "median bare interpreter (s)": round(start_up, 3),
        "median yardstick (s)": round(yardstick, 3),
        "ratio": round(ours / yardstick, 2),
    }


if __name__ == "__main__":
    main()
