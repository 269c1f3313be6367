"""Days on the command line; below the shells there is no clock."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from hyte_graph.errors import UsageError
from hyte_graph.messages import say

_HELSINKI = ZoneInfo("Europe/Helsinki")


def now() -> datetime:
    """Return the time in Finland."""
    return datetime.now(_HELSINKI)


def day(text: str | None) -> date:
    """Return a day given as 2025-12-31; today in Finland where none is given.

    Raises:
        UsageError: the text is no day.
    """
    if text is None:
        return now().date()
    from hyte_graph.intake.dates import interval  # brings the whole intake with it

    span = interval(text)
    if span is None or span.first != span.last:
        raise UsageError(say("day-wrong", value=text))
    return span.first
