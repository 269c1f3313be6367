"""The form of a description, read off the JSON-LD context: which keys there are and what each holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from hyte_graph.resources import package_file

CONTEXT_FILE = "intake/context.jsonld"
_DATATYPES = {"boolean": "boolean", "integer": "integer", "gYear": "year", "edtf": "date", "anyURI": "address"}

Holds = Literal[
    "text", "boolean", "integer", "year", "date", "address", "reference", "thing", "code", "class", "id", "part"
]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the form."""

    name: str
    holds: Holds
    codes: tuple[str, ...] = ()
    part: Form | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The keys that may stand at one place."""

    keys: Mapping[str, Key]


@cache
def context() -> dict[str, Any]:
    """Return the shipped JSON-LD context; nothing is ever fetched."""
    text = package_file(CONTEXT_FILE).read_text(encoding="utf-8")
    value: dict[str, Any] = json.loads(text)["@context"]
    return value


@cache
def description_form() -> Form:
    """Return the form of a whole description."""
    lower = {name: value for name, value in context().items() if name[0].islower() and name != "hyte"}
    return _form(lower)


def _form(terms: Mapping[str, Any]) -> Form:
    classes = tuple(name for name, value in terms.items() if isinstance(value, str) and value.startswith("hyte:"))
    keys = {name: _key(name, value, classes) for name, value in terms.items() if name not in classes and name[0] != "@"}
    return Form(keys)


def _key(name: str, term: Any, classes: tuple[str, ...]) -> Key:
    if term == "@id":
        return Key(name, "id")
    if term == "@type":
        return Key(name, "class", classes)
    kind, inner = term.get("@type", ""), term.get("@context")
    if kind == "@vocab":
        return Key(name, "code", tuple(inner))
    if kind == "@id":
        return Key(name, "thing" if inner else "reference")
    if inner:
        return Key(name, "part", part=_form(inner))
    return Key(name, _DATATYPES.get(kind.rsplit("#", 1)[-1].rsplit("/", 1)[-1], "text"))  # type: ignore[arg-type]
