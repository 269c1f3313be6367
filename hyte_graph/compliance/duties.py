"""Duties: one node for each norm, actor and period, linked to the facts that the rules may look at.

The links carry all arithmetic of time, so the rules stay plain SHACL:
`considers` (stood or happened within the period), `setsAside` (presented for it, but outside), `recalls` (had ended).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from hyte_graph.compliance.facts import Fact, Facts
from hyte_graph.intake.dates import Interval
from hyte_graph.languages import Text
from hyte_graph.model import Actor, Norm, Period
from hyte_graph.store.statements import Readable, Statement
from hyte_graph.store.terms import HYTE, address
from hyte_graph.vocabulary import iri

_DOCUMENT, _DECISION = str(HYTE.Document), str(HYTE.Decision)
_NOT_FOUND, _ANSWER, _JUDGEMENT = str(HYTE.NotFound), str(HYTE.Answer), str(HYTE.Judgement)
_REPLIES = frozenset({_ANSWER, _JUDGEMENT})
_Named = tuple[frozenset[str], frozenset[str]]
_Span = tuple[str, date, date | None]
_COUNCIL = URIRef(iri("organ-kind", "council"))
_TYPE = RDF.type


@dataclass(frozen=True, slots=True)
class Duty:
    """A norm made concrete for one actor and one period."""

    iri: str
    norm: Norm
    actor: Actor
    period: Period
    considers: tuple[Fact, ...]
    sets_aside: tuple[Fact, ...]
    recalls: tuple[Fact, ...]
    answers: tuple[Node, ...]
    judgements: tuple[Node, ...]
    reasons: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class _Window:
    """The facts that count for a period, those set aside, and those that had ended."""

    counting: tuple[Fact, ...]
    aside: tuple[Fact, ...]
    ended: tuple[Fact, ...]

    def of(self, kinds: frozenset[frozenset[str]]) -> _Window:
        """Return the same for the facts of some kinds, each told by all its classes."""
        kept = (self.counting, self.aside, self.ended)
        return _Window(*(tuple(fact for fact in facts if fact.classes in kinds) for facts in kept))


class DutyMaker:
    """Makes duties from the facts of one description."""

    def __init__(self, graph: Readable, facts: Facts) -> None:
        self._graph = graph
        self._facts = facts
        self._replies = self._by_norm()
        self._named: dict[Node, _Named] = {}
        self._early = frozenset(self._decided_before_their_term())
        self._ended = tuple(fact for fact in facts.visible if self._has_ended(fact))
        self._kinds = frozenset(fact.classes for fact in facts.visible)
        self._matching: dict[frozenset[str], frozenset[frozenset[str]]] = {}
        self._within: dict[_Span, _Window] = {}
        self._looked_at: dict[tuple[_Span, frozenset[frozenset[str]]], _Window] = {}

    def make(
        self, norm: Norm, actor: Actor, period: Period, looks_at: frozenset[str], reasons: tuple[Text, ...]
    ) -> Duty:
        """Return the duty of an actor for a period; `looks_at` are the classes that its rules look at."""
        window = self._seen(period, looks_at)
        replies = [fact for fact in self._replies.get(norm.slug, ()) if self._is_for(fact.node, period)]
        return Duty(
            iri=iri("duty", f"{norm.slug}--{actor.slug}--{period.slug}"),
            norm=norm,
            actor=actor,
            period=period,
            considers=window.counting,
            sets_aside=window.aside,
            recalls=window.ended,
            answers=tuple(fact.node for fact in replies if _ANSWER in fact.classes),
            judgements=tuple(fact.node for fact in replies if _JUDGEMENT in fact.classes),
            reasons=reasons,
        )

    def _seen(self, period: Period, looks_at: frozenset[str]) -> _Window:
        """Return what a period holds of the kinds of facts that rules look at: found once for all that look alike."""
        if looks_at not in self._matching:
            self._matching[looks_at] = frozenset(kind for kind in self._kinds if not kind.isdisjoint(looks_at))
        key = (period.slug, period.opens, period.closes), self._matching[looks_at]
        if key not in self._looked_at:
            self._looked_at[key] = self._window(period).of(key[1])
        return self._looked_at[key]

    def _window(self, period: Period) -> _Window:
        """Return what a period holds, whatever the norm: found once a period."""
        span = period.slug, period.opens, period.closes
        if span not in self._within:
            facts = self._facts.visible
            counting = tuple(fact for fact in facts if self._counts(fact, period))
            aside = tuple(fact for fact in facts if self._is_aside(fact, period))
            self._within[span] = _Window(counting, aside, self._ended)
        return self._within[span]

    def _by_norm(self) -> dict[str, list[Fact]]:
        replies: dict[str, list[Fact]] = {}
        for fact in self._facts.visible:
            norm = None if fact.classes.isdisjoint(_REPLIES) else self._graph.value(fact.node, HYTE.isAboutNorm)
            if norm is not None:
                replies.setdefault(str(norm).rsplit("/", 1)[-1], []).append(fact)
        return replies

    def _is_for(self, node: Node, period: Period) -> bool:
        """Return whether a reply is for the period; one that names neither year nor term is for every period."""
        if node not in self._named:
            self._named[node] = named_periods(self._graph, node)
        return includes(self._named[node], period)

    def _counts(self, fact: Fact, period: Period) -> bool:
        if fact.is_of(_NOT_FOUND):
            return self._is_for(fact.node, period)
        if fact.is_event:
            return self._event_counts(fact, period)
        if period.term is not None and fact.is_of(_DOCUMENT):
            return self._is_of_term(fact, period)
        return self._facts.stands(fact, min(self._facts.on, period.closes or self._facts.on))

    def _event_counts(self, fact: Fact, period: Period) -> bool:
        if period.term is not None and fact.document is not None and not self._document_fits(fact, period):
            return False
        span = fact.happened
        if fact.year is not None and period.term is None and period.closes is not None:
            return fact.year == period.opens.year
        if fact.year is not None:
            span = Interval(date(fact.year, 1, 1), date(fact.year, 12, 31))
        if span is None:
            return period.closes is None
        return span.lies_within(_year_start(period), period.closes) if period.closes else span.last >= period.opens

    def _document_fits(self, fact: Fact, period: Period) -> bool:
        """Return whether the document of a decision was made for the term of the period."""
        return fact.term is not None and _same_term(fact.term, period)

    def _is_of_term(self, fact: Fact, period: Period) -> bool:
        if fact.term is not None:
            return _same_term(fact.term, period) and fact.node not in self._early
        return fact.period is not None and fact.period.meets(period.opens, period.closes)

    def _is_aside(self, fact: Fact, period: Period) -> bool:
        if period.term is None or fact.term is None or not _same_term(fact.term, period):
            return False
        if fact.is_of(_DECISION):
            return fact.happened is not None and fact.happened.last < period.opens
        return fact.node in self._early

    def _has_ended(self, fact: Fact) -> bool:
        return not fact.is_event and fact.ends is not None and fact.ends < self._facts.on

    def _decided_before_their_term(self) -> Iterator[Node]:
        """Yield the documents that the organisation's own council decided on only before the term they are for."""
        decisions: dict[Node, list[bool]] = {}
        for fact in self._facts.visible:
            by_council = (fact.node, HYTE.isTakenByOrganOfKind, _COUNCIL) in self._graph
            if by_council and fact.document is not None and fact.term and fact.happened:
                decisions.setdefault(fact.document, []).append(fact.happened.last < fact.term.first)
        yield from (document for document, early in decisions.items() if all(early))


