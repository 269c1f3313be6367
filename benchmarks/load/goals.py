"""What is shown of the figures of each part, and what it should be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.load.growth import COURSE, SECOND_HALF, Figures
from benchmarks.load.parts import LIMIT

Look = Callable[[Figures], Any]
Goal = tuple[str, str, Look, str, float]
_SERVER, _CHILDREN = ("memory of the server (MiB)",), ("memory of the children (MiB)",)


def _at(*keys: str) -> Look:
    def look(found: Figures) -> Any:
        for key in keys:
            found = found[key]
        return found

    return look


def _growth(found: Figures) -> float:
    before, after = found["server (MiB)"]
    return float(round(abs(after - before) / before * 100, 1))


def _left_out(found: Figures) -> int:
    return len(found["rows that were not asked"])


def _steepest(found: Figures) -> float:
    processes = found["processes that were not replaced in the second half"]
    return float(max(one["memory (MiB)"][SECOND_HALF] for one in processes))


GOALS: tuple[Goal, ...] = (
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
    ("attack", "rows A1 to A18 of the threat model that were not asked", _left_out, "≤", 0),
    ("attack", "calls of the site to another server", _at("calls to another server"), "≤", 0),
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
    ("soak", "memory of the server in the second half, MiB per minute", _at(*_SERVER, SECOND_HALF), "", 0),
    ("soak", "memory of the children in the second half, MiB per minute", _at(*_CHILDREN, SECOND_HALF), "", 0),
    ("soak", "the process not replaced that grew most in the second half, MiB per minute", _steepest, "", 0),
    ("soak", "file handles of the server, begin, middle, end", _at("file handles of the server", COURSE), "", 0),
    ("soak", "file handles of the children, begin, middle, end", _at("file handles of the children", COURSE), "", 0),
    ("soak", "mixed load, wrong", _at("requests", "wrong"), "≤", 0),
    ("soak", "mixed load, calls of the site to another server", _at("calls to another server"), "≤", 0),
)
"""Part, figure, where it stands, and the goal if there is one."""
