"""The parts of the benchmark: each puts one kind of load on the site and returns its figures."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.load.canary import Canary
from benchmarks.load.client import Ask, Driver, Plan, Took
from benchmarks.load.growth import Figures, Sample, grown, slope
from benchmarks.load.hostile import calling_asks, deadly_asks, heavy_asks, mix
from benchmarks.load.references import References
from benchmarks.load.site import Served

LIMIT = 5  # seconds of a query, where it is attacked
CONNECTIONS = 8
DEADLY = 1000


@dataclass(frozen=True)
class Bench:
    """What every part needs."""

    server: str
    seconds: float
    driver: Driver
    right: References
    soak: float  # minutes


def told(took: Sequence[Took], seconds: float = 0.0) -> Figures:
    """Return the figures of some requests: how many, how quick, and whether all were right."""
    times = sorted(item.seconds * 1000 for item in took) or [0.0]
    wrong = [item for item in took if not item.is_right]
    rate = {"requests per second": round(len(took) / seconds)} if seconds else {}
    at = {f"p{part} (ms)": round(times[min(len(times) - 1, len(times) * part // 100)], 1) for part in (50, 95, 99)}
    statuses = dict(sorted(Counter(str(item.status) for item in took).items()))
    found: Figures = {"requests": len(took), **rate, **at, "max (ms)": round(times[-1], 1), "statuses": statuses}
    found["wrong"] = len(wrong)
    return found | ({"first wrong": [f"{x.name} {x.status} {x.said}"[:300] for x in wrong[:3]]} if wrong else {})


def health(bench: Bench) -> Figures:
    """The smallest answer there is."""
    with Served(bench.server) as site:
        took, seconds = bench.driver.drive(Plan(site.port, [Ask("health", "/healthz")], CONNECTIONS, bench.seconds))
    return told(took, seconds)


def pages(bench: Bench) -> Figures:
    """Pages of norms in three forms: each for the first time, then again and again."""
    asks = bench.right.pages(100)
    with Served(bench.server) as site:
        first, taken = bench.driver.drive(Plan(site.port, asks, CONNECTIONS))
        took, seconds = bench.driver.drive(Plan(site.port, asks, CONNECTIONS, bench.seconds))
    forms = {form: told([item for item in took if item.name == form]) for form in sorted({x.name for x in took})}
    return {"first time": told(first, taken), "again": told(took, seconds), "again, by form": forms}


def points(bench: Bench) -> Figures:
    """Queries with one row, through the pool of processes."""
    asks = bench.right.points(300)
    with Served(bench.server) as site:
        bench.driver.drive(Plan(site.port, asks, CONNECTIONS, 2))
        took, seconds = bench.driver.drive(Plan(site.port, asks, CONNECTIONS, bench.seconds))
    return told(took, seconds)


def attack(bench: Bench) -> Figures:
    """Four attackers, and visitors who ask light queries meanwhile."""
    light, seconds = bench.right.points(300), bench.seconds * 4
    settings = {"HYTE_WEB_SPARQL_SECONDS": str(LIMIT), "HYTE_WEB_SPARQL_MEMORY": "1024"}
    with Canary() as silent, Served(bench.server, settings) as site:
        bad = mix(bench.right.triples, silent.address)
        bench.driver.drive(Plan(site.port, light, 4, 3))
        before = site.taken()
        running = bench.driver.begin(Plan(site.port, bad, 4, seconds))
        took, _ = bench.driver.drive(Plan(site.port, light, 4, seconds, pause=0.02, seed=2))
        attacks, after, calls = running.result(), site.taken(), silent.calls()
    by_row = _by_row(bad, attacks)
    stopped = [item for item in attacks if item.status in (504, 413)]
    return {
        "settings": settings,
        "light": told(took),
        "attacks": told(attacks),
        "rows that were not asked": [row for row, found in by_row.items() if not found["statuses"]],
        "calls to another server": calls,
        "stopped (s, longest)": round(max((item.seconds for item in stopped), default=0), 2),
        "by row": by_row,
        "server (MiB)": [round(before.server), round(after.server)],
    }


def _by_row(bad: Sequence[Ask], attacks: Sequence[Took]) -> dict[str, Figures]:
    rows = sorted({ask.name for ask in bad}, key=lambda row: int(row[1:]))
    return {row: _of_row([item for item in attacks if item.name == row]) for row in rows}


def _of_row(took: Sequence[Took]) -> Figures:
    statuses = dict(Counter(str(item.status) for item in took))
    return {"statuses": statuses, "longest (s)": round(max((item.seconds for item in took), default=0), 2)}


def deaths(bench: Bench) -> Figures:
    """Queries that would end an engine, a thousand in a row, with right answers before, between and after."""
    light, bad = bench.right.points(50), deadly_asks()
    row = [*light, *(bad[at % len(bad)] for at in range(DEADLY))]
    with Served(bench.server) as site:
        first, _ = bench.driver.drive(Plan(site.port, light, 1))
        bench.driver.drive(Plan(site.port, bad * 4, 1))
        before, children = site.taken(), site.children()
        took, seconds = bench.driver.drive(Plan(site.port, row, 1))
        last, _ = bench.driver.drive(Plan(site.port, light, 1))
        after, same = site.taken(), children == site.children()
        killed = _killed(bench, site, light)
    return {
        "in a row": told([item for item in took if item.name != "point query"], seconds),
        "light, before, between and after": told([*first, *(x for x in took if x.name == "point query"), *last]),
        "server (MiB)": [round(before.server, 1), round(after.server, 1)],
        "the same children before and after": same,
        "light, while children are killed": killed,
    }


def _killed(bench: Bench, site: Served, light: list[Ask]) -> Figures:
    """Kill one child after another by SIGKILL while light queries are asked."""
    chance, kills = random.Random(1), 0  # noqa: S311
    running = bench.driver.begin(Plan(site.port, light, 2, bench.seconds))
    while not running.done():
        time.sleep(1)
        alive = sorted(site.children())
        if alive:
            kills += _kill(chance.choice(alive))
    return {"kills": kills, **told(running.result())}


def _kill(process: int) -> int:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return 0
    return 1


def uploads(bench: Bench) -> Figures:
    """Descriptions handed in by four at once, until their reports are shown."""
    asks = bench.right.uploads()
    with Served(bench.server) as site:
        bench.driver.drive(Plan(site.port, asks[:4], 4))  # the first check of a process starts it
        took, seconds = bench.driver.drive(Plan(site.port, asks, 4, bench.seconds * 2))
    return told(took, seconds) | {"descriptions": len(asks)}


def soak(bench: Bench) -> Figures:
    """Everything at once for some minutes: what grows?"""
    length = bench.soak * 60
    with Canary() as silent, Served(bench.server, {"HYTE_WEB_SPARQL_SECONDS": str(LIMIT)}) as site:
        bad = [*deadly_asks(), *calling_asks(silent.address), heavy_asks()[0]]
        plans = (
            Plan(site.port, [*bench.right.pages(60), *bench.right.points(60)], 3, length, 0.02),
            Plan(site.port, [*bench.right.uploads(), *bad], 1, length, 0.2),
        )
        running, samples = [bench.driver.begin(plan) for plan in plans], _samples(site, length)
        took, calls = [item for run in running for item in run.result()], silent.calls()
    late = [item for item in samples if item.at > length / 3]
    handles = [item.taken.handles for item in late]
    return {
        "minutes": bench.soak,
        "requests": told(took, length),
        "calls to another server": calls,
        "server (MiB)": [round(late[0].taken.server), round(late[-1].taken.server)],
        "server (MiB per minute, last two thirds)": round(slope([(x.at, x.taken.server) for x in late]) * 60, 2),
        "children (MiB per minute, last two thirds)": round(slope([(x.at, x.taken.children) for x in late]) * 60, 2),
        "file handles of the server (least, most)": [min(handles), max(handles)],
        "file handles per minute": round(slope([(x.at, x.taken.handles) for x in late]) * 60, 2),
        **grown(samples, length),
    }


def _samples(site: Served, length: float) -> list[Sample]:
    """Return what the server takes every other second, in a short run more often, until the load ends."""
    began, found = time.monotonic(), []
    while (at := time.monotonic() - began) < length:
        found.append(Sample(at, site.taken()))
        time.sleep(min(2.0, length / 40))
    return found


PARTS: dict[str, Callable[[Bench], Figures]] = {
    "health": health,
    "pages": pages,
    "points": points,
    "attack": attack,
    "deaths": deaths,
    "uploads": uploads,
    "soak": soak,
}
