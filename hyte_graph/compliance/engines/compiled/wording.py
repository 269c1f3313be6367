"""The messages of a result."""

from __future__ import annotations

import re

from hyte_graph.compliance.engines.compiled.constraints.base import Constraint
from hyte_graph.compliance.engines.compiled.plan import Shape
from hyte_graph.compliance.engines.compiled.run import Result
from hyte_graph.compliance.engines.compiled.terms import Term, literal, parts, text

_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")


def has_places(constraint: Constraint, shape: Shape) -> bool:
    """Return whether the messages of a constraint have places that a query fills."""
    return any(map(_PLACEHOLDER.search, constraint.messages or shape.messages))


def messages(result: Result) -> tuple[Term, ...]:
    """Return the messages of a result in every language, with the placeholders of a query filled."""
    told = dict(result.hit.bindings)
    return tuple(_filled(message, told) for message in result.constraint.messages or result.shape.messages)


def _filled(message: Term, told: dict[str, Term]) -> Term:
    lexical, datatype, language = parts(message)
    spoken = _PLACEHOLDER.sub(lambda match: text(told[match[1]]) if match[1] in told else match[0], lexical)
    return literal(spoken, datatype, language)
