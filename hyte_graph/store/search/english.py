"""English word forms: the stems that a word inflects from, and what can follow a stem."""

from __future__ import annotations

from typing import Final


def stems(word: str) -> frozenset[str]:
    """Return what the forms of a word begin with.

    Args:
        word: in lower case.
    """
    found = {word}
    if word.endswith("y"):
        found.add(word[:-1] + "i")
    if word.endswith("e"):
        found.add(word[:-1])
    if word.endswith("s"):
        found.add(word[:-1])
    return frozenset(found)


ENDINGS: Final = frozenset(("", "s", "es", "ed", "d", "ing"))
"""What can follow a stem."""
