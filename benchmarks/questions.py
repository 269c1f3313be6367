"""Every saved question through the project's own path and in Oxigraph as it stands: `python -m benchmarks.questions`.

Parameters and descriptions are those of the tests. Both ask the same store in the same process, one after the other, in
milliseconds of processor time, and the raw side has its values filled in and its prefixes picked beforehand.
"new" is the first time that the text is asked, with all that is read off it; "again" and "raw" are medians. A text that
takes longer than a limit as it stands is stopped and named.
"""

from __future__ import annotations

import json
import os
import platform
import signal
import statistics
import time
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from hyte_graph.store.binding import bound
from hyte_graph.store.clauses import undeclared
from hyte_graph.store.sparql import answer
from tests.questions.cases import CASES, Case, hyte, place

RESULTS = Path(__file__).parent / "results" / "questions.json"
RUNS = 7
LIMIT = 20
MOST = 1_000_000


def main() -> None:
    cases = {case["question"]: case for case in reversed(CASES)}
    found = {slug: timed(cases[slug]) for slug in sorted(cases)}
    both = [item for item in found.values() if "raw" in item]
    sums = {name: round(sum(item[name] for item in both), 1) for name in ("new", "again", "raw")}
    result = {
        "what": "every saved question, milliseconds on the processor: new, asked again, and the raw text in Oxigraph",
        "questions": len(found),
        "sums": sums,
        "median of again / raw": round(statistics.median(item["again"] / item["raw"] for item in both), 2),
        "slowest": dict(sorted(found.items(), key=lambda pair: -pair[1]["again"])[:10]),
        "runs": RUNS,
        "pyoxigraph": version("pyoxigraph"),
        "machine": f"{platform.machine()}, {platform.system()}, {os.cpu_count()} processors",
        "load while it ran": round(os.getloadavg()[0], 1),
        "every question": found,
    }
    RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({name: value for name, value in result.items() if name != "every question"}, indent=1))


def timed(case: Case) -> dict[str, Any]:
    """Return the milliseconds of a question, and its rows."""
    on, about = case.get("on"), [described(name) for name in case.get("with", ())]
    text, bindings = hyte()._asked(case["question"], on, case.get("language", "en"), case.get("parameters", {}))
    seen = hyte()._seen(about, on)
    seen.store.contains_named_graph(next(iter(seen.store.named_graphs())))  # loads it

    def ours() -> int:
        return len(answer(text, seen, bindings, limit=MOST))

    filled = bound(text, bindings)
    prefixes = undeclared(filled)

    def raw() -> int:
        found = seen.store.query(filled, prefixes=prefixes, use_default_graph_as_union=True)
        return len([tuple(row) for row in found])

    (rows, new), *more = [clocked(ours) for _ in range(RUNS + 1)]
    told = {"rows": rows, "new": new, "again": round(statistics.median(ms for _, ms in more), 3)}
    as_it_stands = apart(raw)
    if as_it_stands is None:
        return {**told, "stopped": f"over {LIMIT} s"}
    assert as_it_stands["rows"] == rows, case["question"]
    return {**told, "raw": as_it_stands["ms"]}


@cache
def described(name: str) -> Any:
    return hyte().read(place(name))


def clocked(ask: Callable[[], int]) -> tuple[int, float]:
    start = time.process_time()
    rows = ask()
    return rows, round((time.process_time() - start) * 1000, 3)


def apart(ask: Callable[[], int]) -> dict[str, Any] | None:
    """Return the rows and the median of a query asked in a copy of this process that can be stopped."""
    source, target = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(LIMIT)
        runs = [clocked(ask) for _ in range(RUNS + 1)][1:]
        os.write(target, json.dumps({"rows": runs[0][0], "ms": statistics.median(ms for _, ms in runs)}).encode())
        os._exit(0)
    os.close(target)
    with os.fdopen(source, "rb") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return json.loads(told) if told else None


if __name__ == "__main__":
    main()
