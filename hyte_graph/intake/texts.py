"""What no text of a description may hold, in whatever format it came."""

from __future__ import annotations

import re

LONGEST = 64  # KiB
_SHOWN = 60  # characters
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def text_fault(text: str) -> str:
    """Return what is wrong with a text, "long" or "control", or an empty string."""
    if len(text.encode("utf-8", "surrogatepass")) > LONGEST * 1024:
        return "long"
    return "control" if _CONTROL.search(text) else ""


def shortened(text: str) -> str:
    """Return the beginning of a text, with the signs that cannot be printed as their numbers."""
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in shown)
