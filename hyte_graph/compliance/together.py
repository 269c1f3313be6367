"""The findings on many organisations from few runs of the engine, each organisation as if it were alone.

Two organisations share a run only where no path of a rule can lead from the one to the other: neither speaks of a thing
that the other describes, and they share no thing that a rule reaches backwards or by a query (`connecting`). Then what
the rules find of a node they find from the triples that its own organisation brought. A county and a municipality that
works with it thus come into different runs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from rdflib import URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

from hyte_graph.compliance.engines import Engine, Planner
from hyte_graph.compliance.engines.compiled.reach import connecting
from hyte_graph.compliance.findings import find, plan_of_rules
from hyte_graph.errors import HyteError
from hyte_graph.model import Finding
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.statements import Statement

Found = dict[int, Sequence[Finding] | HyteError]
_TYPE = RDF.type


class _Ties:
    """What could tie organisations together: things described, named, and reached backwards."""

    def __init__(self, triples: Iterable[Statement], walked: Collection[Node]) -> None:
        self.members: list[int] = []
        self.told, self.named, self.reached = set[Node](), set[Node](), set[Node]()
        for subject, predicate, thing in triples:
            self.told.add(subject)
            if predicate != _TYPE:
                self.named.add(thing)
            if predicate in walked:
                self.reached.add(thing)
        self.named |= self.told

    def is_apart_from(self, other: _Ties) -> bool:
        apart = self.told.isdisjoint(other.named) and self.named.isdisjoint(other.told)
        return apart and self.reached.isdisjoint(other.reached)

    def take(self, member: int, other: _Ties) -> None:
        self.members.append(member)
        self.told |= other.told
        self.named |= other.named
        self.reached |= other.reached


def find_together(checker: Engine, data: Mapping[int, Sequence[Statement]], knowledge: Knowledge) -> Found:
    """Return the findings on each graph, or the error that they gave; sorted as those of one graph are."""
    walked = _walked(knowledge) if isinstance(checker, Planner) and len(data) > 1 else None
    if walked is None:
        return {at: _alone(checker, triples, knowledge) for at, triples in data.items()}
    found: Found = {}
    for members in batches(data, walked):
        found |= _shared(checker, {at: data[at] for at in members}, knowledge)
    return found


def _walked(knowledge: Knowledge) -> frozenset[str] | None:
    return knowledge.prepared("connecting", lambda: connecting(plan_of_rules(knowledge)))


def batches(data: Mapping[int, Sequence[Statement]], walked: Collection[str]) -> list[list[int]]:
    """Return which graphs can share a run, in the order in which they came; `walked` as `connecting` tells it."""
    made: list[_Ties] = []
    predicates = frozenset(map(URIRef, walked))
    for at, triples in data.items():
        ties = _Ties(triples, predicates)
        home = next((batch for batch in made if batch.is_apart_from(ties)), None)
        if home is None:
            home = _Ties((), ())
            made.append(home)
        home.take(at, ties)
    return [batch.members for batch in made]


def _shared(checker: Engine, data: Mapping[int, Sequence[Statement]], knowledge: Knowledge) -> Found:
    try:
        findings = find(checker, chain.from_iterable(data.values()), knowledge)
    except HyteError:  # one of them is at fault: tell which
        return {at: _alone(checker, triples, knowledge) for at, triples in data.items()}
    homes = {str(subject): at for at, triples in data.items() for subject, _, _ in triples}
    sorted_out: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        sorted_out[homes[finding.focus]].append(finding)
    return {at: tuple(sorted_out[at]) for at in data}


def _alone(checker: Engine, triples: Iterable[Statement], knowledge: Knowledge) -> Sequence[Finding] | HyteError:
    try:
        return find(checker, triples, knowledge)
    except HyteError as error:
        return error
