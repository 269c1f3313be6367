"""A country of descriptions through `hyte check`, and one changed description after it: `python -m benchmarks.country`.

Each run is a whole process over a folder of invented descriptions (see `generator`) that writes JSON lines; every
outcome is compared with what must come out. Processor time stands beside elapsed time, since it hardly moves when
others use the machine. Then one process keeps the national set up to date while one municipality after the other
changes. Figures of sizes and jobs that are not run again are kept from before.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.generator import ON, SIZES, write
from benchmarks.watched import checked
from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.standing import Standing
from hyte_graph.intake.description import Description
from hyte_graph.intake.reader import read_description
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.versions import package_version

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "country.json"
COUNTRY = 100  # organisations from which on the start hardly weighs
CHANGED = 25  # municipalities of which one answer changes, one after the other
Series = dict[str, list[float]]
OTHER = {"yes": "no", "no": "partly", "partly": "yes"}


def main() -> None:
    options = _options()
    result = json.loads(RESULT.read_text()) if RESULT.exists() else {"runs": {}}
    knowledge = Knowledge.shipped()
    _timed(_folder("small", options.cache, knowledge), 1, options.cache)  # fills the snapshots
    for size in options.sizes:
        folder = _folder(size, options.cache, knowledge)
        for jobs in options.jobs:
            result["runs"][f"{size}, --jobs {jobs}"] = _figures(jobs, folder, options)
            _save(result)
    if not options.no_change:
        result["one changed municipality"] = rechecked(_folder("national", options.cache, knowledge), knowledge)
    _save(result)
    print(RESULT.with_suffix(".md").read_text())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="*", choices=SIZES, default=["small", "national"])
    parser.add_argument("--jobs", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--runs", type=int, default=1, help="of each size and number of jobs; medians are told")
    parser.add_argument("--no-change", action="store_true", help="leave out the changed municipality")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "hyte-country")
    return parser.parse_args()


def _folder(size: str, cache: Path, knowledge: Knowledge) -> Path:
    """Return the folder with the descriptions of a size, written if it is not there."""
    folder = cache / f"{size}-{knowledge.digest[:16]}"
    if not (folder / "ready").exists():
        write(size, folder, knowledge)
        (folder / "ready").touch()
    return folder


def _timed(folder: Path, jobs: int, cache: Path, report: str = os.devnull) -> tuple[float, float, int]:
    """Return the elapsed and the processor seconds of a check, and the peak of its largest process in MiB."""
    environment = {**os.environ, "HYTE_CACHE": str(cache / "snapshots")}
    return checked(folder, ("--format", "jsonl", "--jobs", str(jobs)), environment, report)


def _figures(jobs: int, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as report:
        runs = [_timed(folder, jobs, options.cache, report.name) for _ in range(options.runs)]
        judged = _judged(folder, Path(report.name))
    elapsed, processor, peak = (statistics.median(values) for values in zip(*runs, strict=True))
    count = judged["organisations"]
    return {
        **judged,
        "runs": options.runs,
        "elapsed (s)": round(elapsed, 2),
        "processor (s)": round(processor, 2),
        "processor for one organisation (ms)": round(1000 * processor / count, 1),
        "peak of the largest process (MiB)": peak,
        "every run": [[round(value, 2) for value in run] for run in runs],
        "load": round(os.getloadavg()[0], 1),
    }


def _judged(folder: Path, report: Path) -> dict[str, int]:
    """Return how many organisations and duties were judged, and how many outcomes are wrong or missing."""
    counted = {"organisations": 0, "duties": 0, "wrong": 0, "missing": 0}
    wanted = _expected(folder)
    for line in report.open(encoding="utf-8"):
        value = json.loads(line)
        found = {(one["norm"], one["period"]["id"] if one["period"] else "standing"): one for one in value["verdicts"]}
        for key, outcome in wanted.pop(value["input"]["name"]).items():
            norm, _, period = key.partition(" ")
            told = found.get((norm, period))
            counted["missing"] += told is None
            counted["wrong"] += told is not None and told["outcome"] != outcome
            counted["duties"] += 1
        counted["organisations"] += 1
    counted["missing"] += sum(map(len, wanted.values()))
    return counted


def _expected(folder: Path) -> dict[str, dict[str, str]]:
    lines = (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    return {told["file"]: told["expected"] for told in map(json.loads, lines)}


def rechecked(folder: Path, knowledge: Knowledge) -> dict[str, Any]:
    """Return what one changed municipality costs, warm, beside a whole warm run of the same process."""
    files = sorted(folder.glob("invented-*.json"))
    standing = Standing(knowledge, on=ON)
    standing.update([_read(files[0].name, files[0].read_bytes(), knowledge)])  # everything is loaded
    start = time.process_time()
    known = {file.name: _read(file.name, file.read_bytes(), knowledge) for file in files}
    read = time.process_time()
    standing = Standing(knowledge, on=ON)
    standing.update(known.values())
    whole = time.process_time() - start
    series: Series = {"read": [], "assessed": [], "all handed over": []}
    for changed in _changes(files):
        _once(changed, known, standing, series, knowledge)
    medians = {what: statistics.median(found) for what, found in series.items()}
    one = medians["read"] + medians["assessed"]
    return {
        "organisations": len(files),
        "whole warm run: read and assessed (processor s)": round(whole, 2),
        "of it reading (processor s)": round(read - start, 2),
        "one changed: read and assessed (processor ms)": round(1000 * one, 1),
        "of it reading (processor ms)": round(1000 * medians["read"], 1),
        "one changed: assessed (processor ms)": round(1000 * medians["assessed"], 1),
        "one changed: assessed, the slowest (processor ms)": round(1000 * max(series["assessed"]), 1),
        "the same with all descriptions handed over (processor ms)": round(1000 * medians["all handed over"], 1),
        "ratio of one changed to the whole": round(one / whole, 5),
        "changes": len(series["read"]),
        "peak (MiB)": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "load": round(os.getloadavg()[0], 1),
    }


def _changes(files: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Yield municipalities over the whole country, each twice, with one answer changed and then another."""
    municipalities = [file for file in files if "municipality" in file.name]
    for file in municipalities[:: max(1, len(municipalities) // CHANGED)][:CHANGED]:
        value = json.loads(file.read_bytes())
        for at in (3, 40):
            value["answers"][at]["answer"] = OTHER[value["answers"][at]["answer"]]
            yield file.name, json.dumps(value).encode()


def _once(
    changed: tuple[str, bytes], known: dict[str, Description], standing: Standing, series: Series, knowledge: Knowledge
) -> None:
    """Time one change: alone the first time that a municipality changes, and with all others the second."""
    name, content = changed
    start = time.process_time()
    known[name] = _read(name, content, knowledge)
    read = time.process_time()
    is_second = len(series["read"]) % 2 == 1
    [change] = standing.update(known.values() if is_second else [known[name]])
    series["read"].append(read - start)
    series["all handed over" if is_second else "assessed"].append(time.process_time() - read)
    assert change.made == standing[change.organisation] == assess(known[name], knowledge, on=ON)


def _read(name: str, content: bytes, knowledge: Knowledge) -> Description:
    return read_description(content, name, knowledge)


def _save(result: dict[str, Any]) -> None:
    order = {f"{size}, --jobs {jobs}": at for at, size in enumerate(SIZES) for jobs in range(64)}
    result["runs"] = dict(sorted(result["runs"].items(), key=lambda item: (order[item[0]], item[0])))
    result |= {
        "what": "Hyte check of a country of invented descriptions as JSON lines, whole processes, snapshots filled",
        "exponent of processor time over organisations": _exponents(result["runs"]),
        "hyte-graph": package_version(),
        "machine": f"{platform.machine()}, {platform.system()}, {os.cpu_count()} processors",
        "python": platform.python_version(),
    }
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    RESULT.with_suffix(".md").write_text(_markdown(result), encoding="utf-8")


def _exponents(runs: dict[str, Any]) -> dict[str, float]:
    """Return by number of jobs the slope of the line through the logarithms of organisations and seconds.

    Small countries are left out: their time is that of the start.
    """
    points: dict[str, list[tuple[float, float]]] = {}
    for name, run in runs.items():
        spot = math.log(run["organisations"]), math.log(run["processor (s)"])
        if run["organisations"] >= COUNTRY:
            points.setdefault(name.rpartition(", ")[2], []).append(spot)
    return {
        jobs: round(statistics.linear_regression(*zip(*found, strict=True)).slope, 3)
        for jobs, found in sorted(points.items())
        if len(found) > 1
    }


_COLUMNS = (
    "organisations",
    "duties",
    "wrong",
    "missing",
    "elapsed (s)",
    "processor (s)",
    "processor for one organisation (ms)",
    "peak of the largest process (MiB)",
    "runs",
    "load",
)


def _markdown(result: dict[str, Any]) -> str:
    lines = [
        f"# {result['what']}",
        "",
        f"Made by `python -m benchmarks.country` on {result['machine']}, Python {result['python']}.",
        "",
        f"| | {' | '.join(_COLUMNS)} |",
        "|---|" + "--:|" * len(_COLUMNS),
        *(f"| {name} | {' | '.join(str(run[key]) for key in _COLUMNS)} |" for name, run in result["runs"].items()),
        "",
        *(
            f"Processor time grows with the organisations to the power of {slope}, from {COUNTRY} on ({jobs})."
            for jobs, slope in result["exponent of processor time over organisations"].items()
        ),
    ]
    changed = result.get("one changed municipality", {})
    lines += ["", "## One changed municipality", "", "| | |", "|---|--:|"] if changed else []
    lines += [f"| {name} | {value} |" for name, value in changed.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
