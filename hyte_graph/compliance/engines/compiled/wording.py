"""The messages of a result."""

from __future__ import annotations

import re
from functools import lru_cache

from hyte_graph.compliance.engines.compiled.constraints.base import Constraint
from hyte_graph.compliance.engines.compiled.plan import Shape
from hyte_graph.compliance.engines.compiled.run import Result
from hyte_graph.compliance.engines.compiled.terms import Term, text

_PLACEHOLDER = re.compile(r"(\{[?$]\w+\})")


def has_places(constraint: Constraint, shape: Shape) -> bool:
    """Return whether the messages of a constraint have places that a query fills."""
    return any(map(_PLACEHOLDER.search, constraint.messages or shape.messages))


def messages(result: Result) -> tuple[Term, ...]:
    """Return the messages of a result in every language, with the placeholders of a query filled."""
    every, told = result.constraint.messages or result.shape.messages, dict(result.hit.bindings)
    return tuple([_filled(message, told) for message in every]) if told else every


def _filled(message: Term, told: dict[str, Term]) -> Term:
    pieces = _pieces(message)
    return "".join([text(told[name]) if (name := piece[2:-1]) in told and at % 2 else piece for at, piece in pieces])


@lru_cache(maxsize=4096)
def _pieces(message: Term) -> tuple[tuple[int, str], ...]:
    """Return a message in pieces with their numbers, of which each second one is a placeholder."""
    return tuple(enumerate(_PLACEHOLDER.split(message)))
