"""Asking in rounds, and the table of what was measured."""

from __future__ import annotations

import json
import math
import os
import platform
import statistics
import sys
from dataclasses import dataclass
from typing import Any

from benchmarks.queries.data import SEED
from benchmarks.queries.engines import ROOT, Engine
from benchmarks.queries.texts import JOIN_QUERY

RESULTS = ROOT / "benchmarks" / "results"
ENOUGH = 15.0  # seconds after which a query is not asked of an engine again


@dataclass
class Measured:
    """What one engine took for one query."""

    times: list[float]  # milliseconds
    rows: int | None
    failed: str = ""

    @property
    def median(self) -> float | None:
        return None if self.failed or not self.times else statistics.median(self.times)


def ask_all(name: str, text: str, engines: dict[str, Engine], rounds: int) -> dict[str, Measured]:
    """Ask one query of all engines in rounds, after one round that does not count for those that are quick."""
    from hyte_graph.store.clauses import with_prefixes

    query = with_prefixes(text)
    found = {engine: Measured([], None) for engine in engines}
    for number in range(rounds + 1):
        turned = list(found.items()) if number % 2 else list(found.items())[::-1]
        for engine, measured in turned:
            if measured.failed or sum(measured.times) > ENOUGH * 1000:
                continue
            told = engines[engine].ask(query)
            measured.failed = told.get("failed", "")
            measured.rows = told.get("rows", measured.rows)
            if "ms" in told and (number or told["ms"] > ENOUGH * 1000):
                measured.times.append(told["ms"])
    print(
        f"{name}: " + ", ".join(f"{key} {item.median or item.failed}" for key, item in found.items()), file=sys.stderr
    )
    return found


def mean_ratio(measured: dict[str, dict[str, Measured]], above: str, below: str, but: tuple[str, ...] = ()) -> float:
    """Return the geometric mean of how many times longer one engine takes than another, over what both answered."""
    pairs = [(found[above].median, found[below].median) for name, found in measured.items() if name not in but]
    logs = [math.log(first / second) for first, second in pairs if first and second]
    return math.exp(statistics.mean(logs)) if logs else math.nan


def report(
    measured: dict[str, dict[str, Measured]], engines: dict[str, Engine], missing: list[str], triples: int
) -> None:
    RESULTS.mkdir(exist_ok=True)
    value = {
        "what": "thirteen kinds of queries, medians in milliseconds",
        "triples": triples,
        "seed": SEED,
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {platform.system()}, {os.cpu_count()} processors",
        "engines": {name: engine.told for name, engine in engines.items()},
        "not found": missing,
        "queries": {name: {key: told(item) for key, item in found.items()} for name, found in measured.items()},
        "ratios": ratios(measured, engines),
    }
    (RESULTS / "queries.json").write_text(json.dumps(value, indent=2) + "\n")
    page = table(measured, engines, value)
    (RESULTS / "queries.md").write_text(page)
    print(page)


def told(item: Measured) -> dict[str, Any]:
    if item.failed:
        return {"failed": item.failed}
    return {"median": round(item.median or 0, 3), "runs": len(item.times), "rows": item.rows}


def ratios(measured: dict[str, dict[str, Measured]], engines: dict[str, Engine]) -> dict[str, Any]:
    others = [name for name in engines if name != "hyte"]
    joined = measured[JOIN_QUERY]
    found: dict[str, Any] = {
        f"{name} / hyte, geometric mean of all": round(mean_ratio(measured, name, "hyte"), 2) for name in others
    }
    found |= {
        f"{name} / hyte, without query 07": round(mean_ratio(measured, name, "hyte", (JOIN_QUERY,)), 2)
        for name in others
    }
    for name in others:
        pairs = {key: (item[name].median, item["hyte"].median) for key, item in measured.items()}
        each = {key: round(first / second, 2) for key, (first, second) in pairs.items() if first and second}
        found[f"{name} / hyte, by query"] = each
    found["rows differ"] = [
        key for key, item in measured.items() if len({m.rows for m in item.values() if not m.failed}) > 1
    ]
    raw = joined.get("pyoxigraph")
    if raw and raw.failed:
        found["pyoxigraph on query 07"] = raw.failed
    return found


def table(measured: dict[str, dict[str, Measured]], engines: dict[str, Engine], value: dict[str, Any]) -> str:
    heads = [f"{name} {engine.told}" for name, engine in engines.items()]
    about = (
        f"Medians in milliseconds over {value['triples']} triples, engines in turn in one run, on {value['machine']}, "
        f"Python {value['python']}. Made by `python -m benchmarks.queries`; all figures are in `queries.json`."
    )
    lines = [
        "# Queries",
        "",
        about,
        "",
        f"| query | rows | {' | '.join(heads)} |",
        f"|---|---:|{'---:|' * len(heads)}",
    ]
    for name, found in measured.items():
        rows = sorted({str(item.rows) for item in found.values() if not item.failed})
        cells = [item.failed or f"{item.median:.3g}" for item in found.values()]
        lines.append(f"| {name} | {' / '.join(rows)} | {' | '.join(cells)} |")
    means = [f"{mean_ratio(measured, name, 'hyte'):.3g}" for name in engines]
    lines.append(f"| times hyte, geometric mean | | {' | '.join(means)} |")
    rest = [f"{mean_ratio(measured, name, 'hyte', (JOIN_QUERY,)):.3g}" for name in engines]
    lines += [f"| the same without 07 | | {' | '.join(rest)} |", ""]
    if value["not found"]:
        lines += [f"Not found on this machine: {', '.join(value['not found'])}.", ""]
    return "\n".join(lines)
