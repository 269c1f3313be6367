"""What was measured, kept part by part: a run of one part leaves the figures of the others as they were."""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from benchmarks.load.goals import GOALS, Goal
from benchmarks.load.growth import Figures
from benchmarks.load.parts import LIMIT, Bench
from benchmarks.load.site import SERVERS

_RESULTS = Path(__file__).resolve().parents[1] / "results"
_FILE = _RESULTS / "load.json"


def keep(bench: Bench, name: str, part: Callable[[Bench], Figures]) -> None:
    """Carry out a part and write its figures down, with the server, the machine and its load before and after."""
    before, began = os.getloadavg()[0], time.perf_counter()
    found = part(bench)
    took = round(time.perf_counter() - began)
    load = [round(before, 1), round(os.getloadavg()[0], 1)]
    known = json.loads(_FILE.read_text()) if _FILE.exists() else {}
    made = {"server": bench.server, "seconds": took, "load": load, **found}
    parts = known.get("parts", {}) | {_key(name, bench.server): made}
    value = {"machine": _machine(), "triples": bench.right.triples, "parts": parts}
    _FILE.write_text(json.dumps(value, indent=2) + "\n")
    (_RESULTS / "load.md").write_text(_page(value))
    print(f"{_key(name, bench.server)}, {took} s: {json.dumps(found)}", file=sys.stderr, flush=True)


def _key(part: str, server: str) -> str:
    """Return under what name the figures of a part are kept; the first of the servers needs no mention."""
    return part if server == SERVERS[0] else f"{part}, {server}"


def _machine() -> dict[str, Any]:
    libraries = {name: version(name) for name in ("flask", "werkzeug", "gunicorn", "waitress", "pyoxigraph")}
    return {
        "processors": os.cpu_count(),
        "memory (GiB)": round(psutil.virtual_memory().total / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "libraries": libraries,
    }


def _page(value: dict[str, Any]) -> str:
    machine, parts = value["machine"], value["parts"]
    where = f"{machine['processors']} processors ({machine['system']}, {machine['memory (GiB)']} GiB)"
    about = (
        f"Loopback on {where}, which server and askers share; Python {machine['python']}; {value['triples']} triples. "
        "Made by `python -m benchmarks.load`; gunicorn is set as for the public, waitress is `hyte serve`. All "
        "figures, statuses and settings are in `load.json`. The load is the average of the machine over a minute, when "
        "a part began and when it ended. Set for the test alone: no limit of rates (`HYTE_WEB_RATE_LIMITS=0`), since "
        "all requests come from one address; in the attack "
        f"`HYTE_WEB_SPARQL_SECONDS={LIMIT}` and `HYTE_WEB_SPARQL_MEMORY=1024`, in the mixed load the former."
    )
    heads = ["| Figure | Goal | Measured | | Server | Load |", "|---|---:|---:|---|---|---|"]
    lines = ["# Load", "", about, "", *heads]
    keys = [(goal, _key(goal[0], server)) for goal in GOALS for server in SERVERS]
    lines += [_row(goal, parts[key]) for goal, key in keys if key in parts]
    return "\n".join([*lines, ""])


def _row(goal: Goal, part: dict[str, Any]) -> str:
    _, what, look, sign, bound = goal
    measured, verdict = "not measured", ""
    with suppress(KeyError):  # an earlier run did not tell it
        found = look(part)
        measured = " → ".join(f"{item:g}" for item in (found if isinstance(found, list) else [found]))
        if sign:
            verdict = "holds" if (found >= bound if sign == "≥" else found <= bound) else "falls short"
    load = " → ".join(map(str, part["load"]))
    return f"| {what} | {_goal(sign, bound)} | {measured} | {verdict} | {part['server']} | {load} |"


def _goal(sign: str, bound: float) -> str:
    if not sign:
        return "–"
    return f"{sign} {bound:g}" if bound else "0"
