"""Canonical Turtle: one graph, one text, so that a change shows as what it is."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from hyte_graph.errors import FilingError
from hyte_graph.messages import say
from hyte_graph.vocabulary import BASE, FOREIGN, PREFIXES, full

Node = NamedNode | BlankNode
Term = Node | Literal

_TYPE, _TEXT = NamedNode(full("rdf:type")), full("xsd:string")
_NIL, _CELL = NamedNode(full("rdf:nil")), (NamedNode(full("rdf:first")), NamedNode(full("rdf:rest")))
_FIRST = ("rdf:type", "skos:prefLabel", "rdfs:label", "skos:definition", "sh:path", "sh:message")
_RANKS = {NamedNode(full(name)): at for at, name in enumerate(_FIRST)}
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\s]*>|\\#|#[^\n]*",
    re.DOTALL,
)
_BARE = {full("xsd:boolean"): re.compile(r"true|false"), full("xsd:integer"): re.compile(r"[+-]?[0-9]+")}
_INDENT = "    "
_LONGEST_LIST = 80  # characters of a list that stays on one line


def parse_turtle(text: str, name: str = "") -> list[Triple]:
    """Return the triples of a Turtle text; literals keep their lexical form.

    Raises:
        FilingError: the text is no Turtle.
    """
    turtle, data = pyoxigraph.RdfFormat.TURTLE, text.encode()
    try:
        deque(pyoxigraph.parse(data, format=turtle, base_iri=BASE), maxlen=0)
        quads = pyoxigraph.parse(data, format=turtle, lenient=True)  # lenient: a relative address stays one
        triples = [quad.triple for quad in quads]
    except SyntaxError as error:
        detail = " ".join(str(error).split())[:200]
        raise FilingError(say("file-not-turtle", name=name, detail=detail)) from error
    for triple in triples:
        if isinstance(triple.object, Triple):  # which RDF 1.1 does not have
            raise FilingError(say("file-not-turtle", name=name, detail=f"no RDF 1.1 term: {triple.object}"[:200]))
    return triples


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


def serialise(triples: Iterable[Triple]) -> str:
    """Return triples as canonical Turtle: prefixes and subjects sorted, one object a line."""
    return _Writer(_Told(triples)).text()


def _header(text: str) -> str:
    lines = text.splitlines(keepends=True)
    count = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(lines[:count])


class _Told:
    """What is said of each thing, each once, and who speaks of each blank node."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.of: dict[Node, dict[NamedNode, list[Term]]] = {}
        self.above: dict[BlankNode, list[Node]] = {}
        for subject, predicate, thing in dict.fromkeys(triples):
            self.of.setdefault(subject, {}).setdefault(predicate, []).append(thing)
            if isinstance(subject, BlankNode):
                self.above.setdefault(subject, [])
            if isinstance(thing, BlankNode):
                self.above.setdefault(thing, []).append(subject)

    def triples(self) -> Iterator[Triple]:
        """Yield the triples."""
        for subject, said in self.of.items():
            for predicate, things in said.items():
                for thing in things:
                    yield Triple(subject, predicate, thing)

    def labelled(self) -> list[BlankNode]:
        """Return the blank nodes that need a label: those that do not stand in exactly one place, or in a ring."""
        found = {node for node, holders in self.above.items() if len(holders) != 1}
        for node in _sorted(self.above.keys() - found):
            seen: set[Node] = set()
            holder: Node = node
            while isinstance(holder, BlankNode) and holder not in found:
                if holder in seen:
                    found.add(holder)
                seen.add(holder)
                holder = self.above[holder][0]
        return _sorted(found)


def _sorted(nodes: Iterable[BlankNode]) -> list[BlankNode]:
    return sorted(nodes, key=lambda node: node.value)


def _relabelled(told: _Told) -> _Told:
    """Return the same with the same labels for blank nodes wherever the same is said."""
    from rdflib.compare import to_canonical_graph

    from hyte_graph.store.terms import graph_of, triples_of

    return _Told(triples_of(to_canonical_graph(graph_of(told.triples()))))


