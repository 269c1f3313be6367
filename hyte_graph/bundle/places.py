"""Where two versions of a part differ: the verdict and the field inside JSON, the line in anything else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice, zip_longest

from hyte_graph.languages import Text
from hyte_graph.messages import say

_MOST = 5
_SHOWN = 60  # characters of a value


def places(path: str, then: bytes, here: bytes) -> tuple[Text, ...]:
    """Return the first places where a part of a bundle is not what is made here."""
    return tuple(islice(_places(path, then, here), _MOST))


def _places(path: str, then: bytes, here: bytes) -> Iterator[Text]:
    if path.endswith(".json"):
        try:
            told = json.loads(then)
        except (ValueError, RecursionError):
            yield from _lines(path, then, here)
            return
        yield from _fields(path, told, json.loads(here), "")
    else:
        yield from _lines(path, then, here)


def _fields(path: str, then: object, here: object, place: str) -> Iterator[Text]:
    if isinstance(then, dict) and isinstance(here, dict):
        for key in (*here, *(key for key in then if key not in here)):
            if then.get(key) != here.get(key):
                yield from _fields(path, then.get(key), here.get(key), f"{place}.{_word(key)}" if place else _word(key))
    elif isinstance(then, list) and isinstance(here, list) and len(then) == len(here):
        for at, (first, second) in enumerate(zip(then, here, strict=True)):
            if first != second:
                yield from _fields(path, first, second, f"{place}[{_name(second, at)}]")
    elif then != here:
        yield say("verify-field", part=path, place=place, then=_short(then), here=_short(here))


def _name(item: object, at: int) -> str:
    """Return what an item of a list is called: a verdict by its norm and period, anything else by its number."""
    if not isinstance(item, dict) or "norm" not in item or "outcome" not in item:
        return str(at)
    period = item.get("period")
    return f"{item['norm']} {period['id']}" if isinstance(period, dict) else str(item["norm"])


def _lines(path: str, then: bytes, here: bytes) -> Iterator[Text]:
    for number, (first, second) in enumerate(zip_longest(then.split(b"\n"), here.split(b"\n")), start=1):
        if first != second:
            yield say("verify-line", part=path, line=number)


def _word(key: object) -> str:
    return str(key)[:_SHOWN]


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
