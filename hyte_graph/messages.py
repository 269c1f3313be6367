"""Sentences for people, from the files in `sentences/`: one key, three languages, the same content."""

from __future__ import annotations

import tomllib
from functools import cache

from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.resources import package_file


@cache
def _sentences() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path in sorted(package_file("sentences").glob("*.toml")):
        found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def say(key: str, /, **values: object) -> Text:
    """Return the sentence `key` with its placeholders filled.

    A value that is itself a Text is filled in the language of the sentence; anything else as it reads.
    """
    sentence = _sentences()[key]
    return Text(*(sentence[language].format(**_spoken(values, language)) for language in LANGUAGES))


def _spoken(values: dict[str, object], language: str) -> dict[str, object]:
    return {name: value.within(language) if isinstance(value, Text) else value for name, value in values.items()}


def keys() -> tuple[str, ...]:
    """Return the keys of all sentences."""
    return tuple(_sentences())
