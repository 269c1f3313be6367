"""Definitions and glosses in SQLite: FTS5 with trigrams finds parts of compounds, in any case of the letters."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

_LEAST: Final = 3  # letters of a trigram


class Texts:
    """Texts by their numbers."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._tables = sqlite3.connect(":memory:", check_same_thread=False)
        self._tables.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize='trigram')")
        rows = enumerate(texts)
        self._tables.executemany("INSERT INTO texts(rowid, text) VALUES (?, ?)", rows)

    def holding(self, words: Sequence[frozenset[str]]) -> list[int]:
        """Return the numbers of the texts that hold some form of each word.

        Args:
            words: for each word the beginnings of its forms; those of less than three letters cannot be sought.
        """
        wanted = [_any_of(forms) for forms in words]
        if not wanted or not all(wanted):
            return []
        found = self._tables.execute(
            "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rowid", (" AND ".join(wanted),)
        )
        return [number for (number,) in found]


def _any_of(forms: frozenset[str]) -> str:
    quoted = " OR ".join('"' + form.replace('"', '""') + '"' for form in sorted(forms) if len(form) >= _LEAST)
    return f"({quoted})" if quoted else ""
