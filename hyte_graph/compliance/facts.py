"""The facts of a description with their days: what stood, happened and was known on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rdflib.namespace import RDF
from rdflib.term import Node

from hyte_graph.intake.dates import Interval, interval
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.statements import Readable
from hyte_graph.store.terms import HYTE

_GONE = ("expired", "superseded")
_TYPE = RDF.type


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; `happened` is the interval of an event, `lasts` the days of a state."""

    node: Node
    classes: frozenset[str]
    is_event: bool
    happened: Interval | None
    year: int | None  # the calendar year that the description says it counts for
    starts: date | None
    ends: date | None
    term: Interval | None  # the council term that it, or its document, was made for
    period: Interval | None  # the years that a document covers
    registered: date | None
    document: Node | None
    is_gone: bool = False  # expired or superseded on the reference date

    def is_of(self, address: str) -> bool:
        """Return whether the fact is of a class."""
        return address in self.classes


class Facts:
    """The facts of one description that had happened and were known on a day."""

    def __init__(self, graph: Readable, knowledge: Knowledge, on: date, known_on: date) -> None:
        self._graph = graph
        self._knowledge = knowledge
        self._reference = _reference(graph)
        self.on = on
        self._above: dict[frozenset[str], frozenset[str]] = {}
        everything = sorted(self._all(), key=lambda fact: str(fact.node))
        hidden = {fact.node for fact in everything if not self._is_visible(fact, known_on)}
        self.hidden = frozenset(hidden)
        self.visible = tuple(fact for fact in everything if fact.node not in hidden)
        self._of: dict[str, tuple[Fact, ...]] = {}

    def of(self, address: str) -> tuple[Fact, ...]:
        """Return the visible facts of a class."""
        if address not in self._of:
            self._of[address] = tuple(fact for fact in self.visible if address in fact.classes)
        return self._of[address]

    def _all(self) -> Iterator[Fact]:
        fact, event = str(HYTE.Fact), str(HYTE.EventFact)
        for node in set(self._graph.subjects(_TYPE)):
            classes = self._classes(frozenset(map(str, self._graph.objects(node, _TYPE))))
            if fact in classes:
                yield self._fact(node, classes, is_event=event in classes)

    def _classes(self, direct: frozenset[str]) -> frozenset[str]:
        """Return some classes and all above them: one object for things of the same classes."""
        if direct not in self._above:
            self._above[direct] = frozenset[str]().union(*map(self._knowledge.superclasses, direct))
        return self._above[direct]

    def _fact(self, node: Node, classes: frozenset[str], *, is_event: bool) -> Fact:
        graph = self._graph
        document = graph.value(node, HYTE.concerns)
        happened = _interval(graph, node, HYTE.hasDate, HYTE.hasEndDate)
        year = graph.value(node, HYTE.countsForYear)
        start = _interval(graph, node, HYTE.startsOn) or _interval(graph, node, HYTE.isSetUpOn)
        end = _interval(graph, node, HYTE.endsOn)
        covers = _period(graph, node)
        return Fact(
            node=node,
            classes=classes,
            is_event=is_event,
            happened=happened,
            year=int(str(year)) if year is not None else None,
            starts=start.first if start else (covers.first if covers and not is_event else None),
            ends=end.last if end else (covers.last if covers and not is_event else None),
            term=_term(graph, document or node),
            period=covers,
            registered=_last(graph, node, HYTE.isRegisteredOn),
            document=document,
            is_gone=str(graph.value(node, HYTE.hasStatus) or "").rsplit("/", 1)[-1] in _GONE,
        )

    def _is_visible(self, fact: Fact, known_on: date) -> bool:
        if fact.registered and fact.registered > known_on:
            return False
        return not fact.is_event or self._has_happened(fact)

    def _has_happened(self, fact: Fact) -> bool:
        """Return whether the event surely lies on or before the day."""
        if str(self._graph.value(fact.node, HYTE.isAfterReferenceDate)) == "true" and self._is_past_reference():
            return False
        span = fact.happened
        if span is None:
            return fact.year is None or fact.year <= self.on.year
        return span.last <= self.on or (span.first <= self.on and not self._is_past_reference(strictly=True))

    def _is_past_reference(self, *, strictly: bool = False) -> bool:
        """Return whether the day lies before the reference date of the file (or there is none)."""
        if self._reference is None:
            return strictly
        return self.on < self._reference if strictly else self.on <= self._reference

    def stands(self, fact: Fact, day: date) -> bool:
        """Return whether a state stood on a day; an unknown start or end is taken as far off."""
        if (fact.starts and fact.starts > day) or (fact.ends and fact.ends < day):
            return False
        return not fact.is_gone or (self._reference is not None and day < self._reference)


def _interval(graph: Readable, node: Node, start: Node, end: Node | None = None) -> Interval | None:
    first = graph.value(node, start)
    span = interval(str(first)) if first is not None else None
    last = graph.value(node, end) if end is not None else None
    closing = interval(str(last)) if last is not None else None
    return Interval(span.first, closing.last) if span and closing else span


def _period(graph: Readable, node: Node) -> Interval | None:
    first, last = graph.value(node, HYTE.periodStart), graph.value(node, HYTE.periodEnd)
    start = interval(str(first)) if first is not None else None
    end = interval(str(last)) if last is not None else None
    if start is None and end is None:
        return None
    return Interval(start.first if start else date.min, end.last if end else date.max)


def _term(graph: Readable, node: Node) -> Interval | None:
    term = graph.value(node, HYTE.isMadeForTerm)
    if term is None:
        return None
    start, end = _interval(graph, term, HYTE.startsOn), _interval(graph, term, HYTE.endsOn)
    return Interval(start.first, end.last) if start and end else None


def _last(graph: Readable, node: Node, predicate: Node) -> date | None:
    span = _interval(graph, node, predicate)
    return span.last if span else None


def _reference(graph: Readable) -> date | None:
    """Return the day for which the description tells its statuses."""
    for value in graph.objects(None, HYTE.hasReferenceDate):
        span = interval(str(value))
        return span.last if span else None
    return None
