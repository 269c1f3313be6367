"""What was read off a query text is kept for the next time, since the same questions are asked again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

_KEPT = 256  # texts
_LONGEST = 20_000  # characters; a longer text is rare, and keeping many would take much memory
_P = ParamSpec("_P")
_T = TypeVar("_T")


def remembered(function: Callable[Concatenate[str, _P], _T]) -> Callable[Concatenate[str, _P], _T]:
    """Return a function of a text that keeps what it returned for the last texts; what it raises is not kept."""
    kept = lru_cache(maxsize=_KEPT)(function)

    @wraps(function)
    def chosen(text: str, /, *others: _P.args, **named: _P.kwargs) -> _T:
        if len(text) > _LONGEST:
            return function(text, *others, **named)
        return kept(text, *others, **named)  # type: ignore[arg-type]  # what the readers of queries take is hashable

    return chosen
