"""Text that any format can carry: no control characters, no turns of the direction of reading."""

from __future__ import annotations

_CONTROLS = (*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
_TURNS_OF_DIRECTION = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNPRINTABLE = dict.fromkeys((*_CONTROLS, *_TURNS_OF_DIRECTION), "\N{REPLACEMENT CHARACTER}")


def printable(text: str) -> str:
    """Return a text without the characters that XML forbids or that make text read in another order."""
    return text.translate(_UNPRINTABLE)


def one_line(text: str) -> str:
    """Return a printable text on one line."""
    return " ".join(printable(text).split())
