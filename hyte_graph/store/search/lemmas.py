"""Dictionary forms by simplemma, for words that the rules of the forms do not lead to a label.

Its Finnish dictionary takes two seconds to open, so it is opened only when nothing else found anything.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from simplemma.strategies import DefaultStrategy

_LANGUAGES: Final = ("fi", "sv")


@cache
def _strategy() -> DefaultStrategy:
    from simplemma.strategies import DefaultStrategy

    return DefaultStrategy(low_memory=True)


@cache
def lemma(word: str, language: str) -> str:
    """Return the dictionary form of a word; the word itself where it has none or the language is English."""
    if language not in _LANGUAGES:
        return word
    return (_strategy().get_lemma(word, language) or word).casefold()