def _year_start(period: Period) -> date:
    """Return the first day that counts: an event known only by its year counts for a year that began in mid-year."""
    return date(period.opens.year, 1, 1) if period.term is None else period.opens


def _same_term(term: Interval, period: Period) -> bool:
    return period.term is not None and term.first == period.term.starts


def names_period(graph: Readable, node: Node, period: Period) -> bool:
    """Return whether the years and terms that a node names include the period; naming none includes every one."""
    return includes(named_periods(graph, node), period)


def named_periods(graph: Readable, node: Node) -> _Named:
    """Return the years that a node names, and the first days of the terms."""
    years = frozenset(str(year) for year in graph.objects(node, HYTE.forYear))
    return years, frozenset(str(graph.value(term, HYTE.startsOn)) for term in graph.objects(node, HYTE.forTerm))


def includes(named: _Named, period: Period) -> bool:
    """Return whether years and terms include a period; none at all include every one."""
    years, terms = named
    if not years and not terms:
        return True
    if period.term is not None:
        return period.term.starts.isoformat() in terms
    return period.slug in years


def duty_triples(duties: Iterable[Duty], on: date) -> Iterator[Statement]:
    """Yield the duties that the rules focus on, as triples."""
    for duty in duties:
        node, norm = URIRef(duty.iri), address(duty.norm.iri)
        yield node, _TYPE, HYTE.Duty
        yield node, _TYPE, norm
        yield node, HYTE.concretises, norm
        yield node, HYTE.isOwedBy, address(duty.actor.iri)
        yield node, HYTE.opens, _literal(duty.period.opens)
        yield node, HYTE.isAssessedOn, _literal(on)
        if duty.period.closes:
            yield node, HYTE.closes, _literal(duty.period.closes)
        if duty.period.term:
            yield node, HYTE.isForTerm, address(duty.period.term.iri)
        yield from _links(node, duty)


def _links(node: URIRef, duty: Duty) -> Iterator[Statement]:
    links: tuple[tuple[URIRef, Iterable[Node]], ...] = (
        (HYTE.considers, (fact.node for fact in duty.considers)),
        (HYTE.setsAside, (fact.node for fact in duty.sets_aside)),
        (HYTE.recalls, (fact.node for fact in duty.recalls)),
        (HYTE.isAnsweredBy, duty.answers),
        (HYTE.isJudgedBy, duty.judgements),
    )
    for predicate, targets in links:
        for target in targets:
            yield node, predicate, target


@lru_cache(maxsize=1024)
def _literal(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD.date)
