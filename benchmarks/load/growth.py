"""What grows: memory and file handles of the server, of its children, and of each process that is never replaced."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.load.site import OfProcess, Taken

Figures = dict[str, Any]
Points = Sequence[tuple[float, float]]
COURSE, SECOND_HALF = "begin, middle, end", "a minute, second half"


@dataclass(frozen=True, slots=True)
class Sample:
    """What was taken, so many seconds after the load began."""

    at: float
    taken: Taken


def grown(samples: Sequence[Sample], length: float) -> Figures:
    """Return how memory and handles went within some seconds: all together, then process by process.

    What is kept once grows in the first half; what grows in the second half as well may do so for ever.
    """
    half, within = length / 2, [item for item in samples if item.at <= length]
    courses: dict[str, Points] = {
        "memory of the server (MiB)": [(item.at, item.taken.server) for item in within],
        "memory of the children (MiB)": [(item.at, item.taken.children) for item in within],
        "file handles of the server": [(item.at, item.taken.handles) for item in within],
        "file handles of the children": [(item.at, item.taken.handles_of_children) for item in within],
    }
    return {name: course(points, half) for name, points in courses.items()} | _by_process(within, half)


def course(points: Points, half: float) -> Figures:
    """Return the values at the begin, in the middle and at the end, and how much they grow in a minute."""
    late = [(at, value) for at, value in points if at >= half]
    return {
        COURSE: [round(value, 1) for value in (points[0][1], late[0][1], late[-1][1])],
        "a minute": round(slope(points) * 60, 2),
        SECOND_HALF: round(slope(late) * 60, 2),
    }


def slope(points: Points) -> float:
    """Return by how much values grow in a second, by the line that fits them best."""
    return statistics.linear_regression(*zip(*points, strict=True)).slope if len(points) > 1 else 0.0


def _by_process(samples: Sequence[Sample], half: float) -> Figures:
    """Return the course of each process that was there all the second half, and how many others came and went."""
    seen: dict[int, list[tuple[float, OfProcess]]] = {}
    for item in samples:
        for process in item.taken.processes:
            seen.setdefault(process.identity, []).append((item.at, process))
    late = sum(item.at >= half for item in samples)
    kept = [found for found in seen.values() if sum(at >= half for at, _ in found) == late]
    return {
        "processes that were not replaced in the second half": [_of_one(found, half) for found in kept],
        "processes that came or went in it": sum(found[-1][0] >= half for found in seen.values()) - len(kept),
    }


def _of_one(found: Sequence[tuple[float, OfProcess]], half: float) -> Figures:
    return {
        "process": found[0][1].kind,
        "first seen (s)": round(found[0][0], 1),
        "memory (MiB)": course([(at, process.memory) for at, process in found], half),
        "file handles": course([(at, process.handles) for at, process in found], half),
    }
