"""Asking in rounds: what each engine took for each query, elapsed and on the processor."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.queries.engines import Engine

ENOUGH = 15.0  # seconds after which a query is not asked of an engine again
TURN = 50.0  # milliseconds that a turn may last, so that quick queries are not all measured on cold caches
MOST = 25  # asks in a turn

Figures = dict[str, Any]
"""Of one engine and one query: `median`, `processor`, `runs`, `rows`, `answer`; or `failed`."""


@dataclass
class Measured:
    """What one engine took for one query."""

    times: list[float] = field(default_factory=list)  # milliseconds
    used: list[float] = field(default_factory=list)  # milliseconds on the processor
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        return "failed" in self.told or sum(self.times) > ENOUGH * 1000

    def take(self, told: dict[str, Any], *, counts: bool) -> None:
        """Keep what an engine told; a first answer counts only if it took so long that there will be no second."""
        self.told |= {key: told[key] for key in ("rows", "answer", "failed") if key in told}
        if "ms" in told and (counts or told["ms"] > ENOUGH * 1000):
            self.times.append(told["ms"])
            self.used.append(told["cpu"])

    def figures(self) -> Figures:
        if not self.times or "failed" in self.told:
            return {"failed": self.told.get("failed", "no answer")}
        median, used = statistics.median(self.times), statistics.median(self.used)
        return {"median": round(median, 4), "processor": round(used, 4), "runs": len(self.times), **self.told}


def ask_all(name: str, text: str, engines: Mapping[str, Engine], rounds: int) -> dict[str, Figures]:
    """Ask one query of all engines in rounds, after one round that does not count for those that are quick."""
    found = {engine: Measured() for engine in engines}
    for number in range(rounds + 1):
        turned = list(found.items()) if number % 2 else list(found.items())[::-1]
        for engine, measured in turned:
            _turn(engines[engine], text, measured, is_first=number == 0)
    figures = {engine: measured.figures() for engine, measured in found.items()}
    told = (f"{engine} {item.get('median', item.get('failed'))}" for engine, item in figures.items())
    print(f"{name}: {', '.join(told)}", file=sys.stderr)
    return figures


def _turn(engine: Engine, text: str, measured: Measured, *, is_first: bool) -> None:
    spent = 0.0
    for _ in range(1 if is_first else MOST):
        if measured.is_done or spent > TURN:
            return
        told = engine.ask(text)
        measured.take(told, counts=not is_first)
        spent += told.get("ms", TURN + 1)


def ask_new(text: str, engines: Mapping[str, Engine], count: int = 200) -> dict[str, Figures]:
    """Ask texts that nobody asked before, which cost what is else remembered: reading, checking and rewriting."""
    found = {engine: Measured() for engine in engines}
    for number in range(count):
        for engine, measured in found.items():
            measured.take(engines[engine].ask(text + " " * (number + 1)), counts=True)
    return {engine: measured.figures() for engine, measured in found.items()}
