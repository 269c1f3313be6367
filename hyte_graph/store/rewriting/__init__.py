"""EXISTS asked all at once: where the result is provably the same, NOT EXISTS becomes a difference and EXISTS a join.

Oxigraph tries the group of an EXISTS anew for every solution, without using what is known of it; if the group is a
join, the time grows with the square of the data. A difference or a join asks the group once.
"""

from __future__ import annotations

from dataclasses import dataclass

from hyte_graph.store.remembering import remembered
from hyte_graph.store.rewriting.steps import Step

__all__ = ["Rewriting", "Step", "rewriting"]

_WORD = "EXISTS"


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A query as it is asked, and what became of each EXISTS in it; the text is the same where nothing changed."""

    text: str
    steps: tuple[Step, ...] = ()


def rewriting(text: str) -> Rewriting:
    """Return how a query is asked; a text that cannot be read comes back as it is, for the engine to say why."""
    if _WORD not in text.upper():  # far quicker than any pattern, and most queries end here
        return Rewriting(text)
    return _rewriting(text)


@remembered
def _rewriting(text: str) -> Rewriting:
    from hyte_graph.store.rewriting.forms import written  # most processes never need them
    from hyte_graph.store.rewriting.reading import read
    from hyte_graph.store.rewriting.words import UnreadError

    try:
        query = read(text)
    except UnreadError:
        return Rewriting(text, (Step(1, "unread"),))
    return Rewriting(*written(text, query))
