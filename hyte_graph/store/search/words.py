"""A text as words for comparing: lower case, without punctuation, hyphens and endings after a colon."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_EMPTY: Final = """
ja sekä tai eli on se sen sitä sille niiden niitä
och samt eller att av för i om på till en ett den det de
and or the of for in to on by a an its
"""
EMPTY: Final = frozenset(_EMPTY.split())
"""Words that say nothing of what is sought."""

_COLON_ENDING: Final = re.compile(r"(?<=\w):[a-zåäö]+\b")
_WORD: Final = re.compile(r"\w+|§")
_ASIDE: Final = re.compile(r"\s*\([^)]*\)")


def plain(text: str) -> str:
    """Return a text in lower case, composed, without the ending in `THL:n`."""
    return _COLON_ENDING.sub("", unicodedata.normalize("NFC", text).casefold())


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, in their order; `hyte-työ` is two."""
    return tuple(_WORD.findall(plain(text)))


def telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without those that say nothing; all of them where nothing else would remain."""
    return tuple(word for word in words if word not in EMPTY) or words


def compact(text: str) -> str:
    """Return the letters of a text: two that differ in case, spaces or hyphens only have the same."""
    return "".join(words_of(text))


def without_aside(text: str) -> str:
    """Return a text without what stands in brackets to tell it from its like."""
    return _ASIDE.sub("", text)


def folded(text: str) -> str:
    """Return a text without the dots and rings that some keyboards lack: å, ä and ö as a and o."""
    return "".join(mark for mark in unicodedata.normalize("NFD", text) if not unicodedata.combining(mark))
