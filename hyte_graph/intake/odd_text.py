"""What deceives the eye in a text: signs that nobody sees, and words whose letters come from two alphabets.

Nothing of it is refused, since names are compared by code and never by their look; but whoever checks is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from rdflib import Graph, Literal, URIRef

from hyte_graph.intake.tree import Path, Tree
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.vocabulary import slug

_SHOWN = 20  # remarks on one file
_WORD = re.compile(r"[^\W\d_]+")
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK")
_WEB = ("http://", "https://")
_HARMLESS = "\u00ad"  # a soft hyphen, which word processors leave


def in_tree(tree: Tree) -> tuple[Text, ...]:
    """Return a remark on each odd text of a tree, with its place."""
    found = (
        say("text-odd", where=tree.place(path).within(tree.name), odd=odd)
        for path, text in _texts(tree.value, ())
        if (odd := oddity(text))
    )
    return _bounded(found, tree.name)


def in_graph(graph: Graph, name: str) -> tuple[Text, ...]:
    """Return a remark on each odd text of a graph, with its thing, and on addresses that are not of the web."""
    triples = sorted(graph, key=lambda triple: tuple(map(str, triple)))
    return _bounded((text for thing, word, value in triples for text in _remarks(thing, word, value, name)), name)


def _remarks(thing: object, word: object, value: object, name: str) -> Iterator[Text]:
    where = say("place-thing", name=name, thing=slug(str(thing)), key=slug(str(word)))
    if isinstance(value, Literal):
        odd = oddity(str(value))
        if odd:
            yield say("text-odd", where=where, odd=odd)
    elif isinstance(value, URIRef) and not str(value).startswith(_WEB):
        yield say("address-not-web", where=where, value=str(value)[:80])


def _bounded(found: Iterator[Text], name: str) -> tuple[Text, ...]:
    told = list(dict.fromkeys(found))
    rest = len(told) - _SHOWN
    return (*told[:_SHOWN], say("text-odd-more", name=name, count=rest)) if rest > 0 else tuple(told)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*path, key))


def oddity(text: str) -> Text | None:
    """Return what deceives the eye in a text first, with its place in the text; None if nothing does."""
    if text.isascii():
        return None
    for at, sign in enumerate(text, 1):
        if unicodedata.category(sign) == "Cf" and sign not in _HARMLESS:
            name = unicodedata.name(sign, "?").lower()
            return say("text-invisible", at=at, code=f"U+{ord(sign):04X}", sign=name)
    for word in _WORD.finditer(text):
        alphabets = {_alphabet(sign) for sign in word[0]} & set(_ALPHABETS)
        if len(alphabets) > 1:
            return say("text-mixed", at=word.start() + 1, word=word[0])
    return None


@cache
def _alphabet(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]
