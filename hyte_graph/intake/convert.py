"""A description in another format, with what the way there loses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import yaml

from hyte_graph.errors import UsageError
from hyte_graph.intake.as_tree import as_tree
from hyte_graph.intake.description import Description
from hyte_graph.intake.reader import form_of, read_sound_tree, read_stated
from hyte_graph.intake.tree import LOADER
from hyte_graph.intake.workbook.write import About, write_workbook
from hyte_graph.intake.writing import as_json, as_yaml
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import triples_of
from hyte_graph.store.turtle import serialise
from hyte_graph.versions import package_version
from hyte_graph.vocabulary import prefixed, slug

WRITABLE = (".yaml", ".yml", ".json", ".jsonld", ".ttl", ".xlsx", ".ods", ".zip")
_WORKBOOKS = (".xlsx", ".ods", ".zip")
_SHOWN = 10  # statements that are named one by one


@dataclass(frozen=True, slots=True)
class Converted:
    """A description in another format, and one sentence for each thing that was lost on the way."""

    content: bytes
    losses: tuple[Text, ...]
    notices: tuple[Text, ...] = ()  # of the source


def tree_of(content: bytes, name: str, knowledge: Knowledge) -> dict[str, Any]:
    """Return the tree of a description in any format that can be read."""
    if form_of(name) == "rdf":
        return as_tree(read_stated(content, name, knowledge))
    value: dict[str, Any] = read_sound_tree(content, name, knowledge).value
    return value


def convert(content: bytes, name: str, target: str, language: str, knowledge: Knowledge) -> Converted:
    """Return a description in the format that the name of the target tells.

    What was written is read again, and the two graphs are compared: a loss that nobody thought of is reported too.

    Raises:
        UsageError: no format that can be written.
        FilingError: the description cannot be read or is not sound.
    """
    shown = folder_name(target)
    suffix = ".zip" if shown.endswith("/") else PurePath(target).suffix.lower()
    if suffix not in WRITABLE:
        raise UsageError(say("format-unknown", name=target, formats=", ".join(WRITABLE)))
    written, before = _written(content, name, suffix, language, knowledge), read_stated(content, name, knowledge)
    lost = _statement_losses(before, read_stated(written, shown, knowledge))
    return Converted(written, (*_form_losses(content, name, suffix), *lost), before.notices)


def folder_name(target: str) -> str:
    """Return the name of a file without its folders, or that of a folder with the slash behind it."""
    return PurePath(target).name + ("/" if target.endswith("/") else "")


def losses(content: bytes, name: str, written: bytes, target: str, knowledge: Knowledge) -> tuple[Text, ...]:
    """Return one sentence for each thing that one file holds and another one, made from it, does not."""
    before, after = read_stated(content, name, knowledge), read_stated(written, target, knowledge)
    return (*_form_losses(content, name, PurePath(target).suffix.lower()), *_statement_losses(before, after))


def _written(content: bytes, name: str, suffix: str, language: str, knowledge: Knowledge) -> bytes:
    if suffix == ".ttl":
        return serialise(triples_of(read_stated(content, name, knowledge).graph)).encode()
    value = tree_of(content, name, knowledge)
    if suffix in _WORKBOOKS:
        return write_workbook(value, _about(value, language, knowledge), knowledge, name, suffix)
    text = as_yaml(value) if suffix in (".yaml", ".yml") else as_json(value, linked=suffix == ".jsonld")
    return text.encode()


def _about(value: dict[str, Any], language: str, knowledge: Knowledge) -> About:
    actor = str(value["organisation"]["id"])
    known = knowledge.actors.get(actor)
    title = say("workbook-title", actor=known.label if known else actor)
    return About(title, actor, language, versions=(("hyte-graph", package_version()),))


def _statement_losses(before: Description, after: Description) -> tuple[Text, ...]:
    """Return one sentence for each statement of a description that another one does not hold."""
    lost = sorted(set(before.graph) - set(after.graph))
    found = [
        say("convert-statement", thing=slug(str(thing)), property=prefixed(str(word)), value=prefixed(str(value))[:80])
        for thing, word, value in lost[:_SHOWN]
    ]
    rest = len(lost) - len(found)
    return (*found, say("convert-more", count=rest)) if rest > 0 else tuple(found)


def _form_losses(content: bytes, name: str, suffix: str) -> Iterator[Text]:
    """Yield what a format holds besides statements and another one cannot."""
    form = form_of(name)
    if form == "yaml" and _has_comments(content.decode("utf-8-sig")):
        yield say("convert-comments", name=name)
    if form == "workbook":
        yield say("convert-looks", name=name)
    if form == "rdf" and suffix != ".ttl":
        yield say("convert-order", name=name)


def _has_comments(text: str) -> bool:
    """Return whether a YAML text has a comment, that is, a # between its tokens."""
    last = 0
    for token in yaml.scan(text, Loader=LOADER):
        if "#" in text[last : token.start_mark.index]:
            return True
        last = max(last, token.end_mark.index)
    return "#" in text[last:]