class _Writer:
    """Writes one graph."""

    def __init__(self, told: _Told) -> None:
        labelled = told.labelled()
        if labelled:
            told = _relabelled(told)
            labelled = told.labelled()
        self._told = told.of
        self._labels = {node: f"_:b{at}" for at, node in enumerate(labelled, 1)}
        self._used: set[str] = set()
        self._prefixes = {iri: prefix for prefix, iri in (PREFIXES | FOREIGN).items() if prefix != "cpov"}
        self._names: dict[NamedNode, str] = {}

    def text(self) -> str:
        subjects = [node for node in self._told if not self._is_nested(node)]
        blocks = sorted((self._name(node), self._block(node)) for node in subjects)
        prefixes = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in sorted(self._used))
        return prefixes + "".join(f"\n{block}" for _, block in blocks)

    def _is_nested(self, node: Term) -> bool:
        return isinstance(node, BlankNode) and node not in self._labels

    def _block(self, node: Node) -> str:
        return f"{self._name(node)}\n{self._body(node, 1)}.\n"

    def _body(self, node: Node, depth: int) -> str:
        said = self._told.get(node, {})
        return "".join(self._statement(predicate, said[predicate], depth) for predicate in sorted(said, key=self._rank))

    def _rank(self, predicate: NamedNode) -> tuple[int, str]:
        rank = _RANKS.get(predicate, len(_RANKS))
        return rank, "" if rank < len(_RANKS) else self._name(predicate)

    def _statement(self, predicate: NamedNode, things: list[Term], depth: int) -> str:
        indent = _INDENT * depth
        name = "a" if predicate == _TYPE else self._name(predicate)
        if len(things) == 1:
            return f"{indent}{name} {self._object(things[0], depth)} ;\n"
        objects = sorted((_language(thing), self._object(thing, depth + 1)) for thing in things)
        joined = f" ,\n{indent}{_INDENT}".join(written for _, written in objects)
        return f"{indent}{name}\n{indent}{_INDENT}{joined} ;\n"

    def _object(self, value: Term, depth: int) -> str:
        if isinstance(value, Literal):
            return self._literal(value)
        if isinstance(value, NamedNode) and value != _NIL:
            return self._name(value)
        items = self._items(value)
        if items is not None:
            return self._collection(items, depth)
        return self._nested(value, depth) if self._is_nested(value) else self._name(value)

    def _items(self, node: Term) -> list[Term] | None:
        """Return the items of a list with nothing else said of its cells; None for what is no such list."""
        items: list[Term] = []
        while node != _NIL:
            said = self._told.get(node, {}) if self._is_nested(node) else {}  # type: ignore[arg-type]
            if said.keys() != set(_CELL) or any(len(things) > 1 for things in said.values()):
                return None
            (item,), (node,) = (said[part] for part in _CELL)
            items.append(item)
        return items

    def _nested(self, value: Node, depth: int) -> str:
        body = self._body(value, depth + 1)
        lines = body.split("\n")[:-1]
        if not lines:
            return "[]"
        if len(lines) == 1:
            return f"[ {lines[0].strip()} ]"
        return f"[\n{body}{_INDENT * depth}]"

    def _collection(self, things: list[Term], depth: int) -> str:
        items = [self._object(thing, depth + 1) for thing in things]
        if sum(map(len, items)) < _LONGEST_LIST and not any("\n" in item for item in items):
            return f"( {' '.join(items)} )" if items else "()"
        inner = "".join(f"{_INDENT * (depth + 1)}{item}\n" for item in items)
        return f"(\n{inner}{_INDENT * depth})"

    def _literal(self, value: Literal) -> str:
        text, datatype = value.value, value.datatype.value
        if datatype in _BARE and _BARE[datatype].fullmatch(text):
            return text
        if value.language:
            return f"{_quoted(text)}@{value.language.lower()}"
        return _quoted(text) if datatype == _TEXT else f"{_quoted(text)}^^{self._name(value.datatype)}"

    def _name(self, node: Node) -> str:
        if isinstance(node, BlankNode):
            return self._labels[node]
        found = self._names.get(node)
        if found is None:
            found = self._names[node] = self._named(node.value)
        return found

    def _named(self, address: str) -> str:
        cut = max(address.rfind("#"), address.rfind("/")) + 1
        prefix = self._prefixes.get(address[:cut])
        if prefix is not None and _LOCAL.fullmatch(address[cut:]):
            self._used.add(prefix)
            return f"{prefix}:{address[cut:]}"
        return f"<{address}>"


def _language(value: Term) -> str:
    return (value.language or "").lower() if isinstance(value, Literal) else ""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r").replace("\t", "\\t")
    return f'"""{escaped}"""' if "\n" in escaped else f'"{escaped}"'
