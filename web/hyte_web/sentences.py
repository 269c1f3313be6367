"""The sentences of the pages, a file for each part of the site in `wording/`: one key, three languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from hyte_graph.languages import LANGUAGES, Text


@cache
def _sentences() -> dict[str, dict[str, str]]:
    folder = Path(__file__).with_name("wording")
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    return {key: told for file in files for key, told in file.items()}


def sentence(key: str, language: str, /, **values: object) -> str:
    """Return the sentence `key` in one language with its placeholders filled."""
    return _sentences()[key][language].format(**values)


def said(key: str, /, **values: object) -> Text:
    """Return the sentence `key` in all languages with its placeholders filled, by texts in the same language."""
    spoken = {language: sentence(key, language, **_within(values, language)) for language in LANGUAGES}
    return Text.of(spoken, _sentences()[key].get("code", ""))


def _within(values: Mapping[str, object], language: str) -> dict[str, object]:
    return {name: value.within(language) if isinstance(value, Text) else value for name, value in values.items()}


def keys() -> frozenset[str]:
    """Return the keys of all sentences."""
    return frozenset(_sentences())
