"""The mutation test of the rules: do the cases pin them down? For each mutant, some case must notice the change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from hyte_graph.compliance.cases import Case, difference, read_cases
from hyte_graph.compliance.engines import Engine, engine
from hyte_graph.compliance.mutants import Mutant, mutants
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import slug

_TARGETS = (SH.targetClass, SH.targetSubjectsOf)

EQUIVALENT: dict[tuple[str, str], str] = {}
"""Mutants that can change no result by construction: slug of the shape and description, and why."""


@dataclass(frozen=True, slots=True)
class MutationResult:
    """How many mutants there were, and which no case noticed; equivalent ones are counted apart."""

    total: int
    killed: int
    survivors: tuple[Mutant, ...]
    equivalent: tuple[Mutant, ...]


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
    bench = Bench(knowledge.shapes, tuple(read_cases(knowledge) if cases is None else cases), engine("shacl"))
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
class Bench:
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
        subjects = (self.shapes.subjects(predicate) for predicate in _TARGETS)
        return frozenset(node for found in subjects for node in found)

    @cached_property
    def _below(self) -> dict[Node, Graph]:
        """Return, by rule, the triples that its evaluation rests on, without the targets of other rules in it."""
        return {root: self._closure(root) for root in self._targeted}

    def _closure(self, root: Node) -> Graph:
        graph, waiting = Graph(bind_namespaces="none"), [root]
        seen = {root}
        while waiting:
            node = waiting.pop()
            for triple in self.shapes.triples((node, None, None)):
                if _is_evaluated(triple[1]) and (node == root or triple[1] not in _TARGETS):
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
        for predicate in _TARGETS:
            for root, target in self.shapes.subject_objects(predicate):
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
