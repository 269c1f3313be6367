"""How the constraints of SHACL Core are read off a shape: one reader for each parameter (SHACL 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hyte_graph.compliance.engines.compiled.constraints.base import Constraint
from hyte_graph.compliance.engines.compiled.constraints.nested import And, Node, Not, Or, Property, Qualified, Xone
from hyte_graph.compliance.engines.compiled.constraints.sets import (
    Closed,
    Disjoint,
    Equals,
    HasValue,
    LessThan,
    MaxCount,
    MinCount,
    UniqueLang,
)
from hyte_graph.compliance.engines.compiled.constraints.terms import (
    Datatype,
    HasClass,
    In,
    LanguageIn,
    Length,
    NodeKind,
    Pattern,
    Range,
)
from hyte_graph.compliance.engines.compiled.shapes_graph import ShapesGraph, ill_formed, sh
from hyte_graph.compliance.engines.compiled.terms import Term, is_iri, is_literal, text

Reader = Callable[[ShapesGraph, Term], Iterable[Constraint]]

_KINDS = {
    "IRI": "<",
    "BlankNode": "_",
    "Literal": '"',
    "BlankNodeOrIRI": "_<",
    "BlankNodeOrLiteral": '_"',
    "IRIOrLiteral": '<"',
}
_NODE_KINDS = {sh(name): letters for name, letters in _KINDS.items()}


def _datatype(graph: ShapesGraph, node: Term) -> Iterable[Constraint]:
    return [Datatype(text(term)) for term in graph.predicate(node, "datatype")]


def _node_kind(graph: ShapesGraph, node: Term) -> Iterable[Constraint]:
    found = graph.objects(node, "nodeKind")
    if any(term not in _NODE_KINDS for term in found):
        raise ill_formed(node, "sh:nodeKind")
    return [NodeKind(_NODE_KINDS[term]) for term in found]


def _pattern(graph: ShapesGraph, node: Term) -> Iterable[Constraint]:
    flags = "".join(graph.texts(node, "flags"))
    found = [Pattern(pattern, flags) for pattern in graph.texts(node, "pattern")]
    if not all(one.is_readable for one in found):
        raise ill_formed(node, "sh:pattern")
    return found


def _language_in(graph: ShapesGraph, node: Term) -> Iterable[Constraint]:
    return [LanguageIn(tuple(map(text, graph.items(head)))) for head in graph.objects(node, "languageIn")]


def _in(graph: ShapesGraph, node: Term) -> Iterable[Constraint]:
    return [In(frozenset(graph.items(head))) for head in graph.objects(node, "in")]


def _range(name: str, *signs: int) -> Reader:
    def read(graph: ShapesGraph, node: Term) -> Iterable[Constraint]:
        limits = graph.objects(node, name)
        if not all(map(is_literal, limits)):
            raise ill_formed(node, f"sh:{name}")
        return [Range(name[0].upper() + name[1:], limit, signs) for limit in limits]

    return read


def _less_than(name: str, *signs: int) -> Reader:
    def read(graph: ShapesGraph, node: Term) -> Iterable[Constraint]:
        return [LessThan(name[0].upper() + name[1:], term, signs) for term in graph.predicate(node, name)]

    return read


def _closed(graph: ShapesGraph, node: Term) -> Iterable[Constraint]:
    if not graph.is_true(node, "closed"):
        return []
    ignored = {term for head in graph.objects(node, "ignoredProperties") for term in graph.items(head)}
    told = {path for inner in graph.objects(node, "property") for path in graph.objects(inner, "path") if is_iri(path)}
    return [Closed(frozenset(ignored | told))]


def _many(kind: type[And | Or | Xone], name: str) -> Reader:
    def read(graph: ShapesGraph, node: Term) -> Iterable[Constraint]:
        return [kind(tuple(graph.items(head))) for head in graph.objects(node, name)]

    return read


def _qualified(graph: ShapesGraph, node: Term) -> Iterable[Constraint]:
    least, most = graph.count(node, "qualifiedMinCount"), graph.count(node, "qualifiedMaxCount")
    for shape in graph.objects(node, "qualifiedValueShape"):
        siblings = _siblings(graph, node, shape) if graph.is_true(node, "qualifiedValueShapesDisjoint") else ()
        yield from (Qualified(shape, count, None, siblings) for count in least)
        yield from (Qualified(shape, None, count, siblings) for count in most)


def _siblings(graph: ShapesGraph, node: Term, shape: Term) -> tuple[Term, ...]:
    """Return the qualified value shapes that stand beside one in the same parents (SHACL 4.7.3)."""
    parents = graph.holders(sh("property"), node)
    beside = (inner for parent in parents for inner in graph.objects(parent, "property"))
    found = {item for inner in beside for item in graph.objects(inner, "qualifiedValueShape")}
    return tuple(sorted(found - {shape}))


CORE: dict[str, Reader] = {
    "minCount": lambda graph, node: map(MinCount, graph.count(node, "minCount")),
    "maxCount": lambda graph, node: map(MaxCount, graph.count(node, "maxCount")),
    "hasValue": lambda graph, node: map(HasValue, graph.objects(node, "hasValue")),
    "class": lambda graph, node: map(HasClass, graph.objects(node, "class")),
    "in": _in,
    "nodeKind": _node_kind,
    "datatype": _datatype,
    "minInclusive": _range("minInclusive", 0, 1),
    "minExclusive": _range("minExclusive", 1),
    "maxInclusive": _range("maxInclusive", 0, -1),
    "maxExclusive": _range("maxExclusive", -1),
    "minLength": lambda graph, node: (Length("MinLength", size, None) for size in graph.count(node, "minLength")),
    "maxLength": lambda graph, node: (Length("MaxLength", 0, size) for size in graph.count(node, "maxLength")),
    "pattern": _pattern,
    "languageIn": _language_in,
    "uniqueLang": lambda graph, node: [UniqueLang()] if graph.is_true(node, "uniqueLang") else [],
    "equals": lambda graph, node: map(Equals, graph.predicate(node, "equals")),
    "disjoint": lambda graph, node: map(Disjoint, graph.predicate(node, "disjoint")),
    "lessThan": _less_than("lessThan", -1),
    "lessThanOrEquals": _less_than("lessThanOrEquals", -1, 0),
    "closed": _closed,
    "not": lambda graph, node: map(Not, graph.objects(node, "not")),
    "and": _many(And, "and"),
    "or": _many(Or, "or"),
    "xone": _many(Xone, "xone"),
    "node": lambda graph, node: map(Node, graph.objects(node, "node")),
    "property": lambda graph, node: map(Property, graph.objects(node, "property")),
    "qualifiedValueShape": _qualified,
}
"""The readers by the name of the parameter, those whose constraints cost least first."""
