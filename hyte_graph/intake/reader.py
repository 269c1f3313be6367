"""A description from bytes: YAML, JSON, JSON-LD, Turtle or a workbook, one model behind them."""

from __future__ import annotations

from pathlib import PurePath

import pyoxigraph

from hyte_graph.errors import FilingError, UsageError
from hyte_graph.intake.check import faults
from hyte_graph.intake.closed import strangers, unknown_things
from hyte_graph.intake.complete import complete
from hyte_graph.intake.description import Description, digest, from_tree
from hyte_graph.intake.tree import Tree, read_tree
from hyte_graph.intake.workbook.read import read_workbook
from hyte_graph.messages import say
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import graph_of
from hyte_graph.vocabulary import BASE

FORMATS = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".jsonld": "json",
    ".ttl": "turtle",
    ".xlsx": "workbook",
    ".ods": "workbook",
}
LARGEST = 10 * 1024 * 1024  # bytes
CONTEXT_ADDRESS = BASE + "context.jsonld"


def read_description(content: bytes, name: str, knowledge: Knowledge) -> Description:
    """Return the description that some bytes hold, completed (see `complete`).

    Args:
        content: the bytes of the file; text is UTF-8 with or without a byte-order mark.
        name: the name of the file; its ending tells the format.
        knowledge: the ontology, for the closed world and the registers.

    Raises:
        UsageError: an unknown ending.
        FilingError: the file cannot be read or is not sound, with one sentence for each fault.
    """
    description = read_stated(content, name, knowledge)
    complete(description.graph, knowledge)
    return description


def read_stated(content: bytes, name: str, knowledge: Knowledge) -> Description:
    """Return the description that some bytes hold, without what follows from it; arguments and errors as above."""
    if form_of(name) == "turtle":
        description = _from_turtle(_text(content, name), content, name, knowledge)
    else:
        description = from_tree(read_sound_tree(content, name, knowledge), content)
    found = unknown_things(description.graph, knowledge, name)
    if found:
        raise FilingError(*found)
    return description


def read_sound_tree(content: bytes, name: str, knowledge: Knowledge) -> Tree:
    """Return the tree of a description in any format but Turtle; arguments and errors as above."""
    form = form_of(name)
    if form == "workbook":
        tree = read_workbook(_small_enough(content, name), name, knowledge)
    else:
        tree = _without_context(read_tree(_text(content, name), name, is_json=form == "json"))
    found = faults(tree)
    if found:
        raise FilingError(*found)
    return tree


def form_of(name: str) -> str:
    """Return the format that the ending of a name tells.

    Raises:
        UsageError: an unknown ending.
    """
    form = FORMATS.get(PurePath(name).suffix.lower())
    if form is None:
        raise UsageError(say("format-unknown", name=name, formats=", ".join(FORMATS)))
    return form


def _small_enough(content: bytes, name: str) -> bytes:
    if len(content) > LARGEST:
        raise FilingError(say("file-too-large", name=name, limit=LARGEST // 1024**2))
    if not content:
        raise FilingError(say("file-empty", name=name))
    return content


def _text(content: bytes, name: str) -> str:
    try:
        text = _small_enough(content, name).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FilingError(say("file-not-utf8", name=name, offset=error.start)) from error
    if not text.strip():
        raise FilingError(say("file-empty", name=name))
    return text


def _without_context(tree: Tree) -> Tree:
    """Return the tree without the JSON-LD keys that only repeat what the project's own context says."""
    if not isinstance(tree.value, dict) or "@context" not in tree.value:
        return tree
    if tree.value["@context"] != CONTEXT_ADDRESS:
        line = tree.line(("@context",))
        raise FilingError(say("context-foreign", name=tree.name, line=line, context=CONTEXT_ADDRESS))
    value = {key: inner for key, inner in tree.value.items() if key not in ("@context", "@id", "@type")}
    return Tree(tree.name, value, tree.lines)


def _from_turtle(text: str, content: bytes, name: str, knowledge: Knowledge) -> Description:
    try:
        graph = graph_of(pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.TURTLE))
    except (SyntaxError, ValueError, OSError) as error:
        raise FilingError(say("file-not-turtle", name=name, detail=str(error)[:200])) from error
    found = strangers(graph, knowledge, name)
    if found:
        raise FilingError(*found)
    return Description(name, graph, digest(content))
