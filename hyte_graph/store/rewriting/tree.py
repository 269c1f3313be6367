"""The structure of a query's groups, and which variables each part names, may bind and surely binds.

A variable that is surely bound has a value in every solution of the part (SPARQL 1.1, 18.2.1, read strictly: what an
expression gives is never sure, since it may fail).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

Names = frozenset[str]
NONE: Names = frozenset()


def union(sets: Iterable[Names]) -> Names:
    """Return all names of all sets."""
    return NONE.union(*sets)


@dataclass(frozen=True)
class Group:
    """What stands between two braces, which it includes."""

    elements: tuple[Element, ...]
    start: int
    end: int

    @cached_property
    def mentioned(self) -> Names:
        """Return every variable that is named anywhere in it."""
        return union(element.mentioned for element in self.elements)

    @cached_property
    def possible(self) -> Names:
        """Return the variables that may have a value in its solutions."""
        return union(element.possible for element in self.elements)

    @cached_property
    def certain(self) -> Names:
        """Return the variables that have a value in each of its solutions."""
        return union(element.certain for element in self.elements)

    @property
    def patterns(self) -> int:
        """Return how many triple patterns are matched in it, each step of a path counted."""
        return sum(element.patterns for element in self.elements)


@dataclass(frozen=True, kw_only=True)
class Element:
    """A part of a group."""

    start: int
    end: int
    groups: tuple[Group, ...] = ()
    own: Names = NONE  # variables that it names outside its groups

    @cached_property
    def mentioned(self) -> Names:
        """Return every variable that is named anywhere in it."""
        return self.own | union(group.mentioned for group in self.groups)

    @property
    def possible(self) -> Names:
        """Return the variables that it may give a value."""
        return self.own | union(group.possible for group in self.groups)

    @property
    def certain(self) -> Names:
        """Return the variables that it surely gives a value."""
        return NONE

    @property
    def patterns(self) -> int:
        """Return how many triple patterns are matched in it."""
        return sum(group.patterns for group in self.groups)


@dataclass(frozen=True, kw_only=True)
class Triples(Element):
    """Triple patterns; `loose` are the ends of paths that may have no length: these match what is not in the data."""

    count: int
    loose: Names

    @property
    def certain(self) -> Names:
        return self.own

    @property
    def patterns(self) -> int:
        return self.count


@dataclass(frozen=True, kw_only=True)
class Exists:
    """An EXISTS or NOT EXISTS in an expression."""

    is_negated: bool
    start: int
    group: Group


@dataclass(frozen=True, kw_only=True)
class Filter(Element):
    """A filter; `sole` is the one EXISTS that it consists of, if it does; each of `required` must hold by itself."""

    tests: tuple[Exists, ...] = ()
    sole: Exists | None = None
    required: tuple[Exists, ...] = ()

    @property
    def possible(self) -> Names:
        return NONE

    @property
    def patterns(self) -> int:
        return sum(test.group.patterns for test in self.tests)


class Inner(Element):
    """A group within a group."""

    @property
    def certain(self) -> Names:
        return self.groups[0].certain


class Union(Element):
    """Groups of which any may match."""

    @property
    def certain(self) -> Names:
        return self.groups[0].certain.intersection(*(group.certain for group in self.groups))


class Graph(Element):
    """A group that is asked of named graphs; its own variable is that of the graph."""

    @property
    def certain(self) -> Names:
        return self.own | self.groups[0].certain


class Optional(Element):
    """A group that need not match."""


class Minus(Element):
    """A group that must not match; it binds nothing."""

    @property
    def possible(self) -> Names:
        return NONE


@dataclass(frozen=True, kw_only=True)
class Bind(Element):
    """The value of an expression under a name."""

    target: str
    tests: tuple[Exists, ...] = ()

    @property
    def possible(self) -> Names:
        return frozenset({self.target})


@dataclass(frozen=True, kw_only=True)
class Values(Element):
    """Rows of values."""

    is_full: bool  # no UNDEF among them

    @property
    def certain(self) -> Names:
        return self.own if self.is_full else NONE


@dataclass(frozen=True, kw_only=True)
class Select(Element):
    """A query within a query; `own` is all that it names outside its group."""

    handed_on: Names | None  # variables that it selects as they are; None for all
    aliases: Names  # variables that it makes
    tests: tuple[Exists, ...] = ()

    @property
    def possible(self) -> Names:
        inside = self.groups[0].possible | self.own
        return inside if self.handed_on is None else self.handed_on | self.aliases

    @property
    def certain(self) -> Names:
        inside = self.groups[0].certain
        return inside if self.handed_on is None else inside & self.handed_on
