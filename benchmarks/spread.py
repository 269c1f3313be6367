"""A country on the workers of a Dask scheduler against processes of one command: `python -m benchmarks.spread --help`.

Scheduler and workers run on this machine, one thread a worker, so that the two ways have the same processors and the
difference is what Dask costs. Each run is a whole process that writes JSON lines; both must write the same bytes. What
scheduler and workers use during a run is told apart from what their children use, which check. With --parts, the same
country is written in parts too, and then once more, when all parts stand.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from benchmarks.generator import SIZES, write
from benchmarks.watched import checked
from hyte_graph.store.knowledge import Knowledge

RESULT = Path(__file__).parent / "results" / "spread.json"
WORKERS = 2


def main() -> None:
    options = _options()
    environment = {**os.environ, "HYTE_CACHE": str(options.cache / "snapshots")}
    folder, first = (_folder(size, options.cache) for size in (options.size, "small"))
    checked(first, ("--format", "jsonl", "--jobs", "1"), environment, os.devnull)  # fills the snapshots
    series: dict[str, list[dict[str, float]]] = {}
    digests: set[str] = set()
    with _cluster(environment) as (address, helpers):
        ways = {f"--jobs {WORKERS}": ("--jobs", str(WORKERS)), f"{WORKERS} Dask workers": ("--scheduler", address)}
        for way in ways.values():
            checked(
                first, ("--format", "jsonl", *way), environment, os.devnull
            )  # the workers have loaded, as those of a standing cluster have
        for _ in range(options.runs):
            for name, way in ways.items():
                one, digest = _measured(folder, way, environment, helpers if "--scheduler" in way else ())
                series.setdefault(name, []).append(one)
                digests.add(digest)
        if options.parts:
            series |= _in_parts(folder, environment)
    assert len(digests) == 1, "the two ways wrote different reports"
    _write(series, options, len(list(folder.glob("invented-*.json"))))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="national")
    parser.add_argument("--runs", type=int, default=1, help="of each way, in turn; medians are told")
    parser.add_argument("--parts", action="store_true", help="time --parts too, and a second time")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "hyte-country")
    return parser.parse_args()


def _folder(size: str, cache: Path) -> Path:
    """Return the folder with the descriptions of a size, written if it is not there."""
    knowledge = Knowledge.shipped()
    folder = cache / f"{size}-{knowledge.digest[:16]}"
    if not (folder / "ready").exists():
        write(size, folder, knowledge)
        (folder / "ready").touch()
    return folder


@contextmanager
def _cluster(environment: dict[str, str]) -> Iterator[tuple[str, list[psutil.Process]]]:
    """Start a scheduler and workers; yield its address and their processes."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        told = folder / "scheduler.json"
        common = ("--no-dashboard", "--host", "127.0.0.1")
        words = ("distributed.cli.dask_scheduler", *common, "--port", "0", "--no-show", "--scheduler-file", str(told))
        helpers = [_started(stack, words, environment)]
        while not (told.exists() and told.read_text()):
            time.sleep(0.1)
        address = json.loads(told.read_text())["address"]
        words = ("distributed.cli.dask_worker", address, *common, "--nthreads", "1", "--no-nanny")
        helpers += [_started(stack, words, environment) for _ in range(WORKERS)]
        from distributed import Client

        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(WORKERS, timeout=120)
        yield address, helpers


def _started(stack: ExitStack, words: Sequence[str], environment: dict[str, str]) -> psutil.Process:
    process = subprocess.Popen([sys.executable, "-m", *words], env=environment, stderr=subprocess.DEVNULL)
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return psutil.Process(process.pid)


def _measured(
    folder: Path,
    way: Sequence[str],
    environment: dict[str, str],
    helpers: Sequence[psutil.Process],
    form: str = "jsonl",
) -> tuple[dict[str, float], str]:
    """Return the figures of one run, and the digest of what it wrote."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as report:
        before = _used(helpers)
        elapsed, processor, peak = checked(folder, ("--format", form, *way), environment, report.name)
        dask, children = (now - then for now, then in zip(_used(helpers), before, strict=True))
        digest = hashlib.sha256(Path(report.name).read_bytes()).hexdigest()
        size = Path(report.name).stat().st_size
    shares = {"of it the command and its children": processor, "of it Dask": dask, "of it children of Dask": children}
    figures = {"elapsed": elapsed, "processor": processor + dask + children, **shares}
    return figures | {"peak": peak, "written": size, "load": os.getloadavg()[0]}, digest


def _in_parts(folder: Path, environment: dict[str, str]) -> dict[str, list[dict[str, float]]]:
    found = {}
    for form in ("jsonl", "nq"):
        with tempfile.TemporaryDirectory() as target:
            way = ("--parts", str(Path(target) / "parts"), "--per-part", "100", "--jobs", str(WORKERS))
            for name in (f"--parts as {form}, --jobs {WORKERS}", f"--parts as {form}, all standing"):
                one, _ = _measured(folder, way, environment, (), form)
                size = sum(path.stat().st_size for path in Path(target).rglob("*.gz"))
                found[name] = [one | {"written": size}]
    return found


def _used(processes: Sequence[psutil.Process]) -> tuple[float, float]:
    """Return the processor seconds of processes so far, and those of their living children."""
    children = [child for process in processes for child in process.children(recursive=True)]
    return _seconds(processes), _seconds(children)


def _seconds(processes: Sequence[psutil.Process]) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def _write(series: dict[str, list[dict[str, float]]], options: argparse.Namespace, count: int) -> None:
    result: dict[str, Any] = {
        "what": f"hyte check of a {options.size} set of invented descriptions, by processes and by Dask workers",
        "size": options.size,
        "organisations": count,
        "workers": WORKERS,
        "runs": options.runs,
        "ways": {name: _medians(found, count) for name, found in series.items()},
        "machine": f"{platform.machine()}, {platform.system()}, {os.cpu_count()} processors",
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("hyte-graph", "distributed", "pyoxigraph", "rdflib")},
    }
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result["ways"], indent=1))


def _medians(found: Sequence[dict[str, float]], count: int) -> dict[str, Any]:
    medians = {name: round(statistics.median(one[name] for one in found), 2) for name in found[0]}
    each = round(1000 * medians["processor"] / count, 1)
    return medians | {"processor for one organisation (ms)": each, "every run": [_rounded(one) for one in found]}


def _rounded(one: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in one.items()}


if __name__ == "__main__":
    main()
