"""YAML and JSON as plain values with the line of each: text stays text, nothing is guessed."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NoReturn

import yaml

from hyte_graph.errors import FilingError
from hyte_graph.intake.depth import check_json_depth
from hyte_graph.intake.places import Place, line_of_text
from hyte_graph.languages import Text
from hyte_graph.messages import say

Path = tuple[str | int, ...]

_DEEPEST = 32
_NOTHING = {"", "~", "null", "Null", "NULL"}
_QUOTED = ("'", '"', "|", ">")
_MOST = 200_000  # values, lists and mappings
_DIGITS = 100
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Tree:
    """A file as nested values; scalars are strings or None. `lines` count from 1; a workbook has `cells` instead."""

    name: str
    value: Any
    lines: dict[Path, int] = field(repr=False)
    cells: dict[Path, Place] = field(repr=False, default_factory=dict)
    notices: tuple[Text, ...] = ()  # what a reader should know of it, though nothing is wrong

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
        text = _PAIR.sub(_joined, text)
    node = _compose(text, name, "file-not-json" if is_json else "file-not-yaml")
    if node is None:
        raise FilingError(say("file-empty", name=name))
    walk = _Walk(name, {})
    value = walk.value(node, ())
    notices = (say("text-composed", where=say("place-line", name=name, line=line)) for line in walk.composed)
    return Tree(name, value, walk.lines, notices=tuple(notices))


def _check_json(text: str, name: str) -> None:
    check_json_depth(text, name, _DEEPEST)
    try:
        json.loads(text, parse_constant=partial(_no_number, name), parse_int=partial(_number, name))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise FilingError(say("file-not-json", name=name, line=line, detail=str(error)[:120])) from error


def _number(name: str, digits: str) -> str:
    return digits if len(digits) <= _DIGITS else _no_number(name, digits[:_DIGITS] + "…")


def _no_number(name: str, word: str) -> NoReturn:
    """Refuse NaN, Infinity and numbers that nobody can have counted; JSON knows none of the first."""
    raise FilingError(say("file-number", name=name, value=word))


def _joined(pair: re.Match[str]) -> str:
    """Return the one character that a pair of escapes stands for in JSON; YAML has no pairs."""
    return pair[1] + chr(0x10000 + ((int(pair[2], 16) & 0x3FF) << 10) + (int(pair[3], 16) & 0x3FF))


def _compose(text: str, name: str, refusal: str) -> yaml.Node | None:
    depth = 0
    try:
        for count, event in enumerate(yaml.parse(text, Loader=LOADER)):
            if count > _MOST:
                raise FilingError(say("file-many-values", name=name, line=_line(event), limit=_MOST))
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
        raise FilingError(say(refusal, name=name, line=line, detail=error.problem or "")) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise FilingError(say(refusal, name=name, line=1, detail=str(error)[:120])) from error


def _line(token: Any) -> int:
    """Return the line of an event or node, counted from 1."""
    return int(token.start_mark.line) + 1


@dataclass(frozen=True, slots=True)
class _Walk:
    name: str
    lines: dict[Path, int]
    composed: list[int] = field(default_factory=list)  # lines whose text was not in Unicode NFC

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
        text = unicodedata.normalize("NFC", str(node.value))
        if text != node.value:
            self.composed.append(_line(node))
        return text

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
