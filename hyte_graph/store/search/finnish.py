"""Finnish word forms: the stems that a word inflects from, and what can follow a stem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_VOWELS: Final = "aeiouyäö"

_WEAKER: Final = {
    "kk": ("k",),
    "pp": ("p",),
    "tt": ("t",),
    "nk": ("ng",),
    "mp": ("mm",),
    "nt": ("nn",),
    "lt": ("ll",),
    "rt": ("rr",),
    "ht": ("hd",),
    "lk": ("l", "lj"),
    "rk": ("r", "rj"),
    "hk": ("h", "hj"),
    "lp": ("lv",),
    "rp": ("rv",),
    "k": ("", "v"),
    "p": ("v",),
    "t": ("d",),
}
"""Consonant gradation: what the consonants before the last vowels become in a closed syllable."""

_STRONGER: Final = {
    "k": ("kk",),
    "p": ("pp",),
    "t": ("tt",),
    "ng": ("nk",),
    "mm": ("mp",),
    "nn": ("nt",),
    "ll": ("lt",),
    "rr": ("rt",),
    "hd": ("ht",),
    "lj": ("lk",),
    "rj": ("rk",),
    "hj": ("hk",),
    "lv": ("lp",),
    "rv": ("rp",),
    "v": ("p", "k"),
    "d": ("t",),
}

_FROM_NOMINATIVE: Final = {
    "nen": ("se", "si", "s"),
    "ton": ("ttoma", "ttomi"),
    "tön": ("ttömä", "ttömi"),
    "mpi": ("mma", "mpa", "mmi", "mpä", "mmä"),
    "nut": ("nee", "nei"),
    "nyt": ("nee", "nei"),
    "us": ("ukse", "uksi", "ude", "ute", "ut"),
    "ys": ("ykse", "yksi", "yde", "yte", "yt"),
    "as": ("aa", "ai", "akse", "aksi"),
    "äs": ("ää", "äi", "äkse", "äksi"),
    "is": ("ii", "ikse", "iksi"),
    "es": ("ee", "ei", "ekse", "eksi"),
    "os": ("okse", "oksi"),
    "ös": ("ökse", "öksi"),
    "si": ("de", "te", "t"),
    "psi": ("pse", "s"),
    "ni": ("n",),
    "li": ("l",),
    "ri": ("r",),
    "yö": ("öi", "ö"),
    "uo": ("oi", "o"),
    "ie": ("ei",),
    "e": ("ee", "ei"),
    "a": ("i", "oi", "o"),
    "ä": ("i", "öi", "ö"),
    "i": ("e", "ei"),
    "o": ("oi",),
    "ö": ("öi",),
    "u": ("ui",),
    "y": ("yi",),
}
"""Endings of the dictionary form, and what stands in their place before the endings of the cases."""

_NEW_LAND: Final = "uuden uutta uudessa uudesta uuteen uudella uudelta uudelle uutena uudeksi"
"""The first half of Uusimaa is inflected too."""

_FROM_STEM: Final = {
    "ise": ("inen", "isi", "is"),
    "kse": ("s", "ksi"),
    "yde": ("ys", "yte", "yt"),
    "ude": ("us", "ute", "ut"),
    "ime": ("in", "imi"),
    "ee": ("e", "ei"),
    "aa": ("as", "ai"),
    "e": ("i",),
    "a": ("i", "oi", "o"),
    "ä": ("i", "öi", "ö"),
    "i": ("ei", "e", "a", "ä"),
    "o": ("oi",),
    "ö": ("öi",),
    "u": ("ui",),
    "y": ("yi",),
}
"""The same from the vowel stem, which is what remains of a genitive in -n or a plural in -t."""

_LAST_GROUP: Final = re.compile(rf"^(.*[{_VOWELS}])([^{_VOWELS}\W]+)([{_VOWELS}]+[nst]?)$")


def stems(word: str) -> frozenset[str]:
    """Return what the forms of a word begin with; the word may be a dictionary form, a genitive or a plural.

    Args:
        word: in lower case.
    """
    bare = {word, *_replaced(word, _FROM_NOMINATIVE)}
    if word.endswith("uusimaa"):
        bare |= {word.removesuffix("uusimaa") + half + "maa" for half in _NEW_LAND.split()}
    if len(word) > 4 and word[-1] in "nt" and word[-2] in _VOWELS:  # noqa: PLR2004
        bare |= {word[:-1], *_replaced(word[:-1], _FROM_STEM)}
    return frozenset(bare.union(*(_graded(stem) for stem in bare), _of_tool(word)))


def _of_tool(word: str) -> Iterator[str]:
    """Yield the stems of a word like kerroin: kertoime-, kertoimi-."""
    if word.endswith("in"):
        yield from (head + ending for head in (word[:-1], *_graded(word[:-1])) for ending in ("me", "mi"))


def _replaced(word: str, table: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for ending, others in table.items():
        if word.endswith(ending):
            head = word[: -len(ending)]
            yield from (head + other for other in others)


def _graded(stem: str) -> Iterator[str]:
    found = _LAST_GROUP.match(stem)
    if found is None:
        return
    head, consonants, tail = found.groups()
    for table in (_WEAKER, _STRONGER):
        yield from (head + other + tail for other in table.get(consonants, ()))


_CASES: Final = """
n t a ä ta tä tta ttä ja jä ssa ssä sta stä lla llä lta ltä lle na nä ksi seen siin han hen hin hon hun hyn hän hön
an en in on un yn än ön jen den tten ten ien iden neen sti itta ittä
"""
_OWNED: Final = "a ä ta tä tta ttä ja jä ssa ssä sta stä lla llä lta ltä lle na nä kse je de tte ie see sii ne"
_OWNERS: Final = "ni si nsa nsä mme nne an en än"
_CLITICS: Final = ("", "kin", "kaan", "kään", "ko", "kö", "han", "hän")
_OF_OWNERS: Final = [case + owner for case in ("", *_OWNED.split()) for owner in _OWNERS.split()]

ENDINGS: Final = frozenset(ending + clitic for ending in ("", *_CASES.split(), *_OF_OWNERS) for clitic in _CLITICS)
"""What can follow a stem: an ending of a case, of an owner, and a particle."""
