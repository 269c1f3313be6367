"""How deep and how wide a query is, read off its tokens: chains and nests of some thousands end an engine's process."""

from __future__ import annotations

import re

_OPEN, _CLOSED = frozenset("([{"), frozenset(")]}")
_CHAINED = frozenset({"UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "EXISTS", "AS", "VALUES"})
_QUOTES = "\"'<@?$"  # what begins a string, an IRI, a language or a variable, in which a full stop is none


class Size:
    """The brackets that are open, and how many operators, patterns and items have been seen.

    What stands in the braces of VALUES is data and is not counted, nor are the arguments that commas divide: engines
    hold both as lists, however long.
    """

    def __init__(self) -> None:
        self.depth = self.width = 0
        self._open: list[str] = []
        self._is_values = self._is_item = False
        self._data = 0  # the depth inside the braces of a VALUES, or 0

    def take(self, token: re.Match[str]) -> None:
        """Count a token."""
        word, mark = (token["word"] or "").upper(), token["mark"] or ""
        if not self._data:
            self.width += self._weight(token.group(), word, mark)
        self._nest(mark)
        self._is_item = not mark
        self._is_values = word == "VALUES" or (self._is_values and mark != "{")

    def _nest(self, mark: str) -> None:
        if mark in _OPEN:
            self._open.append(mark)
            if mark == "{" and self._is_values:
                self._data = len(self._open)
        elif mark in _CLOSED and self._open:
            self._open.pop()
            if len(self._open) < self._data:
                self._data = 0
        self.depth = len(self._open)

    def _weight(self, text: str, word: str, mark: str) -> int:
        within = self._open[-1] if self._open else ""
        if mark == ",":
            return within != "("
        if mark or word:
            return word in _CHAINED or (mark != "" and mark not in _CLOSED)
        is_end = text.endswith(".") and text[0] not in _QUOTES
        return is_end or (within == "(" and self._is_item)  # an item of a collection follows on another
