"""What became of each EXISTS of a query."""

from __future__ import annotations

from dataclasses import dataclass

DIFFERENCE, JOIN = "difference", "join"
"""What an EXISTS may become."""


@dataclass(frozen=True, slots=True)
class Step:
    """What became of an EXISTS: one of the two forms, or why it stayed."""

    line: int
    what: str
    variable: str = ""

    @property
    def is_changed(self) -> bool:
        """Return whether it was rewritten."""
        return self.what in (DIFFERENCE, JOIN)
