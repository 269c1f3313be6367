"""EXISTS asked all at once: where the result is provably the same, NOT EXISTS becomes a difference and EXISTS a join.

Oxigraph tries the group of an EXISTS anew for every solution, without using what is known of it; if the group is a
join, the time grows with the square of the data. A difference or a join asks the group once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from hyte_graph.store.rewriting.forms import Step, written
from hyte_graph.store.rewriting.reading import read
from hyte_graph.store.rewriting.words import UnreadError

__all__ = ["Rewriting", "Step", "rewriting"]

_MAY_MATTER = re.compile(r"\bEXISTS\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A query as it is asked, and what became of each EXISTS in it; the text is the same where nothing changed."""

    text: str
    steps: tuple[Step, ...] = ()


def rewriting(text: str) -> Rewriting:
    """Return how a query is asked; a text that cannot be read comes back as it is, for the engine to say why."""
    return _rewriting(text) if _MAY_MATTER.search(text) else Rewriting(text)


@lru_cache(maxsize=256)
def _rewriting(text: str) -> Rewriting:
    try:
        query = read(text)
    except UnreadError:
        return Rewriting(text, (Step(1, "unread"),))
    return Rewriting(*written(text, query))
