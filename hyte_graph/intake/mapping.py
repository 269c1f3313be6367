"""The triples of a sound description by the shipped JSON-LD context, in the order in which a processor gives them.

The context uses a small part of JSON-LD: terms with a type or a language, codes, bases, and parts within parts. A
processor reads all of it again for each thing, which takes twenty times as long as to assess what it gives. Whatever
lies outside that part is left to one (`from_tree`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

import rdflib
from rdflib import URIRef
from rdflib.namespace import RDF

from hyte_graph.intake.form import context
from hyte_graph.store.statements import Statement
from hyte_graph.store.terms import address
from hyte_graph.vocabulary import full

_PLAIN = re.compile(r"[A-Za-z0-9_-]+")  # what stands at the end of any base as it is
_KNOWN = {"@id", "@type", "@language", "@context", "@reverse"}
_SHORT = 32  # characters of a literal that is worth keeping
_TYPE = RDF.type

Holds = Literal["id", "class", "code", "thing", "text", "part"]


class UnmappedError(Exception):
    """A value or a term is none of those that the mapping knows."""


@dataclass(frozen=True, slots=True)
class _Term:
    """One key of the context."""

    holds: Holds
    predicate: URIRef = _TYPE
    is_reverse: bool = False
    codes: Mapping[str, URIRef] | None = None
    base: str | None = None  # of the things that it names, where it is not that of the description
    scope: _Scope | None = None
    language: str | None = None
    datatype: URIRef | None = None


@dataclass(frozen=True, slots=True)
class _Scope:
    """The keys of one place, the names of classes, and the base of ids where it is not that of the description."""

    terms: Mapping[str, _Term]
    classes: Mapping[str, URIRef]
    base: str | None = None


def statements(document: Mapping[str, Any], base: str) -> list[Statement]:
    """Return the triples of a description whose things have their ids and classes.

    Args:
        document: keys and values as a sound tree has them.
        base: the base of its ids, which is its own name too.

    Raises:
        UnmappedError: it holds something that only a JSON-LD processor knows to read.
    """
    return list(_of_thing(address(base), document, _whole(), base))


def _of_thing(node: URIRef, value: Mapping[str, Any], scope: _Scope, base: str) -> Iterator[Statement]:
    if not scope.terms.keys() >= value.keys():
        raise UnmappedError
    told = [(scope.terms[key], inner) for key, inner in value.items() if key != "id"]
    for term, inner in sorted(told, key=_comes_later):
        for item in inner if isinstance(inner, list) else (inner,):
            yield from _of_value(node, item, term, scope, base)


def _comes_later(told: tuple[_Term, Any]) -> bool:
    """Return whether a key comes after those that tell the class."""
    return told[0].holds != "class"


def _of_value(node: URIRef, item: Any, term: _Term, scope: _Scope, base: str) -> Iterator[Statement]:
    if term.scope is not None and isinstance(item, dict):
        part = _named(item.get("id"), term.scope.base or base)
        yield (part, term.predicate, node) if term.is_reverse else (node, term.predicate, part)
        yield from _of_thing(part, item, term.scope, base)
        return
    if not isinstance(item, str):
        raise UnmappedError
    if term.holds == "text":
        made = _kept if len(item) <= _SHORT and term.datatype else _literal
        yield node, term.predicate, made(item, term.language, term.datatype)
    elif term.holds == "thing":
        yield node, term.predicate, _named(item, term.base or base)
    else:
        known = (scope.classes if term.holds == "class" else term.codes) or {}
        if item not in known:
            raise UnmappedError
        yield node, term.predicate, known[item]


def _named(name: object, base: str) -> URIRef:
    if not isinstance(name, str) or not _PLAIN.fullmatch(name):
        raise UnmappedError
    return address(base + name)


def _literal(text: str, language: str | None, datatype: URIRef | None) -> rdflib.Literal:
    return rdflib.Literal(text, lang=language, datatype=datatype, normalize=False)


_kept = lru_cache(maxsize=4096)(_literal)  # days, years and codes of yes and no come again and again


@cache
def _whole() -> _Scope:
    """Return the keys of a description, with those that every thing can have."""
    return _scope(context(), None)


def _scope(terms: Mapping[str, Any], outer: _Scope | None) -> _Scope:
    base = terms.get("@base", outer.base if outer else None)
    names = {name: term for name, term in terms.items() if name[0] != "@" and isinstance(term, str) and name != "hyte"}
    classes = {name: address(full(term)) for name, term in names.items() if term[0] != "@"}
    found = _Scope({}, {**(outer.classes if outer else {}), **classes}, base)
    made = {name: _term(term, found) for name, term in terms.items() if isinstance(term, dict)}
    words = {name: _Term("id" if term == "@id" else "class") for name, term in names.items() if term[0] == "@"}
    return _Scope({"@type": _Term("class"), "id": _Term("id"), **words, **made}, found.classes, base)


def _term(term: Mapping[str, Any], around: _Scope) -> _Term:
    predicate = address(full(term.get("@id") or term["@reverse"]))
    inner, kind = term.get("@context", {}), term.get("@type")
    if not _KNOWN.issuperset(term):
        raise UnmappedError
    if kind == "@vocab":
        return _Term("code", predicate, codes={name: address(full(code)) for name, code in inner.items()})
    if kind == "@id":
        return _Term("thing", predicate, base=inner.get("@base", around.base))
    if inner:
        return _Term("part", predicate, is_reverse="@reverse" in term, scope=_scope(inner, around))
    return _Term("text", predicate, language=term.get("@language"), datatype=address(kind) if kind else None)
