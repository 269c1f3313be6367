"""Another file laid over a description: facts assumed for the sake of argument, or what others judged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Any

from rdflib import Graph
from rdflib.namespace import RDF
from rdflib.term import Node

from hyte_graph.errors import FilingError
from hyte_graph.intake.closed import unknown_things
from hyte_graph.intake.complete import complete
from hyte_graph.intake.description import Description, Laid, from_tree, unnamed
from hyte_graph.intake.reader import form_of, read_rdf, read_sound_tree
from hyte_graph.intake.tree import Path, Tree
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import slug

_WHOLE = ("schema_version", "reference_date", "organisation")
_OF_JUDGEMENTS = ("schema_version", "organisation", "judgements", "sources")

File = tuple[bytes, str]  # content and name


def assume(description: Description, files: Iterable[File], knowledge: Knowledge) -> Description:
    """Return a description with the facts of other files laid over it, for the sake of argument.

    A fact with an id of the description takes the place of that fact; every other fact is added.

    Raises:
        FilingError: a file is not sound, is about another organisation, or says nothing.
    """
    for content, name in files:
        laid = _lay(description, content, name, knowledge)
        description = replace(laid[0], assumed=(*description.assumed, laid[1]))
    return description


def with_judgements(description: Description, files: Iterable[File], knowledge: Knowledge) -> Description:
    """Return a description with the judgements of other files; they add to it and take the place of nothing.

    Raises:
        FilingError: as above; or a file holds something else than judgements and their sources, or an id of the
            description again.
    """
    for content, name in files:
        laid = _lay(description, content, name, knowledge, only=_OF_JUDGEMENTS)
        description = replace(laid[0], judged=(*description.judged, laid[1]))
    return description


def _lay(
    base: Description, content: bytes, name: str, knowledge: Knowledge, only: Collection[str] | None = None
) -> tuple[Description, Laid]:
    over = _read(base, (content, name), knowledge, only)
    if over.organisation != base.organisation:
        raise FilingError(say("laid-other-organisation", name=name, given=over.organisation, wanted=base.organisation))
    added = _facts(over)
    if not added:
        raise FilingError(say("laid-nothing", name=name))
    if only:
        _check_judgements(base, added, name)
    merged = _without(base.graph, set(added))
    for triple in over.graph:
        if triple[0] not in (over.iri, over.graph.value(over.iri, HYTE.describes)):
            merged.add(triple)
    _check_things(merged, knowledge, name)
    complete(merged, knowledge)
    ids = {slug(str(node)) for node in added}
    lines = {fact: line for fact, line in base.lines.items() if fact not in ids}
    cells = {fact: place for fact, place in base.cells.items() if fact not in ids}
    return replace(base, graph=merged, lines=lines, cells=cells), Laid(name, over.digest, _places(over))


def _read(base: Description, file: File, knowledge: Knowledge, only: Collection[str] | None) -> Description:
    content, name = file
    mark = f"{'judged' if only else 'assumed'}-{len(base.judged if only else base.assumed) + 1}"
    if form_of(name) == "rdf":
        return read_rdf(content, name, knowledge)
    tree = read_sound_tree(content, name, knowledge, _ids(base.graph))
    strange = [key for key, value in tree.value.items() if only and key not in only and value]
    if strange:
        raise FilingError(say("judgements-other-part", where=tree.place((strange[0],)).within(name), key=strange[0]))
    named = {key: _named(value, (key,), mark) if key not in _WHOLE else value for key, value in tree.value.items()}
    return from_tree(Tree(tree.name, named, tree.lines, tree.cells), content)


def _named(value: Any, path: Path, mark: str) -> Any:
    """Return a part with an id for each thing without one: one of its place would be that of another thing."""
    if isinstance(value, dict):
        return {key: _named(inner, (*path, key), mark) for key, inner in value.items()}
    if not isinstance(value, list):
        return value
    items = [_named(item, (*path, at), mark) for at, item in enumerate(value)]
    return [
        {**item, "id": item.get("id") or f"{mark}-{unnamed(path, at)}"} if isinstance(item, dict) else item
        for at, item in enumerate(items)
    ]


def _ids(graph: Graph) -> set[str]:
    return {slug(str(node)) for node in set(graph.subjects(HYTE.isStatedIn))}


def _facts(description: Description) -> list[Node]:
    """Return the things that a file states; none where it states only sources and council terms."""
    graph = description.graph
    stated = set(graph.subjects(HYTE.isStatedIn, description.iri))
    helpers = {*graph.subjects(RDF.type, HYTE.SourceRecord), *graph.subjects(RDF.type, HYTE.CouncilTerm)}
    return sorted(stated, key=str) if stated - helpers else []


def _check_judgements(base: Description, added: Iterable[Node], name: str) -> None:
    again = sorted(slug(str(node)) for node in added if slug(str(node)) in _ids(base.graph))
    if again:
        raise FilingError(say("judgements-id-again", name=name, id=again[0]))


def _without(graph: Graph, replaced: set[Node]) -> Graph:
    """Return a graph without some things and what belongs to them: goals, and deliveries of documents."""
    gone = {*replaced, *(part for node in replaced for part in _parts(graph, node))}
    kept = Graph(bind_namespaces="none")
    for triple in graph:
        if triple[0] not in gone:
            kept.add(triple)
    return kept


def _parts(graph: Graph, node: Node) -> Iterator[Node]:
    yield from graph.objects(node, HYTE.hasGoal)
    for part in graph.subjects(HYTE.concerns, node):
        if (part, RDF.type, HYTE.Delivery) in graph:
            yield part


def _check_things(graph: Graph, knowledge: Knowledge, name: str) -> None:
    found = unknown_things(graph, knowledge, name)
    if found:
        raise FilingError(*found)


def _places(over: Description) -> dict[str, Text]:
    """Return where each thing of a file stands, as people say it."""
    lines = {fact: say("place-line", name=over.name, line=line) for fact, line in over.lines.items()}
    cells = {fact: place.within(over.name) for fact, place in over.cells.items()}
    bare = {slug(str(node)): Text.same(over.name) for node in _facts(over)}
    return bare | lines | cells


def file_of(node: Node, files: Iterable[Laid]) -> str:
    """Return the name of the last of some files in which a thing stands, or an empty string."""
    name = slug(str(node))
    found = [file.name for file in files if name in file.places]
    return found[-1] if found else ""
