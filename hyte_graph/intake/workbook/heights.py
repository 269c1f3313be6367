"""How high a row must be for its text: not every program works this out when it opens a file."""

from __future__ import annotations

from collections.abc import Iterable

_LINE = 15.0  # points
_HIGHEST = 400.0  # points; a row can have 409
_FULL = 0.9  # of a column that a line of words fills, since words are not cut


def height(texts: Iterable[tuple[str, float]]) -> float:
    """Return the height of a row in points, of its texts and the widths of their columns in characters."""
    return min(_HIGHEST, _LINE * max((_lines(text, width) for text, width in texts), default=1))


def _lines(text: str, width: float) -> int:
    return sum(1 + int(len(line) / max(width * _FULL, 1)) for line in text.split("\n"))
