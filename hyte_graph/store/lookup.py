"""Finding a thing by the name that a user typed, or saying which name is nearest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from hyte_graph.errors import UsageError
from hyte_graph.messages import nearest, say
from hyte_graph.model import Actor, Norm
from hyte_graph.store.knowledge import Knowledge

_Thing = TypeVar("_Thing")


def find(kind: str, name: str, things: Mapping[str, _Thing]) -> _Thing:
    """Return a thing by its slug.

    Raises:
        UsageError: there is none of that name.
    """
    slug = name.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
    if slug not in things:
        raise UsageError(say("slug-unknown", kind=kind, value=name, nearest=nearest(slug, things)))
    return things[slug]


def actor_of(name: str, knowledge: Knowledge) -> Actor:
    """Return an actor of the registers by its slug or official name."""
    return find("actor", knowledge.actor_named(name) or name, knowledge.actors)


def norm_of(name: str, knowledge: Knowledge) -> Norm:
    """Return a norm by its slug."""
    return find("norm", name, knowledge.norms)
