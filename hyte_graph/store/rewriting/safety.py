"""Where a difference is sure to keep the same solutions as NOT EXISTS, and a join the same as EXISTS.

NOT EXISTS puts the values of each solution into its group and asks whether anything is left; a difference asks the
group once, as it stands, and compares. Both are the same where putting a value in is the same as picking the
solutions that have it, for every variable that the two sides share. What follows refuses all else: what it lets pass
is written out in the decision on rewriting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hyte_graph.store.rewriting.tree import (
    NONE,
    Bind,
    Element,
    Filter,
    Graph,
    Group,
    Inner,
    Minus,
    Names,
    Optional,
    Select,
    Triples,
    Union,
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something stays as it is: a key of the sentences, and the variable that it is about."""

    reason: str
    variable: str = ""


def refusal(outer: Group, around: Names, inner: Group) -> Refusal | None:
    """Return why the group of an EXISTS cannot be asked by itself; None where it can.

    Args:
        outer: the group whose solutions are tested.
        around: the variables that may have a value in the groups around it.
        inner: the group of the EXISTS.
    """
    shared = inner.mentioned & (outer.possible | around)
    if not shared:
        return Refusal("nothing-shared")
    unsure = shared - outer.certain or shared - inner.certain
    if unsure:
        return Refusal("maybe-unbound", min(unsure))
    if _holds_queries(inner):
        return Refusal("form")
    return next(_troubles(inner, shared), None)


def _holds_queries(group: Group) -> bool:
    """Return whether anywhere in a group something is asked by itself, into which values are put in no settled way."""
    return any(
        isinstance(element, Minus | Select) or any(map(_holds_queries, element.groups)) for element in group.elements
    )


def _troubles(group: Group, shared: Names) -> Iterator[Refusal]:
    """Yield why values put into a group might do more than pick from its solutions."""
    before = NONE
    for element in group.elements:
        named = element.mentioned & shared
        if named:
            yield from _trouble(element, named, before, group)
        before |= element.certain


def _trouble(element: Element, named: Names, before: Names, group: Group) -> Iterator[Refusal]:
    """Yield why an element that names shared variables might see a value that it would not have by itself."""
    unseen = NONE
    if isinstance(element, Triples):
        unseen = element.loose & named  # a path without length finds any value, be it in the data or not
    elif isinstance(element, Filter):
        unseen = named - group.certain
    elif isinstance(element, Bind):
        unseen = named if element.target in named else named - before
    elif isinstance(element, Optional):
        unseen = named - before
    elif not isinstance(element, Inner | Union | Graph):
        yield Refusal("form")
    if unseen:
        yield Refusal("path" if isinstance(element, Triples) else "outer-only", min(unseen))
    if isinstance(element, Inner | Union | Graph | Optional):
        yield from _inside(element, named)


def _inside(element: Element, shared: Names) -> Iterator[Refusal]:
    """Yield the troubles of the groups of an element; each must bind by itself what it shares."""
    for group in element.groups:
        unseen = (group.mentioned & shared) - group.certain
        if unseen:
            yield Refusal("outer-only", min(unseen))
        yield from _troubles(group, shared)
