"""A description from bytes: YAML, JSON, JSON-LD, RDF or a workbook, one model behind them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import PurePath

from hyte_graph.errors import FilingError, UsageError
from hyte_graph.intake.check import placed_faults
from hyte_graph.intake.closed import placed_unknown_things, strangers
from hyte_graph.intake.complete import complete, contradictions
from hyte_graph.intake.description import Description, digest, from_tree
from hyte_graph.intake.literals import composed, literal_faults
from hyte_graph.intake.odd_text import in_graph, in_tree
from hyte_graph.intake.places import PlacedError
from hyte_graph.intake.rdf_text import parse
from hyte_graph.intake.sniff import check_kind, is_other_spreadsheet
from hyte_graph.intake.tree import Tree, read_tree
from hyte_graph.messages import say
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import BASE

FORMATS = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".jsonld": "json",
    ".ttl": "rdf",
    ".nt": "rdf",
    ".rdf": "rdf",
    ".xlsx": "workbook",
    ".ods": "workbook",
    ".zip": "workbook",
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
    if form_of(name) == "rdf":
        tree, description = None, read_rdf(content, name, knowledge)
    else:
        tree = read_sound_tree(content, name, knowledge)
        description = from_tree(tree, content)
    found = placed_unknown_things(description.graph, knowledge, name, tree)
    if found:
        raise PlacedError(*found)
    return description


def read_sound_tree(content: bytes, name: str, knowledge: Knowledge, beyond: Collection[str] = ()) -> Tree:
    """Return the tree of a description in any format but RDF; arguments and errors as above.

    `beyond` are ids outside the file to which it may refer.
    """
    form = form_of(name)
    if form == "workbook":
        from hyte_graph.intake.workbook.read import read_workbook

        tree = read_workbook(_small_enough(content, name), name, knowledge)
    else:
        tree = _without_context(read_tree(_text(content, name), name, is_json=form == "json"))
    found = placed_faults(tree, beyond)
    if found:
        raise PlacedError(*found)
    return replace(tree, notices=(*tree.notices, *in_tree(tree)))


def form_of(name: str) -> str:
    """Return the format that the ending of a name tells; a folder, whose name ends in a slash, holds CSV files.

    Raises:
        UsageError: an unknown ending.
    """
    if is_other_spreadsheet(name):
        raise UsageError(say("workbook-unsupported", name=name))
    form = "workbook" if name.endswith("/") else FORMATS.get(PurePath(name).suffix.lower())
    if form is None:
        raise UsageError(say("format-unknown", name=name, formats=", ".join(FORMATS)))
    return form


def _small_enough(content: bytes, name: str) -> bytes:
    if len(content) > LARGEST:
        raise FilingError(say("file-too-large", name=name, limit=LARGEST // 1024**2))
    if not content:
        raise FilingError(say("file-empty", name=name))
    check_kind(content, name)
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


def read_rdf(content: bytes, name: str, knowledge: Knowledge) -> Description:
    """Return the description that RDF holds, whose things need not exist; arguments and errors as above."""
    graph = parse(_text(content, name), name)
    if not graph:
        raise FilingError(say("file-empty", name=name))
    found = (*strangers(graph, knowledge, name), *literal_faults(graph, name))
    found = found or tuple(sorted(contradictions(graph, name), key=lambda text: text.en))
    if found:
        raise FilingError(*found)
    whole, remarks = composed(graph, name)
    return Description(name, whole, digest(content), notices=(*remarks, *in_graph(whole, name)))
