"""What one changed municipality costs where the data are a file for each county: `python -m benchmarks.changed --help`.

Whole processes of `hyte validate` in turn: without a cache, with a cache and nothing changed, and with a cache after
one municipality was changed, in another way each time. What the last finds is compared with a run without a cache.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.national.generate import HEAD, HERE, SEED, SIZES, county, members_of
from benchmarks.national.records import DATA, SHAPE, Sink, law
from benchmarks.peers import RESULTS, ROOT, Timed, as_installed, found_in, machine, timed

CASES = ("no cache", "cache, nothing changed", "cache, one municipality changed")
_POPULATION = "hyte:hasPopulation "


def main() -> None:
    options = _options()
    series: dict[str, list[Timed]] = {case: [] for case in CASES}
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        files, changing = written(options.size, home / "data")
        whole = changing.read_text(encoding="utf-8")
        _run(files, home, options, "warm up", cache=True)
        for turn in range(options.runs):
            for case in CASES:
                changed = f"{_POPULATION}-{turn} ;" if case == CASES[2] else None
                changing.write_text(with_population(whole, changed), encoding="utf-8")
                series[case].append(_run(files, home, options, case, cache=case != CASES[0]))
            _compared(files, home, options)
            print(turn, {case: runs[-1] for case, runs in series.items()}, flush=True)
    _write(options, series, len(files))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="national")
    parser.add_argument("--shapes", choices=("natural", "expert", "core"), default="natural")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "hyte-peers")
    return parser.parse_args()


def written(size: str, folder: Path) -> tuple[list[Path], Path]:
    """Return the files of the law and of each county after they are written, and the one that will change."""
    folder.mkdir(parents=True)
    counties, municipalities = SIZES[size]
    sink = Sink(random.Random(SEED), print)  # noqa: S311 - chance that can be repeated is what is wanted
    files = [folder / "law.ttl", *(folder / f"county{at}.ttl" for at in range(counties))]
    for at, path in enumerate(files):
        with path.open("w", encoding="utf-8") as file:
            file.write(HEAD)
            sink.triples = file.write
            law(sink) if at == 0 else county(sink, f"county{at - 1}", members_of(at - 1, counties, municipalities))
    core = (HERE / "core.ttl").read_text(encoding="utf-8")
    for name in ("core", "natural", "expert"):
        more = "" if name == "core" else (HERE / f"{name}.ttl").read_text(encoding="utf-8")
        (folder / f"{name}.shapes.ttl").write_text(core + more, encoding="utf-8")
    return files, files[1]


def with_population(text: str, told: str | None) -> str:
    """Return a county in which its first municipality has another population, if told."""
    start = text.index(_POPULATION, text.index("d:municipality0 a "))
    return text if told is None else text[:start] + told + text[text.index(" ;", start) + 2 :]


def _run(files: list[Path], home: Path, options: argparse.Namespace, case: str, *, cache: bool) -> Timed:
    more = ["--cache", str(home / "cache")] if cache else []
    shapes = str(home / "data" / f"{options.shapes}.shapes.ttl")
    words = ["validate", *map(str, files), "--shapes", shapes, "--format", "ttl", *more]
    command = [sys.executable, "-c", "from hyte_graph.cli.main import entry; entry()", *words]
    found = timed(command, as_installed(options.cache), home / f"{case}.ttl", 600)
    if isinstance(found, str):
        raise SystemExit(f"{case}: {found}")
    return found


def _compared(files: list[Path], home: Path, options: argparse.Namespace) -> None:
    """Return where the changed data give what they give without a cache, and one result more than before."""
    _run(files, home, options, "again", cache=False)
    ours, expected, before = (Counter(found_in(home / f"{case}.ttl")) for case in (CASES[2], "again", CASES[1]))
    new = {(focus, shape) for focus, shape, *_ in (ours - before)}
    if ours != expected or new != {(f"{DATA}municipality0", f"{SHAPE}population")}:
        raise SystemExit("What was found with a cache is not what is there.")


def _write(options: argparse.Namespace, series: dict[str, list[Timed]], files: int) -> None:
    median = {
        case: {
            "elapsed": round(statistics.median(run.elapsed for run in runs), 3),
            "processor": round(statistics.median(run.processor for run in runs), 3),
            "peak": max(run.peak for run in runs),
        }
        for case, runs in series.items()
    }
    result = {
        "what": f"hyte validate of {files} files, one of them changed; data {options.size}, shapes {options.shapes}",
        "runs": options.runs,
        "medians": median,
        "changed to nothing changed": {
            kind: round(median[CASES[2]][kind] / median[CASES[1]][kind], 2) for kind in ("elapsed", "processor")
        },
        "machine": machine(),
        "load while it ran": round(os.getloadavg()[1], 1),
    }
    target = RESULTS / f"changed-{options.size}-{options.shapes}.json"
    target.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(target.relative_to(ROOT), json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
