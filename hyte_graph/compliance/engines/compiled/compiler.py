"""From a shapes graph to a plan: which shapes there are, their targets, paths and constraints (SHACL 2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hyte_graph.compliance.engines.compiled.constraints.base import Constraint
from hyte_graph.compliance.engines.compiled.core_components import CORE
from hyte_graph.compliance.engines.compiled.paths import Alternative, Inverse, Path, Repeat, Sequence, Step
from hyte_graph.compliance.engines.compiled.plan import VIOLATION, Plan, Shape, Target
from hyte_graph.compliance.engines.compiled.shapes_graph import ShapesGraph, Triple, ill_formed, sh
from hyte_graph.compliance.engines.compiled.terms import FIRST, TYPE, Term, is_iri, is_literal, named, text
from hyte_graph.compliance.engines.known import check_words

_TARGETS = {
    sh("targetClass"): "class",
    sh("targetNode"): "node",
    sh("targetSubjectsOf"): "subjects",
    sh("targetObjectsOf"): "objects",
}
_SHAPE_CLASSES = (sh("NodeShape"), sh("PropertyShape"))
_CLASS = named("rdfs", "Class")
_READERS = {sh(name): read for name, read in CORE.items()}
_ORDER = {predicate: place for place, predicate in enumerate(_READERS)}
_SIGNS = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


def compile_plan(triples: Iterable[Triple]) -> Plan:
    """Return the plan of a shapes graph: every shape that has a target, and those that they refer to.

    Raises:
        UndecidedError: a shape is not well formed.
    """
    return plan_of_graph(ShapesGraph(triples))


def plan_of_graph(graph: ShapesGraph) -> Plan:
    """Return the plan of a shapes graph that is an index already.

    Raises:
        UndecidedError: a shape is not well formed.
    """
    check_words((text(node), map(text, (*graph.told(node), *graph.values(node, TYPE)))) for node in graph.subjects())
    roots = tuple(node for node in graph.subjects() if _is_root(graph, node))
    shapes: dict[Term, Shape] = {}
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if node not in shapes:
            shapes[node] = read_shape(graph, node)
            waiting += (needed for constraint in shapes[node].constraints for needed in constraint.needs())
    return Plan(shapes, roots, _recursive(shapes), _source(graph, shapes.values()))


def _source(graph: ShapesGraph, shapes: Iterable[Shape]) -> tuple[Triple, ...]:
    """Return the triples that constraints in SPARQL may need: all where a query reads them, else those of its shape."""
    asking = [shape for shape in shapes if any(one.is_query for one in shape.constraints)]
    if any(one.reads_shapes for shape in asking for one in shape.constraints):
        return graph.triples
    return graph.below([*(shape.node for shape in asking), *graph.components]) if asking else ()


def _is_root(graph: ShapesGraph, node: Term) -> bool:
    told = graph.told(node)
    return not _TARGETS.keys().isdisjoint(told) or _is_class_and_shape(graph, node)


def _is_class_and_shape(graph: ShapesGraph, node: Term) -> bool:
    """Return whether a node is a class and a shape, so that it targets its own instances (SHACL 2.1.3.3)."""
    told = graph.told(node)
    if TYPE not in told or not is_iri(node) or not graph.is_instance(node, _CLASS):
        return False
    return any(graph.is_instance(node, kind) for kind in _SHAPE_CLASSES) or not _READERS.keys().isdisjoint(told)


def read_shape(graph: ShapesGraph, node: Term) -> Shape:
    """Return one shape of a shapes graph.

    Raises:
        UndecidedError: it is not well formed.
    """
    if is_literal(node):
        raise ill_formed(node, "sh:NodeShape")
    path = _path_of(graph, node)
    severity = graph.objects(node, "severity")
    return Shape(
        node=node,
        path=path,
        targets=tuple(_targets(graph, node)),
        constraints=tuple(_constraints(graph, node, path)),
        severity=severity[0] if severity else VIOLATION,
        messages=tuple(graph.objects(node, "message")),
        is_deactivated=graph.is_true(node, "deactivated"),
    )


def _targets(graph: ShapesGraph, node: Term) -> Iterator[Target]:
    for predicate in graph.told(node).keys() & _TARGETS.keys():
        yield from (Target(_TARGETS[predicate], term) for term in graph.values(node, predicate))
    if _is_class_and_shape(graph, node):
        yield Target("class", node)


def _constraints(graph: ShapesGraph, node: Term, path: Path | None) -> Iterator[Constraint]:
    """Yield the constraints of a shape, those that cost least first."""
    for predicate in sorted(graph.told(node).keys() & _READERS.keys(), key=_ORDER.__getitem__):
        yield from _READERS[predicate](graph, node)
    if graph.objects(node, "sparql") or graph.components:
        from hyte_graph.compliance.engines.compiled.sparql_components import custom_constraints, sparql_constraints

        yield from sparql_constraints(graph, node, path)
        yield from custom_constraints(graph, node, path)


def _path_of(graph: ShapesGraph, node: Term) -> Path | None:
    found = graph.objects(node, "path")
    if len(found) > 1:
        raise ill_formed(node, "sh:path")
    return read_path(graph, found[0]) if found else None


def read_path(graph: ShapesGraph, node: Term, above: frozenset[Term] = frozenset()) -> Path:
    """Return the property path that a node of a shapes graph stands for (SHACL 2.3.1).

    Raises:
        UndecidedError: it stands for none.
    """
    if is_iri(node) and FIRST not in graph.told(node):
        return Step(node)
    if node in above or is_literal(node):
        raise ill_formed(node, "sh:path")
    above |= {node}
    if FIRST in graph.told(node):
        members = tuple(read_path(graph, item, above) for item in graph.items(node))
        return Sequence(members) if len(members) > 1 else members[0]
    for alternatives in graph.objects(node, "alternativePath"):
        return Alternative(tuple(read_path(graph, item, above) for item in graph.items(alternatives)))
    for inner in graph.objects(node, "inversePath"):
        part = read_path(graph, inner, above)
        return Step(part.predicate, inverse=True) if isinstance(part, Step) and not part.inverse else Inverse(part)
    for name, sign in _SIGNS.items():
        for inner in graph.objects(node, name):
            return Repeat(read_path(graph, inner, above), sign)
    raise ill_formed(node, "sh:path")


def _recursive(shapes: dict[Term, Shape]) -> frozenset[Term]:
    """Return the shapes that can be reached from themselves: what refers to nothing that is left cannot."""
    below = {node: {item for one in shape.constraints for item in one.needs()} for node, shape in shapes.items()}
    left = set(below)
    while ends := {node for node in left if not below[node] & left}:
        left -= ends
    return frozenset(node for node in left if _reaches_itself(node, below))


def _reaches_itself(start: Term, below: dict[Term, set[Term]]) -> bool:
    waiting, seen = list(below[start]), set[Term]()
    while waiting:
        node = waiting.pop()
        if node == start:
            return True
        if node not in seen:
            seen.add(node)
            waiting += below[node]
    return False
