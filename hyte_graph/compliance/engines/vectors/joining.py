"""The few operations on sorted arrays that everything here is made of."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from hyte_graph.compliance.engines.vectors.table import Mask, Pairs
from hyte_graph.compliance.engines.vectors.terms import Numbers

Places = NDArray[np.intp]
_Number = TypeVar("_Number", bound=np.integer[Any])


def matches(keys: NDArray[Any], wanted: NDArray[Any]) -> tuple[Places, Places]:
    """Return every pair of places in `wanted` and in sorted `keys` where both have the same."""
    first = np.searchsorted(keys, wanted, "left")
    count = np.searchsorted(keys, wanted, "right") - first
    left = np.repeat(np.arange(len(wanted)), count)
    before = np.cumsum(count) - count
    return left, np.arange(len(left)) - np.repeat(before - first, count)


def unique(found: NDArray[_Number]) -> NDArray[_Number]:
    """Return the numbers in order, each once; what is so already stays as it is."""
    if len(found) < 2 or (found[1:] > found[:-1]).all():  # noqa: PLR2004
        return found
    found = np.sort(found)
    is_new = np.empty(len(found), np.bool_)
    is_new[0] = True
    np.not_equal(found[1:], found[:-1], out=is_new[1:])
    return found[is_new]


def joined(first: Pairs, second: Pairs) -> Pairs:
    """Return the pairs of starts of one and ends of another that meet; `second` is sorted by its starts."""
    left, right = matches(second[0], first[1])
    return distinct(first[0][left], second[1][right])


def keys_of(starts: Numbers, ends: Numbers) -> NDArray[np.int64]:
    """Return one number for each pair."""
    return starts.astype(np.int64) << 32 | ends


def distinct(starts: Numbers, ends: Numbers) -> Pairs:
    """Return the pairs sorted, each once."""
    return pairs_of(unique(keys_of(starts, ends)))


def pairs_of(keys: NDArray[np.int64]) -> Pairs:
    """Return the pairs that keys stand for."""
    return (keys >> 32).astype(np.int32), (keys & 0xFFFFFFFF).astype(np.int32)


def counts(keys: Numbers, wanted: Numbers) -> NDArray[np.intp]:
    """Return how often sorted keys have each of the wanted."""
    return np.searchsorted(keys, wanted, "right") - np.searchsorted(keys, wanted, "left")


def within(pairs: Pairs, nodes: Numbers, marked: Mask) -> Pairs:
    """Return the pairs that start at some nodes; `marked` is true at them, and the pairs are sorted by start."""
    if len(nodes) * 16 < len(pairs[0]):
        left, right = matches(pairs[0], nodes)
        return nodes[left], pairs[1][right]
    kept = marked[pairs[0]]
    return (pairs[0], pairs[1]) if kept.all() else (pairs[0][kept], pairs[1][kept])
