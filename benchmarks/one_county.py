"""One county from the command line, against bare pySHACL on the same shapes and data, in turn in one run.

The yardstick: `import pyshacl` plus one validation of the same data and shapes, already in memory as rdflib graphs.
Both are timed as whole processes; the medians and their ratio are printed and written to results/.
"""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COUNTY = ROOT / "examples" / "lansi-uusimaa.yaml"
RUNS = 7

OURS = "import sys; from hyte_graph.cli.main import main; sys.exit(main())"
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
        ours, bare, load = [], [], []
        for _ in range(RUNS):
            ours.append(timed(OURS, "check", str(COUNTY), "--on", "2025-12-31", "--format", "json"))
            bare.append(timed(BARE, file.name))
            load.append(timed(LOAD, file.name))
    report(ours, bare, load)


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
            return engine().validate(data, shapes)

    knowledge = Knowledge.shipped()
    description = read_description(COUNTY.read_bytes(), COUNTY.name, knowledge)
    assess(description, knowledge, on=date(2025, 12, 31), checker=Spy())
    path.write_bytes(pickle.dumps(seen[0]))


def timed(code: str, *words: str) -> float:
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, *words], stdout=subprocess.DEVNULL, cwd=ROOT, check=False)
    assert done.returncode == 0
    return time.perf_counter() - start


def report(ours: list[float], bare: list[float], load: list[float]) -> None:
    yardstick = statistics.median(bare) - statistics.median(load) + start_up()
    result = {
        "what": "hyte check of one county, whole process; yardstick: import pyshacl and validate the same graphs once",
        "runs": RUNS,
        "hyte check (s)": [round(value, 3) for value in ours],
        "pyshacl with loading the pickled graphs (s)": [round(value, 3) for value in bare],
        "loading the pickled graphs alone (s)": [round(value, 3) for value in load],
        "median hyte check (s)": round(statistics.median(ours), 3),
        "median yardstick (s)": round(yardstick, 3),
        "ratio": round(statistics.median(ours) / yardstick, 2),
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {platform.system()}",
        "versions": {name: version(name) for name in ("pyshacl", "rdflib", "pyoxigraph")},
    }
    text = json.dumps(result, indent=2)
    target = ROOT / "benchmarks" / "results" / "one_county.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(text + "\n")
    print(text)


def start_up() -> float:
    """Return the time of a bare interpreter, which loading the graphs also paid for."""
    return statistics.median(timed("pass") for _ in range(RUNS))


if __name__ == "__main__":
    main()
