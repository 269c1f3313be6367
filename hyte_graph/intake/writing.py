"""The tree of a description as text: YAML, JSON, and JSON-LD with the project's own context."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import yaml

from hyte_graph.intake.form import Form, description_form
from hyte_graph.intake.reader import CONTEXT_ADDRESS

_WIDTH = 100


class _Dumper(yaml.SafeDumper):
    """Indents the items of a list below its key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        return super().increase_indent(flow, indentless=False)


def as_yaml(value: Mapping[str, Any]) -> str:
    """Return a tree as YAML, with the keys in the order of the tree and no key without a value."""
    return yaml.dump(
        _typed(value, description_form()), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH
    )


def as_json(value: Mapping[str, Any], *, linked: bool = False) -> str:
    """Return a tree as JSON, or as JSON-LD that names the project's context."""
    head = {"@context": CONTEXT_ADDRESS} if linked else {}
    return json.dumps({**head, **_typed(value, description_form())}, ensure_ascii=False, indent=2) + "\n"


def _typed(value: Mapping[str, Any], form: Form) -> dict[str, Any]:
    """Return the values with truths and whole numbers as such; what is not told is left out."""
    typed: dict[str, Any] = {}
    for word, inner in value.items():
        key = form.keys[word]
        if inner is None or inner == []:
            continue
        items = [
            _typed(item, key.part) if key.part else _scalar(item, key.holds)
            for item in (inner if isinstance(inner, list) else [inner])
            if item is not None
        ]
        typed[word] = items if isinstance(inner, list) else items[0]
    return typed


def _scalar(value: str, holds: str) -> Any:
    if holds == "boolean" and value in ("true", "false"):
        return value == "true"
    return int(value) if holds == "integer" and value.isdecimal() and str(int(value)) == value else value
