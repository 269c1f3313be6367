"""Canonical Turtle: one graph, one text, so that a change shows as what it is."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

import pyoxigraph
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import to_canonical_graph
from rdflib.namespace import RDF, RDFS, SH, SKOS, XSD
from rdflib.term import Node

from hyte_graph.errors import FilingError
from hyte_graph.messages import say
from hyte_graph.store.terms import graph_of
from hyte_graph.vocabulary import BASE, FOREIGN, PREFIXES

_FIRST = (RDF.type, SKOS.prefLabel, RDFS.label, SKOS.definition, SH.path, SH.message)
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\s]*>|\\#|#[^\n]*",
    re.DOTALL,
)
_BARE = {str(XSD.boolean): re.compile(r"true|false"), str(XSD.integer): re.compile(r"[+-]?[0-9]+")}
_INDENT = "    "
_LONGEST_LIST = 80  # characters of a list that stays on one line


def parse_turtle(text: str, name: str = "") -> Graph:
    """Return the graph of a Turtle text; literals keep their lexical form.

    Raises:
        FilingError: the text is no Turtle.
    """
    turtle, data = pyoxigraph.RdfFormat.TURTLE, text.encode()
    try:
        deque(pyoxigraph.parse(data, format=turtle, base_iri=BASE), maxlen=0)
        return graph_of(pyoxigraph.parse(data, format=turtle, lenient=True))  # lenient: a relative address stays one
    except (SyntaxError, TypeError) as error:  # TypeError: a triple as a term, which RDF 1.1 does not have
        detail = " ".join(str(error).split())[:200]
        raise FilingError(say("file-not-turtle", name=name, detail=detail)) from error


def format_turtle(text: str, name: str = "") -> str:
    """Return the canonical form of a Turtle text.

    Raises:
        FilingError: the text is no Turtle, or has a comment below its header.
    """
    header = _header(text)
    body = text[len(header) :]
    for token in _TOKEN.finditer(body):
        if token.group().startswith("#"):
            line = text[: len(header) + token.start()].count("\n") + 1
            raise FilingError(say("comment-below-header", name=name, line=line))
    return header + serialise(parse_turtle(text, name))


def serialise(graph: Graph) -> str:
    """Return a graph as canonical Turtle: prefixes and subjects sorted, one object a line."""
    return _Writer(graph).text()


def _header(text: str) -> str:
    lines = text.splitlines(keepends=True)
    count = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(lines[:count])


class _Writer:
    """Writes one graph."""

    def __init__(self, graph: Graph) -> None:
        labelled = _labelled(graph)
        if labelled:  # the same graph must get the same labels
            graph = to_canonical_graph(graph)
            labelled = _labelled(graph)
        self._graph = graph
        self._labels = {node: f"_:b{at}" for at, node in enumerate(sorted(labelled), 1)}
        self._used: set[str] = set()
        self._names = {iri: prefix for prefix, iri in (PREFIXES | FOREIGN).items() if prefix != "cpov"}

    def text(self) -> str:
        subjects = [node for node in set(self._graph.subjects()) if not self._is_nested(node)]
        blocks = sorted((self._name(node), self._block(node)) for node in subjects)
        prefixes = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in sorted(self._used))
        return prefixes + "".join(f"\n{block}" for _, block in blocks)

    def _is_nested(self, node: Node) -> bool:
        return isinstance(node, BNode) and node not in self._labels

    def _block(self, node: Node) -> str:
        return f"{self._name(node)}\n{self._body(node, 1)}.\n"

    def _body(self, node: Node, depth: int) -> str:
        return "".join(self._statement(node, predicate, depth) for predicate in self._predicates(node))

    def _predicates(self, node: Node) -> list[Node]:
        def rank(predicate: Node) -> tuple[int, str]:
            if predicate in _FIRST:
                return _FIRST.index(predicate), ""
            return len(_FIRST), self._name(predicate)

        return sorted(set(self._graph.predicates(node)), key=rank)

    def _statement(self, node: Node, predicate: Node, depth: int) -> str:
        indent = _INDENT * depth
        name = "a" if predicate == RDF.type else self._name(predicate)
        several = len(list(self._graph.objects(node, predicate))) > 1
        objects = [value for _, value in sorted(self._objects(node, predicate, depth + several))]
        if not several:
            return f"{indent}{name} {objects[0]} ;\n"
        joined = f" ,\n{indent}{_INDENT}".join(objects)
        return f"{indent}{name}\n{indent}{_INDENT}{joined} ;\n"

    def _objects(self, node: Node, predicate: Node, depth: int) -> Iterator[tuple[tuple[str, str], str]]:
        for value in self._graph.objects(node, predicate):
            written = self._object(value, depth)
            language = (value.language or "").lower() if isinstance(value, Literal) else ""
            yield (language, written), written

    def _object(self, value: Node, depth: int) -> str:
        if isinstance(value, Literal):
            return self._literal(value)
        if self._is_list(value):
            return self._collection(value, depth)
        if self._is_nested(value):
            return self._nested(value, depth)
        return self._name(value)

    def _is_list(self, node: Node | None) -> bool:
        """Return whether a node is a list with nothing else said of its cells."""
        while node != RDF.nil:
            if node is None or not self._is_nested(node):
                return False
            said = sorted(str(predicate) for predicate, _ in self._graph.predicate_objects(node))
            if said != [str(RDF.first), str(RDF.rest)]:
                return False
            node = self._graph.value(node, RDF.rest)
        return True

    def _nested(self, value: Node, depth: int) -> str:
        body = self._body(value, depth + 1)
        lines = body.split("\n")[:-1]
        if not lines:
            return "[]"
        if len(lines) == 1:
            return f"[ {lines[0].strip()} ]"
        return f"[\n{body}{_INDENT * depth}]"

    def _collection(self, value: Node, depth: int) -> str:
        items = [self._object(item, depth + 1) for item in self._graph.items(value)]
        if sum(map(len, items)) < _LONGEST_LIST and not any("\n" in item for item in items):
            return f"( {' '.join(items)} )" if items else "()"
        inner = "".join(f"{_INDENT * (depth + 1)}{item}\n" for item in items)
        return f"(\n{inner}{_INDENT * depth})"

    def _literal(self, value: Literal) -> str:
        datatype = str(value.datatype) if value.datatype else ""
        if datatype in _BARE and _BARE[datatype].fullmatch(str(value)):
            return str(value)
        text = _quoted(str(value))
        if value.language:
            return f"{text}@{value.language.lower()}"
        return f"{text}^^{self._name(URIRef(datatype))}" if datatype and datatype != str(XSD.string) else text

    def _name(self, node: Node) -> str:
        if isinstance(node, BNode):
            return self._labels[node]
        address = str(node)
        cut = max(address.rfind("#"), address.rfind("/")) + 1
        prefix = self._names.get(address[:cut])
        if prefix is not None and _LOCAL.fullmatch(address[cut:]):
            self._used.add(prefix)
            return f"{prefix}:{address[cut:]}"
        return f"<{address}>"


def _labelled(graph: Graph) -> set[BNode]:
    """Return the blank nodes that need a label: those that do not stand in exactly one place, and those in a ring."""
    above = {node: list(graph.subjects(None, node)) for node in graph.all_nodes() if isinstance(node, BNode)}
    labelled = {node for node, holders in above.items() if len(holders) != 1}
    for node in sorted(above.keys() - labelled):
        seen: set[Node] = set()
        holder: Node = node
        while isinstance(holder, BNode) and holder not in labelled:
            if holder in seen:
                labelled.add(holder)
            seen.add(holder)
            holder = above[holder][0]
    return labelled


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r").replace("\t", "\\t")
    return f'"""{escaped}"""' if "\n" in escaped else f'"{escaped}"'
