"""How alike two words are, by the trigrams that they share."""

from __future__ import annotations

from hyte_graph.store.search.words import folded


def trigrams(word: str) -> frozenset[str]:
    """Return the groups of three letters of a word; its beginning and end count as letters, ä as a."""
    framed = f"  {folded(word)} "
    return frozenset(framed[at : at + 3] for at in range(len(framed) - 2))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of trigrams that two words have in common (Dice), 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other))
