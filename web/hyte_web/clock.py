"""Days in addresses, and the only clock of the web."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo


def today() -> date:
    """Return the day that it is in Finland."""
    return datetime.now(ZoneInfo("Europe/Helsinki")).date()


def day_of(text: str) -> date | None:
    """Return a day given as 2025-12-31, or None where the text is no day."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
