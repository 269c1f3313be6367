"""What was measured, kept part by part: a run of one part leaves the figures of the others as they were."""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from benchmarks.load.parts import LIMIT, Bench, Figures

_RESULTS = Path(__file__).resolve().parents[1] / "results"
_FILE = _RESULTS / "load.json"
_Look = Callable[[Figures], Any]


def keep(bench: Bench, name: str, part: Callable[[Bench], Figures]) -> None:
    """Carry out a part and write its figures down, with the server, the machine and its load before and after."""
    before, began = os.getloadavg()[0], time.perf_counter()
    found = part(bench)
    took = round(time.perf_counter() - began)
    load = [round(before, 1), round(os.getloadavg()[0], 1)]
    known = json.loads(_FILE.read_text()) if _FILE.exists() else {}
    parts = known.get("parts", {}) | {name: {"server": bench.server, "seconds": took, "load": load, **found}}
    value = {"machine": _machine(), "triples": bench.right.triples, "parts": parts}
    _FILE.write_text(json.dumps(value, indent=2) + "\n")
    (_RESULTS / "load.md").write_text(_page(value))
    print(f"{name}, {took} s: {json.dumps(found)}", file=sys.stderr, flush=True)


def _machine() -> dict[str, Any]:
    libraries = {name: version(name) for name in ("flask", "werkzeug", "gunicorn", "waitress", "pyoxigraph")}
    return {
        "processors": os.cpu_count(),
        "memory (GiB)": round(psutil.virtual_memory().total / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "libraries": libraries,
    }


def _at(*keys: str) -> _Look:
    def look(found: Figures) -> Any:
        for key in keys:
            found = found[key]
        return found

    return look


def _growth(found: Figures) -> float:
    before, after = found["server (MiB)"]
    return round(abs(after - before) / before * 100, 1)


_GOALS: tuple[tuple[str, str, _Look, str, float], ...] = (
    ("health", "health page, requests per second", _at("requests per second"), "≥", 1000),
    ("health", "health page, wrong", _at("wrong"), "≤", 0),
    (
        "pages",
        "page of a norm for the first time, requests per second",
        _at("first time", "requests per second"),
        "",
        0,
    ),
    (
        "pages",
        "page of a norm in HTML, Turtle, JSON-LD, requests per second",
        _at("again", "requests per second"),
        "≥",
        200,
    ),
    ("pages", "the same, p99 in ms", _at("again", "p99 (ms)"), "≤", 100),
    ("pages", "the same, wrong in body, ETag, Vary or type", _at("again", "wrong"), "≤", 0),
    ("points", "point query, requests per second", _at("requests per second"), "≥", 500),
    ("points", "point query, p99 in ms", _at("p99 (ms)"), "≤", 50),
    ("points", "point query, wrong", _at("wrong"), "≤", 0),
    ("attack", "light query beside four attackers, p99 in ms", _at("light", "p99 (ms)"), "≤", 250),
    ("attack", "light query beside four attackers, wrong or refused", _at("light", "wrong"), "≤", 0),
    ("attack", "heavy query, longest until it is stopped, in s", _at("stopped (s, longest)"), "≤", LIMIT + 0.5),
    ("attack", "attacks with another status or code than the right one", _at("attacks", "wrong"), "≤", 0),
    ("deaths", "1,000 deadly queries in a row, wrong", _at("in a row", "wrong"), "≤", 0),
    (
        "deaths",
        "light query before, between and after, wrong",
        _at("light, before, between and after", "wrong"),
        "≤",
        0,
    ),
    ("deaths", "growth of the server, in percent", _growth, "≤", 10),
    (
        "deaths",
        "light query while children are killed, wrong",
        _at("light, while children are killed", "wrong"),
        "≤",
        0,
    ),
    ("uploads", "upload to report, four at once, p95 in ms", _at("p95 (ms)"), "≤", 2000),
    ("uploads", "upload to report, wrong", _at("wrong"), "≤", 0),
    ("soak", "memory of the server, MiB per minute", _at("server (MiB per minute, last two thirds)"), "", 0),
    ("soak", "file handles of the server, per minute", _at("file handles per minute"), "", 0),
    ("soak", "mixed load, wrong", _at("requests", "wrong"), "≤", 0),
)
"""Part, figure, where it stands, and the goal if there is one."""


def _page(value: dict[str, Any]) -> str:
    machine, parts = value["machine"], value["parts"]
    where = f"{machine['processors']} processors ({machine['system']}, {machine['memory (GiB)']} GiB)"
    about = (
        f"Loopback on {where}, which server and askers share; Python {machine['python']}; {value['triples']} triples. "
        "Made by `python -m benchmarks.load`; all figures, statuses and settings are in `load.json`. The load is the "
        "average of the machine over a minute, when a part began and when it ended. Set for the test alone: no limit "
        "of rates (`HYTE_WEB_RATE_LIMITS=0`), since all requests come from one address; in the attack "
        f"`HYTE_WEB_SPARQL_SECONDS={LIMIT}` and `HYTE_WEB_SPARQL_MEMORY=1024`, in the mixed load the former."
    )
    heads = ["| Figure | Goal | Measured | | Server | Load |", "|---|---:|---:|---|---|---|"]
    lines = ["# Load", "", about, "", *heads]
    lines += [_row(goal, parts[goal[0]]) for goal in _GOALS if goal[0] in parts]
    return "\n".join([*lines, ""])


def _row(goal: tuple[str, str, _Look, str, float], part: dict[str, Any]) -> str:
    _, what, look, sign, bound = goal
    found = look(part)
    holds = {"≥": found >= bound, "≤": found <= bound}.get(sign)
    verdict = {True: "holds", False: "falls short", None: ""}[holds]
    load = " → ".join(map(str, part["load"]))
    return f"| {what} | {_goal(sign, bound)} | {found:g} | {verdict} | {part['server']} | {load} |"


def _goal(sign: str, bound: float) -> str:
    if not sign:
        return "–"
    return f"{sign} {bound:g}" if bound else "0"
