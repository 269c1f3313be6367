"""The sentences of the pages, a file for each part of the site in `wording/`: one key, three languages."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def _sentences() -> dict[str, dict[str, str]]:
    folder = Path(__file__).with_name("wording")
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))]
    return {key: told for file in files for key, told in file.items()}


def sentence(key: str, language: str, /, **values: object) -> str:
    """Return the sentence `key` in one language with its placeholders filled."""
    return _sentences()[key][language].format(**values)


def keys() -> frozenset[str]:
    """Return the keys of all sentences."""
    return frozenset(_sentences())
