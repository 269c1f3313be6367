"""One value in one cell: what is written, and what comes back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from hyte_graph.intake.dates import interval
from hyte_graph.intake.form import Key
from hyte_graph.intake.workbook.words import bare, code_of, spoken, truth_word, truths
from hyte_graph.store.knowledge import Knowledge

Raw = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
Shown = str | int | datetime.date

FIRST_YEAR = 2000
"""The first year of a cell that is a day: the epochs of spreadsheets lie before, so older days are written as text."""

_LARGEST_EXACT = 2**53  # of a cell, which holds numbers as floats
_LONGEST = 16  # characters
_MARKED = ("code", "class", "reference", "thing", "id")


@dataclass(frozen=True, slots=True)
class Speech:
    """How the values of one key are spoken in one language."""

    key: Key
    codes: Mapping[str, str]
    knowledge: Knowledge
    language: str

    def shown(self, value: str) -> Shown:
        """Return what a cell shows for a value of a description; anything in a wrong form is shown as it is."""
        if self.codes and value in self.codes:
            return spoken(value, self.knowledge.label(self.codes[value]).within(self.language))
        if self.key.holds == "boolean":
            return truth_word(value, self.language)
        if self.key.holds in ("integer", "year") and _is_exact(value):
            return int(value)
        span = interval(value) if self.key.holds == "date" else None
        is_day = span and span.first.isoformat() == value and span.first.year >= FIRST_YEAR
        return span.first if span and is_day else value

    def told(self, raw: Raw, *, several: bool) -> list[str]:
        """Return the value that a cell holds, or several, one a line; unknown words come back as they are."""
        text = text_of(raw)
        if self.key.holds == "boolean":
            word = truths().get(text.strip().casefold(), text)
            return [word] if word else []
        return [self._one(part) for part in self._parts(text, several=several)]

    def _one(self, text: str) -> str:
        if self.codes:
            return code_of(text, self.codes, self.knowledge) or text
        if self.key.holds in _MARKED:
            return bare(text)
        return text if self.key.holds == "text" else text.strip()

    def _parts(self, text: str, *, several: bool) -> list[str]:
        if not several:
            return [text]
        if self.key.holds in _MARKED or self.key.holds == "year":
            text = text.replace(";", "\n")
        return [part.strip() for part in text.splitlines() if part.strip()]


def fits_a_line(value: str) -> bool:
    """Return whether a value can stand with others in one cell, one a line."""
    return bool(value) and value == value.strip() and len(value.splitlines()) == 1


def text_of(raw: Raw) -> str:
    """Return the text of a raw cell: whole numbers without a point, days as 2025-12-31."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < _LARGEST_EXACT:
        return str(int(raw))
    if isinstance(raw, datetime.datetime) and raw.time() == datetime.time():
        return raw.date().isoformat()
    return str(raw)


def _is_exact(value: str) -> bool:
    digits = value.removeprefix("-")
    return len(value) < _LONGEST and digits.isascii() and digits.isdecimal() and str(int(value)) == value
