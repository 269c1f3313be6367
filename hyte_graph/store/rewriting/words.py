"""The words of a SPARQL query with their places; a text with anything unusual in it is not read at all."""

from __future__ import annotations

import re
from typing import NamedTuple

_WORDS = re.compile(
    r"""
    (?P<space>\s+|\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
             | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<tag>@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)
  | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:
             (?:(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[^\w\s])(?:\.*(?:[\w:-]|%[0-9A-Fa-f]{2}|\\[^\w\s]))*)?)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<sign>\^\^|&&|\|\||!=|<=|>=|[-+*/|^!=<>?(){}\[\].,;])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\[uU]")  # may stand anywhere and mean anything, even a brace


class UnreadError(Exception):
    """The text has a form that this reader does not know; whether it is SPARQL, the engine says."""


class Word(NamedTuple):
    """One word of a query: its kind, its text and where it starts."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Return where it ends."""
        return self.start + len(self.text)

    @property
    def keyword(self) -> str:
        """Return a keyword in capitals, or nothing."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def sign(self) -> str:
        """Return a sign, or nothing."""
        return self.text if self.kind == "sign" else ""

    @property
    def variable(self) -> str:
        """Return the name of a variable, or nothing."""
        return self.text[1:] if self.kind == "variable" else ""


def words(text: str) -> list[Word]:
    """Return the words of a query, and one of the kind "end" after them.

    Raises:
        UnreadError: a character belongs to no word, or is written as an escape.
    """
    found, at = list[Word](), 0
    if _ESCAPE.search(text):
        raise UnreadError
    while at < len(text):
        match = _WORDS.match(text, at)
        if match is None:
            raise UnreadError
        kind, at = match.lastgroup or "sign", match.end()
        if kind != "space":
            found.append(Word(kind, match[0], match.start()))
    return [*found, Word("end", "", len(text))]
