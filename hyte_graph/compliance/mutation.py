"""Do the cases pin down the rules? Each constraint is taken out or changed in turn, and some case must notice.

Only what SHACL evaluates is changed: never a message, a severity or the project's own properties of a rule.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from hyte_graph.compliance.cases import Case, difference, read_cases
from hyte_graph.compliance.engines import Engine, engine
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import slug

Triple = tuple[Node, Node, Node]

EQUIVALENT: dict[tuple[str, str], str] = {}
"""Mutants that can change no result by construction: slug of the shape and description, and why."""

_REMOVED = (
    SH.targetClass,
    SH.targetSubjectsOf,
    SH.property,
    SH.node,
    SH["class"],
    SH.datatype,
    SH.nodeKind,
    SH.pattern,
    SH.hasValue,
    SH["in"],
    SH.minCount,
    SH.maxCount,
    SH.minInclusive,
    SH.qualifiedMinCount,
    SH.qualifiedMaxCount,
    SH["or"],
    SH["and"],
    SH["not"],
    SH.sparql,
)
_QUALIFIED = (SH.qualifiedMinCount, SH.qualifiedMaxCount)
_RAISED = (SH.minCount, SH.maxCount, *_QUALIFIED)
_LISTS = (SH["in"], SH["or"], SH["and"])


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of the rules: triples taken out and put in."""

    shape: str  # IRI of the named shape that the change lies in
    description: str
    removed: tuple[Triple, ...] = field(repr=False)
    added: tuple[Triple, ...] = field(repr=False, default=())

    def __str__(self) -> str:
        return f"{slug(self.shape)}: {self.description}"

    def applied(self, shapes: Graph) -> Graph:
        """Return a copy of the shapes with the change made."""
        changed = Graph(bind_namespaces="none")
        changed += shapes
        for triple in self.removed:
            changed.remove(triple)
        for triple in self.added:
            changed.add(triple)
        return changed


@dataclass(frozen=True, slots=True)
class MutationResult:
    """How many mutants there were, and which no case noticed; equivalent ones are counted apart."""

    total: int
    killed: int
    survivors: tuple[Mutant, ...]
    equivalent: tuple[Mutant, ...]


def mutants(shapes: Graph) -> Iterator[Mutant]:
    """Yield every mutant of the shapes, in the order of the named shapes and of what is changed in them.

    A minimum that is taken out is also the minimum lowered by one: no rule asks for more than one.
    """
    found = [mutant for triple in shapes for mutant in _changes(shapes, triple)]
    yield from sorted(found, key=lambda mutant: (mutant.shape, mutant.description, sorted(map(str, mutant.removed))))


def _changes(shapes: Graph, triple: Triple) -> Iterator[Mutant]:
    node, predicate, value = triple
    if predicate in _REMOVED:
        yield _mutant(shapes, triple, "taken out", (triple, *_value_shape(shapes, node, predicate)))
    if predicate in _RAISED:
        more = Literal(str(int(str(value)) + 1), datatype=value.datatype)  # type: ignore[attr-defined]
        yield _mutant(shapes, triple, f"raised to {more}", (triple,), ((node, predicate, more),))
    if predicate in _LISTS:
        yield from _shortened(shapes, triple)
    if predicate == SH.path and (value, SH.alternativePath, None) in shapes:
        for step in _members(shapes, shapes.value(value, SH.alternativePath)):
            yield _mutant(shapes, triple, f"only {slug(str(step))}", (triple,), ((node, predicate, step),))


def _value_shape(shapes: Graph, node: Node, predicate: Node) -> Iterator[Triple]:
    if predicate in _QUALIFIED:
        yield from shapes.triples((node, SH.qualifiedValueShape, None))


def _members(shapes: Graph, head: Node | None) -> list[Node]:
    return list(Collection(shapes, head)) if head is not None else []


def _shortened(shapes: Graph, triple: Triple) -> Iterator[Mutant]:
    """Yield one mutant for each member of a list left out; a list of one is taken out as a whole elsewhere."""
    node, predicate, head = triple
    before, link, cell = node, predicate, head
    for at in range(len(_members(shapes, head))):
        after = shapes.value(cell, RDF.rest)
        if after == RDF.nil and before == node:
            return
        name = _short(shapes, shapes.value(cell, RDF.first), at)
        yield _mutant(shapes, triple, f"{name} left out", ((before, link, cell),), ((before, link, after),))  # type: ignore[arg-type]
        before, link, cell = cell, RDF.rest, after  # type: ignore[assignment]


def _mutant(
    shapes: Graph, triple: Triple, what: str, removed: Iterable[Triple], added: Iterable[Triple] = ()
) -> Mutant:
    node, predicate, value = triple
    place = [f"sh:{slug(str(predicate))} {_short(shapes, value)}".strip()]
    while isinstance(node, BNode):
        node, step, at = _above(shapes, node)
        place.append(f"sh:{slug(str(step))}" + (f" {at + 1}" if at is not None else ""))
    return Mutant(str(node), f"{' > '.join(reversed(place))}: {what}", tuple(removed), tuple(added))


def _above(shapes: Graph, node: Node) -> tuple[Node, Node, int | None]:
    """Return what a blank node hangs on: the node and predicate above it, and its place if that is a list."""
    above, predicate = next(iter(shapes.subject_predicates(node)))
    at = None
    while predicate in (RDF.first, RDF.rest):
        at = 0 if at is None else at + 1
        above, predicate = next(iter(shapes.subject_predicates(above)))
    return above, predicate, at


def _short(shapes: Graph, value: Node | None, at: int | None = None) -> str:
    if isinstance(value, BNode):
        return "" if at is None else f"branch {at + 1}"
    return slug(str(value))


