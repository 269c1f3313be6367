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
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import iri

_DOCUMENT, _DECISION = str(HYTE.Document), str(HYTE.Decision)
_NOT_FOUND, _ANSWER, _JUDGEMENT = str(HYTE.NotFound), str(HYTE.Answer), str(HYTE.Judgement)
_Span = tuple[str, date, date | None]
_COUNCIL = URIRef(iri("organ-kind", "council"))


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


class DutyMaker:
    """Makes duties from the facts of one description."""

    def __init__(self, graph: Readable, facts: Facts) -> None:
        self._graph = graph
        self._facts = facts
        self._replies = self._by_norm()
        self._early = frozenset(self._decided_before_their_term())
        self._ended = tuple(fact for fact in facts.visible if self._has_ended(fact))
        self._within: dict[_Span, tuple[tuple[Fact, ...], tuple[Fact, ...]]] = {}

    def make(
        self, norm: Norm, actor: Actor, period: Period, looks_at: Iterable[str], reasons: tuple[Text, ...]
    ) -> Duty:
        """Return the duty of an actor for a period; `looks_at` are the classes that its rules look at."""
        classes = frozenset(looks_at)
        considers, aside = self._window(period)
        replies = [node for node in self._replies.get(norm.slug, ()) if self._is_for(node, period)]
        return Duty(
            iri=iri("duty", f"{norm.slug}--{actor.slug}--{period.slug}"),
            norm=norm,
            actor=actor,
            period=period,
            considers=_of(considers, classes),
            sets_aside=_of(aside, classes),
            recalls=_of(self._ended, classes),
            answers=tuple(node for node in replies if (node, RDF.type, HYTE.Answer) in self._graph),
            judgements=tuple(node for node in replies if (node, RDF.type, HYTE.Judgement) in self._graph),
            reasons=reasons,
        )

    def _window(self, period: Period) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
        """Return the facts that count for a period and those set aside, whatever the norm: found once a period."""
        span = period.slug, period.opens, period.closes
        if span not in self._within:
            facts = self._facts.visible
            counting = tuple(fact for fact in facts if self._counts(fact, period))
            self._within[span] = counting, tuple(fact for fact in facts if self._is_aside(fact, period))
        return self._within[span]

    def _by_norm(self) -> dict[str, list[Node]]:
        replies: dict[str, list[Node]] = {}
        for fact in self._facts.visible:
            norm = self._graph.value(fact.node, HYTE.isAboutNorm) if fact.classes & {_ANSWER, _JUDGEMENT} else None
            if norm is not None:
                replies.setdefault(str(norm).rsplit("/", 1)[-1], []).append(fact.node)
        return replies

    def _is_for(self, node: Node, period: Period) -> bool:
        """Return whether a reply is for the period; one that names neither year nor term is for every period."""
        return names_period(self._graph, node, period)

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


def _of(facts: Iterable[Fact], classes: frozenset[str]) -> tuple[Fact, ...]:
    """Return the facts of some classes."""
    return tuple(fact for fact in facts if not fact.classes.isdisjoint(classes))


def _year_start(period: Period) -> date:
    """Return the first day that counts: an event known only by its year counts for a year that began in mid-year."""
    return date(period.opens.year, 1, 1) if period.term is None else period.opens


def _same_term(term: Interval, period: Period) -> bool:
    return period.term is not None and term.first == period.term.starts


def names_period(graph: Readable, node: Node, period: Period) -> bool:
    """Return whether the years and terms that a node names include the period; naming none includes every one."""
    years = {str(year) for year in graph.objects(node, HYTE.forYear)}
    terms = {str(graph.value(term, HYTE.startsOn)) for term in graph.objects(node, HYTE.forTerm)}
    if not years and not terms:
        return True
    if period.term is not None:
        return period.term.starts.isoformat() in terms
    return period.slug in years


def duty_triples(duties: Iterable[Duty], on: date) -> Iterator[Statement]:
    """Yield the duties that the rules focus on, as triples."""
    for duty in duties:
        node = URIRef(duty.iri)
        yield node, RDF.type, HYTE.Duty
        yield node, RDF.type, URIRef(duty.norm.iri)
        yield node, HYTE.concretises, URIRef(duty.norm.iri)
        yield node, HYTE.isOwedBy, URIRef(duty.actor.iri)
        yield node, HYTE.opens, _literal(duty.period.opens)
        yield node, HYTE.isAssessedOn, _literal(on)
        if duty.period.closes:
            yield node, HYTE.closes, _literal(duty.period.closes)
        if duty.period.term:
            yield node, HYTE.isForTerm, URIRef(duty.period.term.iri)
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
