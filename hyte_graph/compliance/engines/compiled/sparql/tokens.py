"""The words of a SPARQL query: just enough to see its structure; whether it is SPARQL the query engine says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_WORDS = re.compile(
    r"""
    (?P<space>\s+|\#[^\n]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"\"\" | '''(?:'{0,2}(?:[^'\\]|\\.))*'''
             | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<blank>_:[\w.-]*\w)
  | (?P<tag>@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)
  | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:[\w.:%-]*[\w:%-])?)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
  | (?P<sign>\^\^|&&|\|\||!=|<=|>=|.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """One word of a query, with the space before it."""

    kind: str
    text: str
    space: str = " "

    def says(self, keyword: str) -> bool:
        """Return whether it is a keyword."""
        return self.keyword == keyword

    @property
    def keyword(self) -> str:
        """Return a keyword in capitals, or nothing."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def variable(self) -> str:
        """Return the name of a variable, or nothing."""
        return self.text[1:] if self.kind == "variable" else ""


def tokens(query: str) -> list[Token]:
    """Return the words of a query, without spaces and comments."""
    found, space = list[Token](), ""
    for match in _WORDS.finditer(query):
        if match.lastgroup == "space":
            space = "\n" if "#" in match[0] else " "
        else:
            found.append(Token(match.lastgroup or "sign", match[0], space))
            space = ""
    return found


def written(words: Iterable[Token]) -> str:
    """Return words as text."""
    return "".join(word.space + word.text for word in words)


def variables(words: Iterable[Token]) -> frozenset[str]:
    """Return the names of the variables among words."""
    return frozenset(word.variable for word in words if word.kind == "variable")


def closing(words: Sequence[Token], start: int) -> int:
    """Return the place after the bracket that closes the one at a place; the end where none does."""
    depth = 0
    for at in range(start, len(words)):
        text = words[at].text
        if words[at].kind == "sign":
            depth += (text in "({[") - (text in ")}]")
        if depth == 0:
            return at + 1
    return len(words)
