"""Which thing of the graph a person means by a name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable

from hyte_graph.errors import UsageError
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.vocabulary import BASE, PREFIXES, full, iri, prefixed, slug

_MOST = 3  # names that an error proposes
_ALIKE, _SHORTER = 0.6, 0.1  # how alike is near, and how much less a likeness of the beginning counts
_NUMBER_OF_ACT = re.compile(r"(\d+)/(\d{4})")


def nearest_names(word: str, words: Iterable[str], prefix: str = "") -> Text:
    """Return a clause that names the nearest known words, or says how to name things; what begins alike is near too."""
    likeness = {item: _likeness(word, item) for item in set(words)}
    near = sorted(
        (item for item, share in likeness.items() if share > _ALIKE), key=lambda item: (-likeness[item], item)
    )
    return say("nearest-names", words=", ".join(prefix + item for item in near[:_MOST])) if near else say("names-none")


def _likeness(word: str, other: str) -> float:
    matcher = difflib.SequenceMatcher(a=other, b=word)
    if matcher.real_quick_ratio() > _ALIKE and matcher.quick_ratio() > _ALIKE and matcher.ratio() > _ALIKE:
        return matcher.ratio()
    return difflib.SequenceMatcher(a=other[: len(word)], b=word).ratio() - _SHORTER


def meant(name: str, addresses: Collection[str]) -> str:
    """Return the IRI that a full IRI, a prefixed name, the number of an act or a bare slug stands for.

    Args:
        name: such as "norm:x", "hyte:Duty", "612/2021" or "x".
        addresses: the IRIs of all things of the graph.

    Raises:
        UsageError: there is no such thing, or several share the slug.
    """
    written = _written(name.strip().strip("<>"))
    if written in addresses:
        return written
    if ":" in written:
        raise UsageError(say("name-unknown", value=name, nearest=_nearest_prefixed(written, addresses)))
    return _of_slug(written, addresses)


def _written(name: str) -> str:
    number = _NUMBER_OF_ACT.fullmatch(name)
    return iri("law", f"{number[2]}-{number[1]}") if number else full(name)


def _nearest_prefixed(address: str, addresses: Collection[str]) -> Text:
    """Return the nearest names, of the same prefix where the prefix is known."""
    kind, _, wanted = prefixed(address).partition(":")
    same = {item.partition(":")[2] for item in map(prefixed, addresses) if item.startswith(f"{kind}:")}
    if kind not in PREFIXES or not same:
        return nearest_names(slug(address), map(slug, addresses))
    return nearest_names(wanted, same, f"{kind}:")


def _of_slug(name: str, addresses: Collection[str]) -> str:
    found = sorted(address for address in addresses if slug(address) == name)
    own = [address for address in found if address.startswith(BASE)]
    clear = [address for address in own if address == iri("norm", name)] or own or found
    if not clear:
        raise UsageError(say("name-unknown", value=name, nearest=nearest_names(name, map(slug, addresses))))
    if len(clear) > 1:
        raise UsageError(say("name-shared", value=name, candidates=", ".join(map(prefixed, clear))))
    return clear[0]
