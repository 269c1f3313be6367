"""How constraints in SPARQL are read off a shape: `sh:sparql`, and components that a shapes graph declares itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from hyte_graph.compliance.engines.compiled.constraints.base import Bindings
from hyte_graph.compliance.engines.compiled.constraints.sparql import Asked, Selected, SparqlConstraint
from hyte_graph.compliance.engines.compiled.paths import Path
from hyte_graph.compliance.engines.compiled.queries import SHAPES_GRAPH
from hyte_graph.compliance.engines.compiled.shapes_graph import ShapesGraph, ill_formed
from hyte_graph.compliance.engines.compiled.sparql.query import Query, prepare
from hyte_graph.compliance.engines.compiled.terms import Term, is_iri, named, text

_IMPORTS = named("owl", "imports")


def sparql_constraints(graph: ShapesGraph, node: Term, path: Path | None) -> Iterator[SparqlConstraint]:
    """Yield the constraints that a shape tells by `sh:sparql` (SHACL 5.1).

    Raises:
        UndecidedError: one has no query, or several.
    """
    for source in graph.objects(node, "sparql"):
        if not graph.is_true(source, "deactivated"):
            query = _query(graph, source, path, _of_the_shape(node), "this")
            yield Selected(query, source, messages=tuple(graph.objects(source, "message")))


def _of_the_shape(node: Term) -> dict[str, Term]:
    return {"currentShape": node, "shapesGraph": SHAPES_GRAPH}


def _query(graph: ShapesGraph, source: Term, path: Path | None, known: dict[str, Term], *own: str) -> Query:
    """Return the query of a constraint or validator; `own` are the variables that each node has its own value of."""
    found = [*graph.texts(source, "select"), *graph.texts(source, "ask")]
    if len(found) != 1:
        raise ill_formed(source, "sh:select")
    return prepare(found[0], _prefixes(graph, source), None if path is None else str(path), known, frozenset(own))


def _prefixes(graph: ShapesGraph, source: Term) -> str:
    """Return the prefixes that a query may use: those of what it names, and of what that imports (SHACL 5.2.1)."""
    waiting, seen, lines = list(graph.objects(source, "prefixes")), set[Term](), dict[str, str]()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += graph.values(node, _IMPORTS)
            lines |= dict(line for told in graph.objects(node, "declare") for line in _declared(graph, told))
    return "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in sorted(lines.items()))


def _declared(graph: ShapesGraph, told: Term) -> Iterator[tuple[str, str]]:
    yield from product(graph.texts(told, "prefix"), graph.texts(told, "namespace"))


@dataclass(frozen=True, slots=True)
class _Parameter:
    predicate: Term
    is_optional: bool

    @property
    def name(self) -> str:
        """Return the variable that has its value: the last part of its address."""
        address = text(self.predicate)
        return address[max(address.rfind("#"), address.rfind("/")) + 1 :]


def custom_constraints(graph: ShapesGraph, node: Term, path: Path | None) -> Iterator[SparqlConstraint]:
    """Yield the constraints of a shape by components that the shapes graph declares (SHACL 6).

    Raises:
        UndecidedError: a component is not well formed.
    """
    for kind in graph.components:
        parameters = list(_parameters(graph, kind))
        told = {one: graph.values(node, one.predicate) for one in parameters}
        if parameters and all(values or one.is_optional for one, values in told.items()):
            given = [[(one.name, value) for value in values] for one, values in told.items() if values]
            for chosen in product(*given):
                yield _custom(graph, kind, node, path, tuple(sorted(chosen)))


def _parameters(graph: ShapesGraph, kind: Term) -> Iterator[_Parameter]:
    for parameter in graph.objects(kind, "parameter"):
        paths = graph.objects(parameter, "path")
        if len(paths) != 1 or not is_iri(paths[0]):
            raise ill_formed(kind, "sh:parameter")
        yield _Parameter(paths[0], graph.is_true(parameter, "optional"))


def _custom(graph: ShapesGraph, kind: Term, node: Term, path: Path | None, chosen: Bindings) -> SparqlConstraint:
    """Return the constraint by the validator that fits the shape best (SHACL 6.2.3)."""
    own = graph.objects(kind, "nodeValidator" if path is None else "propertyValidator")
    validators = own or graph.objects(kind, "validator")
    if not validators:
        raise ill_formed(kind, "sh:validator")
    source, known = validators[0], _of_the_shape(node) | dict(chosen)
    messages = tuple(graph.objects(source, "message"))
    if graph.objects(source, "ask"):
        query = _query(graph, source, path, known, "this", "value")
        return Asked(query, None, kind, chosen, messages)
    query = _query(graph, source, path, known, "this")
    return Selected(query, None, kind, chosen, messages)
