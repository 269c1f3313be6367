"""The figures of a run, with those of earlier runs if they are kept, as JSON and as a table."""

from __future__ import annotations

import json
import math
import os
import platform
import statistics
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.queries.data import SEED
from benchmarks.queries.engines import ROOT, STARTS, Engine
from benchmarks.queries.measures import Figures
from benchmarks.queries.texts import JOIN_QUERY

RESULTS = ROOT / "benchmarks" / "results" / "queries.json"
OURS, RAW, SECOND = "hyte", "pyoxigraph", "rdflib"
WAYS = {"median": "elapsed", "processor": "processor"}

Table = Mapping[str, Mapping[str, Figures]]
"""Figures by query, then by engine."""


def earlier(place: Path = RESULTS) -> dict[str, Any]:
    """Return what an earlier run has written, or nothing."""
    return json.loads(place.read_text(encoding="utf-8")) if place.exists() else {}


def joined(measured: Table, before: Mapping[str, Any], engines: Collection[str]) -> dict[str, dict[str, Figures]]:
    """Return the figures of a run beside those of engines that only an earlier run had, in the usual order."""
    found = {}
    for name, new in measured.items():
        old = {key: item for key, item in before.get("queries", {}).get(name, {}).items() if key not in engines}
        both = {**old, **new}
        found[name] = {engine: both[engine] for engine in STARTS if engine in both}
    return found


def mean_ratio(table: Table, above: str, below: str, way: str, but: Collection[str] = ()) -> float | None:
    """Return the geometric mean of how many times longer one engine takes than another, over what both answered."""
    logs = [math.log(ratio) for ratio in _each(table, above, below, way, but).values()]
    return round(math.exp(statistics.mean(logs)), 2) if logs else None


def _each(table: Table, above: str, below: str, way: str, but: Collection[str] = ()) -> dict[str, float]:
    """Return how many times longer one engine takes than another, by query."""
    pairs = {
        name: (found.get(above, {}).get(way), found.get(below, {}).get(way))
        for name, found in table.items()
        if name not in but
    }
    return {name: round(first / second, 3) for name, (first, second) in pairs.items() if first and second}


def ratios(table: Table, engines: Collection[str]) -> dict[str, Any]:
    """Return the means and the ratios by query, elapsed and on the processor, of engines that ran beside ours."""
    others = [engine for engine in STARTS if engine != OURS and engine in engines]
    found: dict[str, Any] = {}
    for way, spoken in WAYS.items():
        for name in others:
            found[f"{name} / {OURS}, {spoken}"] = {
                "geometric mean": mean_ratio(table, name, OURS, way),
                "without query 07": mean_ratio(table, name, OURS, way, (JOIN_QUERY,)),
                "by query": _each(table, name, OURS, way),
            }
    return found


def differing(table: Table) -> dict[str, list[str]]:
    """Return the queries in which engines gave another number of rows, or other rows where these can be compared."""
    return {
        what: [
            name for name, found in table.items() if len({item[what] for item in found.values() if what in item}) > 1
        ]
        for what in ("rows", "answer")
    }


def report(measured: Table, new: Mapping[str, Figures], engines: Mapping[str, Engine], told: dict[str, Any]) -> None:
    """Write the results; `told` has the earlier ones to keep, the engines that could not be had, and the triples."""
    before = told["before"]
    table = joined(measured, before, engines)
    run = {"run": datetime.now(UTC).isoformat(timespec="minutes"), "load": round(os.getloadavg()[2], 1)}
    runs = {**before.get("runs", {}), **{name: {"version": item.told, **run} for name, item in engines.items()}}
    value = {
        "what": "thirteen kinds of queries, medians in milliseconds, elapsed and on the processor",
        "triples": told["triples"],
        "seed": SEED,
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {platform.system()}, {os.cpu_count()} processors",
        "runs": {name: runs[name] for name in STARTS if name in runs},
        "not found": told["missing"],
        "queries": table,
        "new text": {**before.get("new text", {}), **new},
        "ratios": ratios(table, [name for name in runs if runs[name]["run"] == runs.get(OURS, {}).get("run")]),
        "differ": differing(table),
    }
    RESULTS.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
    page = "\n".join(lines(value))
    RESULTS.with_suffix(".md").write_text(page, encoding="utf-8")
    print(page)


def lines(value: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the page."""
    table, names = value["queries"], list(value["runs"])
    yield from ("# Queries", "")
    yield (
        f"Medians in milliseconds over {value['triples']} triples, elapsed and, after the stroke, on the processor "
        f"(that of a server is counted with it), on {value['machine']}, Python {value['python']}. Engines of one run "
        "take turns; the second table tells of which run each is, and means stand only where it is the same. "
        "Made by `python -m benchmarks.queries`; all figures are in `queries.json`."
    )
    yield from ("", f"| query | rows | {' | '.join(names)} |", f"|---|---:|{'---:|' * len(names)}")
    for name, found in table.items():
        rows = sorted({str(item["rows"]) for item in found.values() if "rows" in item})
        yield f"| {name} | {' / '.join(rows)} | {' | '.join(_cell(found.get(engine, {})) for engine in names)} |"
    new, means = value["new text"], value["ratios"]
    yield f"| 01, a text that was not asked before | | {' | '.join(_cell(new.get(engine, {})) for engine in names)} |"
    for what in ("geometric mean", "without query 07"):
        yield f"| times hyte, {what} | | {' | '.join(_mean(means, engine, what) for engine in names)} |"
    yield from ("", "| engine | version | run | load of the machine |", "|---|---|---|---:|")
    for name, run in value["runs"].items():
        yield f"| {name} | {run['version']} | {run['run']} | {run['load']} |"
    yield ""
    if value["not found"]:
        yield from (f"Not found on this machine: {', '.join(value['not found'])}.", "")


def _cell(figures: Figures) -> str:
    if "median" not in figures:
        return str(figures.get("failed", "–"))
    both = (figures[way] for way in WAYS if way in figures)
    return " / ".join(f"{number:.3g}" if number < 1000 else f"{number:.0f}" for number in both)


def _mean(means: Mapping[str, Any], engine: str, what: str) -> str:
    found = (means.get(f"{engine} / {OURS}, {spoken}", {}).get(what) for spoken in WAYS.values())
    return " / ".join(f"{mean:.3g}" for mean in found if mean is not None) or "–"
