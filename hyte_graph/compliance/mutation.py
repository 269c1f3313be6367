"""The mutation test of the rules: do the cases pin them down? For each mutant, some case must notice the change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rdflib import Graph, URIRef
from rdflib.term import Node

from hyte_graph.compliance.cases import Case, read_cases
from hyte_graph.compliance.engines.compiled.columns import Columns
from hyte_graph.compliance.engines.compiled.rdflib_terms import of_rdflib
from hyte_graph.compliance.engines.compiled.run import Result
from hyte_graph.compliance.engines.compiled.terms import Term, text
from hyte_graph.compliance.engines.compiled.variations import Variations
from hyte_graph.compliance.mutants import Mutant, mutants
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import slug

Told = tuple[Term, Term, Term, Term, int | None]

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
    bench = Bench(knowledge.shapes, read_cases(knowledge) if cases is None else cases)
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


class Bench:
    """Tries mutants on the data of all cases at once: no two cases say anything of the same node."""

    def __init__(self, shapes: Graph, cases: Iterable[Case]) -> None:
        cases = tuple(cases)
        self._stated = {(item.focus, item.shape) for case in cases for item in case.expected if item.value}
        data = Columns(_term_triple(triple) for case in cases for triple in case.data if _is_of_data(triple))
        self._variations = Variations(map(_term_triple, shapes), data)

    def kills(self, mutant: Mutant) -> bool:
        """Return whether some case notices the change: a result more or less, or a value that a case states."""
        removed, added = (tuple(map(_term_triple, triples)) for triples in (mutant.removed, mutant.added))
        before, after = self._variations.before_and_after(removed, added)
        return Counter(map(self._told, before)) != Counter(map(self._told, after))

    def _told(self, result: Result) -> Told:
        focus, shape = self._variations.terms[result.hit.focus], result.shape.node
        is_stated = (text(focus), text(shape)) in self._stated
        return focus, shape, result.shape.severity, result.constraint.component, result.hit.value if is_stated else None


def _term_triple(triple: tuple[Node, Node, Node]) -> tuple[Term, Term, Term]:
    return of_rdflib(triple[0]), of_rdflib(triple[1]), of_rdflib(triple[2])


def _is_of_data(triple: tuple[Node, Node, Node]) -> bool:
    """Return whether a triple of a case is no part of its manifest."""
    return isinstance(triple[0], URIRef) and "/cases/" not in triple[0]
