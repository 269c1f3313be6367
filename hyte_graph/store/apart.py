"""Loading data apart from the memory of answers.

What fills a store in bulk leaves holes all over the memory, and the answers that are then put into them lie scattered:
queries with some thousand rows took 1.7 times as long. The allocator of the GNU library gives each thread a place of
its own, so what a thread that ends has loaded leaves no holes where the others work. Loading file by file leaves none.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Made = TypeVar("_Made")


def apart(load: Callable[[], _Made]) -> _Made:
    """Return what is loaded, by a thread of its own; what it raises is raised here."""
    with ThreadPoolExecutor(max_workers=1) as alone:
        return alone.submit(load).result()