def survivors(
    knowledge: Knowledge,
    on_progress: Callable[[int, int], None] | None = None,
    *,
    cases: Iterable[Case] | None = None,
    every: int = 1,
) -> MutationResult:
    """Return which mutants of the rules no case notices.

    Args:
        knowledge: the rules, and the cases beside them.
        on_progress: called with the number of mutants tried and their total.
        cases: the cases to use instead of those beside the rules.
        every: try only every n-th mutant.
    """
    bench = _Bench(knowledge.shapes, tuple(read_cases(knowledge) if cases is None else cases), engine("shacl"))
    chosen = tuple(mutants(knowledge.shapes))[::every]
    alive, equal = [], []
    for at, mutant in enumerate(chosen, start=1):
        if (slug(mutant.shape), mutant.description) in EQUIVALENT:
            equal.append(mutant)
        elif not bench.kills(mutant):
            alive.append(mutant)
        if on_progress:
            on_progress(at, len(chosen))
    return MutationResult(len(chosen), len(chosen) - len(alive) - len(equal), tuple(alive), tuple(equal))


@dataclass
class _Bench:
    """Tries mutants on the cases, each only with the rules that the change can reach and that look at the case."""

    shapes: Graph
    cases: tuple[Case, ...]
    checker: Engine
    _lately: dict[str, str] = field(default_factory=dict)  # named shape -> the case that killed its last mutant

    def kills(self, mutant: Mutant) -> bool:
        """Return whether some case notices the change."""
        roots = self._roots[mutant.removed[0][0]]
        for case in self._candidates(mutant, roots):
            if self._notices(case, mutant, roots & self._tried[case.name]):
                self._lately[mutant.shape] = case.name
                return True
        return False

    def _notices(self, case: Case, mutant: Mutant, roots: frozenset[Node]) -> bool:
        graph = Graph(bind_namespaces="none")
        for root in roots:
            graph += self._below[root]
        reporters = frozenset(str(item) for root in roots for item in self._reporters(root))
        expected = tuple(item for item in case.expected if item.shape in reporters)
        findings = self.checker.validate(self._facts[case.name], mutant.applied(graph))
        return bool(difference(Case(case.name, "", case.data, case.conforms, expected), findings))

    def _candidates(self, mutant: Mutant, roots: frozenset[Node]) -> list[Case]:
        """Return the cases that the rules can look at, those first that are likeliest to notice."""
        name = slug(mutant.shape).split("--")[0].removeprefix("fact-")
        reporters = {str(item) for root in roots for item in self._reporters(root)}

        def rank(case: Case) -> tuple[bool, bool, bool, int]:
            speaks = any(item.shape in reporters for item in case.expected)
            return case.name != self._lately.get(mutant.shape), name not in case.name, not speaks, len(case.data)

        return sorted((case for case in self.cases if roots & self._tried[case.name]), key=rank)

    def _reporters(self, root: Node) -> frozenset[Node]:
        """Return the shapes whose results are reported when a rule is evaluated: itself and its property shapes."""
        inner = (self._reporters(item) for item in self.shapes.objects(root, SH.property))
        return frozenset({root}).union(*inner)

    @cached_property
    def _targeted(self) -> frozenset[Node]:
        subjects = (self.shapes.subjects(predicate) for predicate in (SH.targetClass, SH.targetSubjectsOf))
        return frozenset(node for found in subjects for node in found)

    @cached_property
    def _below(self) -> dict[Node, Graph]:
        """Return, by rule, the triples that its evaluation rests on."""
        return {root: self._closure(root) for root in self._targeted}

    def _closure(self, root: Node) -> Graph:
        graph, waiting = Graph(bind_namespaces="none"), [root]
        seen = {root}
        while waiting:
            node = waiting.pop()
            for triple in self.shapes.triples((node, None, None)):
                if _is_evaluated(triple[1]):
                    graph.add(triple)
                    if triple[2] not in seen and not isinstance(triple[2], Literal):
                        seen.add(triple[2])
                        waiting.append(triple[2])
        return graph

    @cached_property
    def _roots(self) -> dict[Node, frozenset[Node]]:
        """Return, by node of the shapes, the rules whose evaluation can reach it."""
        found: dict[Node, set[Node]] = defaultdict(set)
        for root, graph in self._below.items():
            for node in set(graph.subjects()):
                found[node].add(root)
        return defaultdict(frozenset, {node: frozenset(roots) for node, roots in found.items()})

    @cached_property
    def _tried(self) -> dict[str, frozenset[Node]]:
        """Return, by case, the rules that have a target in its data."""
        by_class: dict[Node, set[Node]] = defaultdict(set)
        for root, target in self.shapes.subject_objects(SH.targetClass):
            by_class[target].add(root)
        for root, target in self.shapes.subject_objects(SH.targetSubjectsOf):
            by_class[target].add(root)
        return {
            case.name: frozenset(
                root
                for key in {*case.data.objects(None, RDF.type), *case.data.predicates()}
                for root in by_class.get(key, ())
            )
            for case in self.cases
        }

    @cached_property
    def _facts(self) -> dict[str, Graph]:
        """Return, by case, its data without the manifest, to be quick."""
        return {case.name: _without_manifest(case.data) for case in self.cases}


def _is_evaluated(predicate: Node) -> bool:
    return (str(predicate).startswith(str(SH)) and predicate != SH.message) or predicate in (
        RDF.first,
        RDF.rest,
        RDF.type,
    )


def _without_manifest(data: Graph) -> Graph:
    reduced = Graph(bind_namespaces="none")
    for triple in data:
        if isinstance(triple[0], URIRef) and "/cases/" not in triple[0]:
            reduced.add(triple)
    return reduced
