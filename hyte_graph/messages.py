"""Sentences for people, from the files in `sentences/`: one key, three languages, the same content."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.resources import package_file

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


_TABLE = re.compile(r"^\[([^\]\n]+)\]\n.*?(?=^\[|\Z)", re.MULTILINE | re.DOTALL)


@cache
def _tables() -> dict[str, str]:
    """Return the text of each table by its key: a run says few sentences, and to parse all would take longer."""
    files = sorted(package_file("sentences").glob("*.toml"))
    return {table[1]: table[0] for path in files for table in _TABLE.finditer(path.read_text(encoding="utf-8"))}


@cache
def _sentence(key: str) -> dict[str, str]:
    import tomllib  # what is imported where it is used is not loaded by a command that has nothing to say

    told: dict[str, str] = tomllib.loads(_tables()[key])[key]
    return told


def say(key: str, /, **values: object) -> Text:
    """Return the sentence `key` with its placeholders filled.

    A Text is filled in the language of the sentence, a day as that language writes days, anything else as it reads.
    A sentence of a refusal has a code that stays the same whatever the words become.
    """
    sentence = _sentence(key)
    told = {language: sentence[language].format(**_spoken(values, language)) for language in LANGUAGES}
    return Text.of(told, sentence.get("code", ""))


def _spoken(values: dict[str, object], language: str) -> dict[str, object]:
    return {name: _word(value, language) for name, value in values.items()}


def _word(value: object, language: str) -> object:
    if isinstance(value, Text):
        return value.within(language)
    return spoken_day(value, language) if isinstance(value, date) else value


def spoken_day(day: date, language: str) -> str:
    """Return a day as people write it: 31.12.2025 in Finnish and Swedish, 31 December 2025 in English."""
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"


def spoken_as_told(told: str, language: str) -> str:
    """Return a day that is written as 2025-12-31 as people write it; what is only a year or a month as it reads."""
    try:
        return spoken_day(date.fromisoformat(told), language)
    except ValueError:
        return told


def nearest(word: str, words: Iterable[str]) -> Text:
    """Return a clause that names the nearest known word, or an empty text."""
    import difflib

    known = sorted(words)
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5) or [item for item in known if item.startswith(word)]
    return say("nearest-name", word=close[0]) if word and close else Text.same("")


def codes() -> frozenset[str]:
    """Return the codes of refusals."""
    return frozenset(sentence["code"] for sentence in map(_sentence, keys()) if "code" in sentence)


def keys() -> tuple[str, ...]:
    """Return the keys of all sentences."""
    return tuple(_tables())
