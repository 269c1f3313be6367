"""Days, months and years as intervals: a shorter date is never filled up to a day (EDTF level 0)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_FORM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
_MONTHS = 12
_LONGEST = len("2023-12-05")


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The days from `first` to `last`, both counted."""

    first: date
    last: date

    def lies_within(self, opens: date, closes: date | None) -> bool:
        """Return whether every day of the interval lies in the period; no `closes` means no end."""
        return opens <= self.first and (closes is None or self.last <= closes)

    def meets(self, opens: date, closes: date | None) -> bool:
        """Return whether some day of the interval lies in the period."""
        return self.last >= opens and (closes is None or self.first <= closes)


def interval(text: str) -> Interval | None:
    """Return the interval of "2023", "2023-12" or "2023-12-05"; None if it is no such date."""
    return _interval(text) if len(text) <= _LONGEST else None  # what is too long is not kept either


@lru_cache(maxsize=4096)
def _interval(text: str) -> Interval | None:
    match = _FORM.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if not EARLIEST_YEAR <= year <= LATEST_YEAR or month > _MONTHS or (match[2] and not month):
        return None
    if not match[2]:
        return Interval(date(year, 1, 1), date(year, 12, 31))
    length = calendar.monthrange(year, month)[1]
    if not match[3]:
        return Interval(date(year, month, 1), date(year, month, length))
    return Interval(date(year, month, day), date(year, month, day)) if 1 <= day <= length else None
