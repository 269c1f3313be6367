"""Swedish word forms: the stems that a word inflects from, and what can follow a stem."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_REPLACED: Final = {
    "ium": ("i",),
    "eum": ("e",),
    "el": ("l",),
    "er": ("r",),
    "en": ("n",),
    "a": ("",),
    "e": ("",),
    "m": ("mm",),
    "n": ("nn",),
    "d": ("t",),
    "t": ("tt",),
    "stad": ("städ",),
    "land": ("länd",),
    "hand": ("händ",),
    "man": ("män",),
    "son": ("sön",),
    "bok": ("böck",),
    "mälan": ("mälning",),
}
"""Endings of the dictionary form, and what stands in their place in other forms."""

_DEFINITE: Final = ("arna", "erna", "orna", "ens", "ets", "en", "et", "na", "ar", "er", "or", "ns", "s", "n", "t")
"""Endings that a word of a label may already have: its forms share what stands before."""

_LEAST: Final = 4  # letters


def stems(word: str) -> frozenset[str]:
    """Return what the forms of a word begin with; the word may be a dictionary form, a definite or a plural.

    Args:
        word: in lower case.
    """
    return frozenset({word, *_replaced(word), *_bare(word)})


def _replaced(word: str) -> Iterator[str]:
    for ending, others in _REPLACED.items():
        if word.endswith(ending):
            yield from (word[: -len(ending)] + other for other in others)


def _bare(word: str) -> Iterator[str]:
    for ending in _DEFINITE:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            yield word[: -len(ending)]


_FORMS: Final = "n en et t a e ar er or r na arna erna orna rna an are ade ast aste iskt"

ENDINGS: Final = frozenset(ending + genitive for ending in ("", *_FORMS.split()) for genitive in ("", "s"))
"""What can follow a stem: the article, the plural, the agreement of an adjective, and the genitive."""
