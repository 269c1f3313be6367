"""The sentences of the web pages, from `sentences.toml`: one key, three languages, the same content."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))


def sentence(key: str, language: str, /, **values: object) -> str:
    """Return the sentence `key` in one language with its placeholders filled."""
    return _sentences()[key][language].format(**values)


def keys() -> frozenset[str]:
    """Return the keys of all sentences."""
    return frozenset(_sentences())
