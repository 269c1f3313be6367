"""What the rules on a norm ask for: the things of which a duty must consider one each, the simplest ways first."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from hyte_graph.compliance.catalogue import Catalogue
from hyte_graph.compliance.repair.solver import Solver
from hyte_graph.compliance.repair.thing import Thing, united
from hyte_graph.model import Rule
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import HYTE

Need = tuple[Thing, ...]  # all of them are needed

_ASKING = ("silence", "part-missing", "judgement")
_MOST = 8  # ways that are kept
_WITH_EVERY_MEMBER = Thing(values=frozenset({(str(HYTE.hasPartner), (HYTE.everyMember,))}))
"""What the one rule that is written as a query asks for: every municipality of the county as a partner."""

_JUDGED = Thing(frozenset({str(HYTE.Judgement)}))


class Needs:
    """Reads the rules on norms."""

    def __init__(self, knowledge: Knowledge, catalogue: Catalogue) -> None:
        self._knowledge = knowledge
        self._catalogue = catalogue
        self._solver = Solver(knowledge)
        self._known: dict[str, tuple[Need, ...]] = {}

    def of(self, norm: str) -> tuple[Need, ...]:
        """Return the ways to meet every rule of a norm: with things that count first, then with an answer."""
        if norm not in self._known:
            rules = [rule for rule in self._catalogue.by_norm[norm] if rule.finds in _ASKING]
            with_things, with_answer = (self._ways(rules, answered=answered) for answered in (False, True))
            self._known[norm] = tuple(dict.fromkeys([*with_things[: _MOST // 2], *with_answer[: _MOST // 2]]))
        return self._known[norm]

    def _ways(self, rules: Iterable[Rule], *, answered: bool) -> list[Need]:
        """Return the ways to meet all rules, preferring answers or things where a rule takes either."""
        found: list[Need] = [()]
        for rule in sorted(rules, key=lambda item: (item.finds != "silence", item.iri)):
            ways = _preferred(self._duty(URIRef(rule.iri)), answered=answered)
            found = [_joined(need, way, self._knowledge) for need in found for way in ways][: 2 * _MOST]
        return [need for need in dict.fromkeys(found) if need]

    def _duty(self, shape: Node) -> list[Need]:
        """Return the ways to meet a shape on a duty; one that only forbids is met by nothing."""
        solver = self._solver
        paths = solver.objects(shape, SH.path)
        if paths:
            return self._path(paths[0], shape)
        members = [list(found) for found in solver.lists(shape, SH["or"])]
        if members:
            ways = [way for inner in members[0] for way in self._duty(inner)]
            return [way for way in ways if way] or [()]
        parts = [self._duty(inner) for found in solver.lists(shape, SH["and"]) for inner in found]
        parts += [self._duty(inner) for inner in solver.objects(shape, SH.node)]
        if solver.objects(shape, SH.sparql):
            parts.append([(_WITH_EVERY_MEMBER,)])
        joined: list[Need] = [()]
        for ways in parts:
            joined = [_joined(first, way, self._knowledge) for first in joined for way in ways]
        return joined

    def _path(self, path: Node, shape: Node) -> list[Need]:
        """Return the things that a duty must lead to along a path."""
        solver = self._solver
        first, *rest = solver.steps(path)
        if rest:
            return [(thing,) for thing in solver.along(rest[0], shape)]
        if first == HYTE.isJudgedBy:
            return [(_JUDGED,)]
        if not solver.number(shape, SH.qualifiedMinCount):
            return [()]
        found = [thing for inner in solver.objects(shape, SH.qualifiedValueShape) for thing in solver.things(inner)]
        return [(thing,) for thing in found]


def _preferred(ways: list[Need], *, answered: bool) -> list[Need]:
    """Return the ways that need an answer, or those that need none; all where there is no such way."""
    found = [way for way in ways if any(thing.is_of("Answer") for thing in way) == answered]
    return found or ways


def _joined(first: Need, second: Need, knowledge: Knowledge) -> Need:
    """Return two needs as one; what both can be met by is one thing."""
    things = list(first)
    for wanted in second:
        for at, thing in enumerate(things):
            both = united(thing, wanted, knowledge)
            if both is not None:
                things[at] = both
                break
        else:
            things.append(wanted)
    return tuple(things)
