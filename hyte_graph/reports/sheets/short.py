"""Short sheets, line by line: a norm, a duty, a rule, an act, an actor, how much of the law is executable."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rdflib import Graph, URIRef

from hyte_graph.compliance.catalogue import read_catalogue
from hyte_graph.compliance.coverage import Coverage, coverage, in_all
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import say
from hyte_graph.model import Actor, Norm, Rule
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import triples_of
from hyte_graph.store.turtle import serialise
from hyte_graph.vocabulary import HYTE, iri, slug


def norm_lines(norm: Norm, knowledge: Knowledge, language: str) -> Iterator[str]:
    """Yield what a norm says, its exceptions and conditions, what evidence it expects, and what its rules find."""
    yield from _norm_head(norm, knowledge, language)
    for exception in norm.exceptions:
        yield f"{_word(exception.kind, knowledge, language)}: {exception.text.within(language)}"
    for condition in norm.conditions:
        yield f"{_word('Condition', knowledge, language)}: {condition.text.within(language)}"
    for evidence in norm.evidence:
        yield f"{_word('EvidenceType', knowledge, language)}: {evidence.within(language)}"
    if norm.note:
        yield f"({norm.note.within(language)})"
    for rule in read_catalogue(knowledge.shape_index).by_norm.get(norm.slug, ()):
        yield f"{slug(rule.iri)}: {rule.message.within(language)}"
    if norm.not_checkable:
        yield say("reason-not-checkable", text=norm.not_checkable).within(language)


def _norm_head(norm: Norm, knowledge: Knowledge, language: str) -> Iterator[str]:
    yield norm.label.within(language)
    yield f"{norm.provision.citation.within(language)}  {norm.provision.link.within(language)}"
    yield norm.definition.within(language)
    yield f"{norm.slug} · {norm.iri}"
    codes = (("recurrence", norm.recurrence), ("strength", norm.strength), ("norm-status", norm.status))
    facets = [knowledge.code(kind, code).within(language) for kind, code in codes]
    facets += [knowledge.code("review-state", norm.review_state).within(language)]
    yield " · ".join(facets)
    yield _bearers(norm, knowledge, language)
    if norm.applies_from:
        yield f"{_word('appliesFrom', knowledge, language)}: {norm.applies_from}"
    if norm.applies_until:
        yield f"{_word('appliesUntil', knowledge, language)}: {norm.applies_until}"


def _bearers(norm: Norm, knowledge: Knowledge, language: str) -> str:
    """Return whom a norm binds, guidance speaks to, or a draft would have bound."""
    predicate = {"DraftNorm": "wouldBind", "GuidanceNorm": "speaksTo"}.get(norm.kind, "binds")
    kinds = norm.binds or tuple(slug(kind) for kind in knowledge.law.values(norm.iri, predicate))
    listed = ", ".join(_bearer(kind, knowledge).within(language) for kind in kinds)
    return f"{_word(predicate, knowledge, language)}: {listed}"


def _bearer(kind: str, knowledge: Knowledge) -> Text:
    is_kind = iri("actor-kind", kind) in knowledge.law
    return knowledge.code("actor-kind", kind) if is_kind else knowledge.actors[kind].label


def _word(name: str, knowledge: Knowledge, language: str) -> str:
    return knowledge.label(HYTE + name).within(language)


def duty_lines(norm: Norm, actor: Actor, period: str, knowledge: Knowledge, language: str) -> Iterator[str]:
    """Yield the actor and the period of a duty, then its norm."""
    yield f"{actor.label.within(language)} · {period}"
    yield from norm_lines(norm, knowledge, language)


def rule_lines(rule: Rule, knowledge: Knowledge, language: str) -> Iterator[str]:
    """Yield what a rule finds, then its shape with the evidence shapes that it counts, as Turtle."""
    yield rule.message.within(language)
    yield f"{knowledge.code('finding-kind', rule.finds).within(language)} · {rule.norm}"
    yield ""
    graph = Graph(bind_namespaces="none")
    for address in (rule.iri, *rule.counts):
        graph += knowledge.shapes.cbd(URIRef(address))
    yield serialise(triples_of(graph))


def act_lines(act: str, knowledge: Knowledge, language: str) -> Iterator[str]:
    """Yield the name of an act, by its slug, and the norms that it states."""
    yield knowledge.label(iri("law", act)).within(language)
    for norm in knowledge.norms.values():
        if norm.provision.act == act:
            yield f"{norm.provision.citation.within(language)}: {norm.label.within(language)}  [{norm.slug}]"


def actor_lines(actor: Actor, knowledge: Knowledge, language: str) -> Iterator[str]:
    """Yield the names of an actor, its kinds and its members."""
    yield f"{actor.label.within(language)} · {actor.iri}"
    yield ", ".join(knowledge.code("actor-kind", kind).within(language) for kind in sorted(actor.kinds))
    for name in LANGUAGES:
        yield f"{name}: {actor.label.within(name)}"
    county = knowledge.law.value(actor.iri, "isPartOfCounty")
    if county:
        yield f"{_word('isPartOfCounty', knowledge, language)}: {knowledge.label(county).within(language)}"
    if actor.members:
        yield ", ".join(knowledge.actors[member].label.within(language) for member in actor.members)


def coverage_lines(knowledge: Knowledge, place: Callable[[Norm], str], language: str) -> Iterator[str]:
    """Yield how much of the law is executable, by place and in all."""
    yield say("coverage-head").within(language)
    for row in coverage(knowledge, place):
        yield _row(row, knowledge.label(iri("law", row.place)).within(language))
    yield _row(coverage(knowledge, in_all)[0], say("coverage-all").within(language))


def _row(row: Coverage, label: str) -> str:
    return (
        f"{row.norms:>5} {row.duties:>5} {row.executable:>5} {row.declared:>5} {row.norms - row.duties:>5}"
        f" {row.executable_sentences:>4}/{row.sentences:<4} {row.share:>5.0%}  {label}"
    )
