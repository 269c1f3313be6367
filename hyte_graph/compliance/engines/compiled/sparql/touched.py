"""Which predicates a query can see at all: a store that holds no others gives the same answer, and is filled sooner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hyte_graph.compliance.engines.compiled.sparql.groups import Element, Group, Select, statements
from hyte_graph.compliance.engines.compiled.sparql.tokens import Token
from hyte_graph.compliance.engines.compiled.terms import TYPE, Term

_PREFIX = re.compile(r"PREFIX (\S*): (<[^>]*>)")
_OPEN = frozenset("!*?")  # a path with these holds of nodes and predicates that it does not name


class _AnythingError(Exception):
    """The query may see every predicate."""


def touched(select: Select, prefixes: str) -> frozenset[Term] | None:
    """Return the predicates that a query names; None where it may see others too."""
    spaces = dict(_PREFIX.findall(prefixes))
    try:
        return frozenset(_named(word, spaces) for word in _verbs(select.group))
    except _AnythingError:
        return None


def _verbs(group: Group) -> Iterator[Token]:
    for element in group.elements:
        if element.kind == "triples":
            yield from _verbs_of(element)
        elif element.kind == "other" or (element.kind in ("filter", "bind") and "{" in element.text):
            raise _AnythingError
        for inner in element.groups:
            yield from _verbs(inner)


def _verbs_of(element: Element) -> Iterator[Token]:
    found = statements(element.words)
    if found is None:
        raise _AnythingError
    for word in (word for one in found for word in one.verb):
        if word.kind == "variable" or (word.kind == "sign" and word.text in _OPEN):
            raise _AnythingError
        if word.kind != "sign":
            yield word


def _named(word: Token, spaces: dict[str, Term]) -> Term:
    if word.kind == "iri":
        return word.text
    if word.text == "a":
        return TYPE
    prefix, _, local = word.text.partition(":")
    if word.kind != "name" or prefix not in spaces:
        raise _AnythingError
    return f"{spaces[prefix][:-1]}{local}>"
