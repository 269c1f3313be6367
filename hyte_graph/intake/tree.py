"""YAML and JSON as plain values with the line of each: text stays text, nothing is guessed."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import yaml

from hyte_graph.errors import FilingError
from hyte_graph.intake.places import Place, line_of_text
from hyte_graph.messages import say

Path = tuple[str | int, ...]

_DEEPEST = 32
_NOTHING = {"", "~", "null", "Null", "NULL"}
_QUOTED = ("'", '"', "|", ">")
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Tree:
    """A file as nested values; scalars are strings or None. `lines` count from 1; a workbook has `cells` instead."""

    name: str
    value: Any
    lines: dict[Path, int] = field(repr=False)
    cells: dict[Path, Place] = field(repr=False, default_factory=dict)

    def line(self, path: Path) -> int:
        """Return the line of a value, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def place(self, path: Path) -> Place:
        """Return where a value stands, or the nearest value around it."""
        line, first = self.line(path), next(iter(self.cells.values()), None)
        while path and path not in self.cells:
            path = path[:-1]
        return self.cells.get(path, first) or line_of_text(line)


def read_tree(text: str, name: str, *, is_json: bool = False) -> Tree:
    """Return the tree of a YAML 1.2 or JSON text.

    Raises:
        FilingError: bad syntax, an anchor, alias or merge key, a key given twice, or more than 32 levels.
    """
    if is_json:
        _check_json(text, name)
        text = text.replace("\t", " ")  # white space only: JSON strings hold no raw tab
    node = _compose(text, name)
    if node is None:
        raise FilingError(say("file-empty", name=name))
    lines: dict[Path, int] = {}
    return Tree(name, _Walk(name, lines).value(node, ()), lines)


def _check_json(text: str, name: str) -> None:
    try:
        json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise FilingError(say("file-not-json", name=name, line=line, detail=str(error)[:120])) from error


def _compose(text: str, name: str) -> yaml.Node | None:
    depth = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST + 1:  # before the rest is read: the time of reading grows with the square of the depth
                raise FilingError(say("file-too-deep", name=name, line=_line(event), levels=_DEEPEST))
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise FilingError(say("file-alias", name=name, line=_line(event)))
            tag = getattr(event, "tag", None)
            if tag:
                raise FilingError(say("file-tag", name=name, line=_line(event), tag=tag))
        return yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise FilingError(say("file-not-yaml", name=name, line=line, detail=error.problem or "")) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise FilingError(say("file-not-yaml", name=name, line=1, detail=str(error)[:120])) from error


def _line(token: Any) -> int:
    """Return the line of an event or node, counted from 1."""
    return int(token.start_mark.line) + 1


@dataclass(frozen=True, slots=True)
class _Walk:
    name: str
    lines: dict[Path, int]

    def value(self, node: yaml.Node, path: Path) -> Any:
        line = _line(node)
        self.lines.setdefault(path, line)
        if len(path) > _DEEPEST:
            raise FilingError(say("file-too-deep", name=self.name, line=line, levels=_DEEPEST))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, at)) for at, item in enumerate(node.value)]
        return self._scalar(node) if isinstance(node, yaml.ScalarNode) else None

    def _scalar(self, node: yaml.ScalarNode) -> str | None:
        if node.style not in _QUOTED and node.value in _NOTHING:
            return None
        return unicodedata.normalize("NFC", str(node.value))

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), _line(key_node)
            if key in values:
                first = self.lines[(*path, key)]
                raise FilingError(say("key-twice", name=self.name, line=line, key=key, first=first))
            self.lines[(*path, key)] = line
            values[key] = self.value(value_node, (*path, key))
        return values
