"""Which fences are missing on this system, and what is weaker without them."""

from __future__ import annotations

from collections.abc import Callable

from hyte_graph.errors import HyteError
from hyte_graph.isolation.fences import FENCES
from hyte_graph.isolation.pool import Pool
from hyte_graph.isolation.wire import Message


def fences_here() -> dict[str, bool]:
    """Return each fence and whether it stands around a child of this system; none does where no child can start."""
    try:
        with Pool("hyte_graph.isolation.weaker:idle") as pool:
            pool.warm()
            standing = pool.standing or frozenset()
    except HyteError:
        standing = frozenset()
    return {name: name in standing for name in FENCES}


def idle(_: Message) -> Callable[[Message], Message]:
    """Return work that does nothing."""
    return lambda call: call
