"""A fact as the rules ask for it: its classes, the values that it must have, and what it must be linked to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import URIRef
from rdflib.term import Node

from hyte_graph.intake.description import CLASS_OF_SECTION
from hyte_graph.intake.workbook.layout import PLURAL, Sheet, address, codes, sheets
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import HYTE

Choice = tuple[Node | None, ...]  # terms of which one is enough, the preferred first; None is any value at all
_NO_KEY = frozenset({HYTE + "citesAct"})  # read off the text of a legal basis, which may cite several acts


@dataclass(frozen=True, slots=True)
class Link:
    """Something that a thing must be linked to; `inverse` if the link leads from there to the thing."""

    predicate: str
    inverse: bool
    thing: Thing


@dataclass(frozen=True, slots=True)
class Thing:
    """What a fact must be like."""

    kinds: frozenset[str] = frozenset()
    values: frozenset[tuple[str, Choice]] = frozenset()
    links: tuple[Link, ...] = ()

    def is_of(self, kind: str) -> bool:
        """Return whether the thing must be of one of the project's own classes."""
        return HYTE + kind in self.kinds

    def choices(self, predicate: str) -> frozenset[Choice]:
        """Return what is asked of a property."""
        return frozenset(choice for name, choice in self.values if name == predicate)


def united(first: Thing, second: Thing, knowledge: Knowledge) -> Thing | None:
    """Return a thing that is like both, or None where there can be none."""
    kinds = first.kinds | second.kinds
    if kinds and class_of(kinds, knowledge) is None:
        return None
    names = {name for name, _ in (*first.values, *second.values)}
    told = {name: _both(name, first.choices(name), second.choices(name)) for name in names}
    links = _linked(first.links, second.links, knowledge)
    if links is None or any(choices is None for choices in told.values()):
        return None
    values = frozenset((name, choice) for name, choices in told.items() for choice in choices or ())
    return Thing(kinds, values, links)


def _both(predicate: str, first: frozenset[Choice], second: frozenset[Choice]) -> frozenset[Choice] | None:
    """Return the choices that meet both; for a property with one value, the one choice of what both allow."""
    every = first | second
    if predicate in _plural() or len(every) < 2:  # noqa: PLR2004
        return every
    named = [choice for choice in sorted(every, key=len) if choice != (None,)]
    common = tuple(term for term in named[0] if all(term in choice for choice in named)) if named else (None,)
    return frozenset({common}) if common else None


def _linked(first: tuple[Link, ...], second: tuple[Link, ...], knowledge: Knowledge) -> tuple[Link, ...] | None:
    """Return the links of both; a link of one and a link of the other may lead to the same thing."""
    rest, found = list(first), []
    for link in second:
        same = next((item for item in rest if (item.predicate, item.inverse) == (link.predicate, link.inverse)), None)
        joined = united(same.thing, link.thing, knowledge) if same else None
        if same and joined:
            rest.remove(same)
            found.append(Link(link.predicate, link.inverse, joined))
        elif same and link.predicate == HYTE + "concerns" and not link.inverse:
            return None  # a decision is about one document
        else:
            found.append(link)
    return (*rest, *found)


@cache
def _plural() -> frozenset[str]:
    """Return the properties of which a fact may have several values."""
    terms = ((word, term) for sheet in sheets() for word, term in sheet.terms.items() if isinstance(term, dict))
    return _NO_KEY | {address(term) for word, term in terms if word in PLURAL}


def class_of(kinds: Iterable[str], knowledge: Knowledge) -> str | None:
    """Return the widest class of a description that is of all kinds, or None."""
    wanted = frozenset(kinds)
    fitting = [name for name in _classes() if wanted <= knowledge.superclasses(name)]
    return min(fitting, key=lambda name: (len(knowledge.superclasses(name)), name), default=None)


@cache
def _classes() -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for sheet in sheets() if sheet.path[-1] in CLASS_OF_SECTION for name in _of(sheet)))


def _of(sheet: Sheet) -> Iterator[str]:
    if "kind" in sheet.keys:
        yield from codes(sheet, sheet.keys["kind"]).values()
    else:
        yield HYTE + CLASS_OF_SECTION[sheet.path[-1]]


def sheet_of(kind: str) -> Sheet:
    """Return the part of the form in which things of a class are told."""
    return next(sheet for sheet in sheets() if sheet.path[-1] in CLASS_OF_SECTION and kind in _of(sheet))


def chosen(choices: Iterable[Choice]) -> tuple[Node | None, ...]:
    """Return the fewest values that meet every choice; None among them is any value."""
    found: list[Node | None] = []
    for choice in sorted(choices, key=lambda item: (item == (None,), len(item), tuple(map(str, item)))):
        if not (set(choice) & set(found) or (choice == (None,) and found)):
            found.append(choice[0])
    return tuple(found)


def node(name: str) -> URIRef:
    """Return a term of the project's own."""
    return URIRef(HYTE + name)
