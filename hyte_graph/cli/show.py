"""hyte show: one thing of the graph, or how much of the law is executable."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator

from rdflib import Graph, URIRef

from hyte_graph.cli.lookup import actor_of, find, norm_of
from hyte_graph.compliance.catalogue import read_catalogue
from hyte_graph.compliance.coverage import Coverage, by_act, by_section, coverage, in_all
from hyte_graph.errors import UsageError
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.model import Norm, Rule
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.turtle import serialise
from hyte_graph.vocabulary import HYTE, iri, slug

_KINDS = ("norm", "duty", "rule", "act", "actor", "coverage")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("kind", choices=_KINDS, help="what to show")
    parser.add_argument("name", nargs="?", help="its slug; none for coverage")
    parser.add_argument("--sections", action="store_true", help="coverage by section, not by act")


def run(options: argparse.Namespace) -> int:
    """Print a thing."""
    knowledge = Knowledge.shipped()
    if options.kind == "coverage":
        lines = _coverage(knowledge, by_section if options.sections else by_act, options.lang)
    elif not options.name:
        raise UsageError(say("show-needs-name", kind=options.kind))
    else:
        lines = _SHEETS[options.kind](options.name, knowledge, options.lang)
    print("\n".join(lines))
    return 0


def _norm(name: str, knowledge: Knowledge, language: str) -> Iterator[str]:
    norm = norm_of(name, knowledge)
    yield from _sheet_head(norm, knowledge, language)
    for exception in norm.exceptions:
        kind = knowledge.label(_term(exception.kind)).within(language)
        yield f"{kind}: {exception.text.within(language)}"
    for condition in norm.conditions:
        yield f"{_word('Condition', knowledge, language)}: {condition.text.within(language)}"
    for evidence in norm.evidence:
        yield f"{_word('EvidenceType', knowledge, language)}: {evidence.within(language)}"
    if norm.note:
        yield f"({norm.note.within(language)})"
    for rule in read_catalogue(knowledge.shape_index).by_norm.get(norm.slug, ()):
        yield f"{rule.iri.rsplit('/', 1)[-1]}: {rule.message.within(language)}"
    if norm.not_checkable:
        yield say("reason-not-checkable", text=norm.not_checkable).within(language)


def _sheet_head(norm: Norm, knowledge: Knowledge, language: str) -> Iterator[str]:
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
        yield f"{knowledge.label(_term('appliesFrom')).within(language)}: {norm.applies_from}"
    if norm.applies_until:
        yield f"{knowledge.label(_term('appliesUntil')).within(language)}: {norm.applies_until}"


def _bearers(norm: Norm, knowledge: Knowledge, language: str) -> str:
    """Return whom a norm binds, guidance speaks to, or a draft would have bound."""
    predicate = {"DraftNorm": "wouldBind", "GuidanceNorm": "speaksTo"}.get(norm.kind, "binds")
    kinds = norm.binds or tuple(slug(kind) for kind in knowledge.law.values(norm.iri, predicate))
    listed = ", ".join(_bearer(kind, knowledge).within(language) for kind in kinds)
    return f"{_word(predicate, knowledge, language)}: {listed}"


def _bearer(kind: str, knowledge: Knowledge) -> Text:
    is_kind = iri("actor-kind", kind) in knowledge.law
    return knowledge.code("actor-kind", kind) if is_kind else knowledge.actors[kind].label


def _term(name: str) -> str:
    return HYTE + name


def _word(name: str, knowledge: Knowledge, language: str) -> str:
    return knowledge.label(_term(name)).within(language)


def _duty(name: str, knowledge: Knowledge, language: str) -> Iterator[str]:
    """Show the norm, the actor and the period that the name of a duty joins."""
    parts = slug(name).split("--")
    if len(parts) != 3:  # noqa: PLR2004
        raise UsageError(say("duty-name-wrong", value=name))
    actor = actor_of(parts[1], knowledge)
    yield f"{actor.label.within(language)} · {parts[2]}"
    yield from _norm(parts[0], knowledge, language)


def _rule(name: str, knowledge: Knowledge, language: str) -> Iterator[str]:
    catalogue = read_catalogue(knowledge.shape_index)
    rule = find("rule", name, {slug(address): rule for address, rule in catalogue.rules.items()})
    yield rule.message.within(language)
    yield f"{knowledge.code('finding-kind', rule.finds).within(language)} · {rule.norm}"
    yield ""
    yield _shape(rule, knowledge)


def _shape(rule: Rule, knowledge: Knowledge) -> str:
    """Return the shape with the evidence shapes that it counts, as Turtle."""
    graph = Graph(bind_namespaces="none")
    for address in (rule.iri, *rule.counts):
        graph += knowledge.shapes.cbd(URIRef(address))
    return serialise(graph)


def _act(name: str, knowledge: Knowledge, language: str) -> Iterator[str]:
    match = re.fullmatch(r"(\d+)/(\d{4})", name)
    acts = {norm.provision.act: norm.provision.act for norm in knowledge.norms.values() if norm.provision.act}
    act = find("act", f"{match[2]}-{match[1]}" if match else name, acts)
    yield knowledge.label(iri("law", act)).within(language)
    for norm in knowledge.norms.values():
        if norm.provision.act == act:
            yield f"{norm.provision.citation.within(language)}: {norm.label.within(language)}  [{norm.slug}]"


def _actor(name: str, knowledge: Knowledge, language: str) -> Iterator[str]:
    actor = actor_of(name, knowledge)
    yield f"{actor.label.within(language)} · {actor.iri}"
    yield ", ".join(knowledge.code("actor-kind", kind).within(language) for kind in sorted(actor.kinds))
    for language_name in ("fi", "sv", "en"):
        yield f"{language_name}: {actor.label.within(language_name)}"
    county = knowledge.law.value(actor.iri, "isPartOfCounty")
    if county:
        yield f"{_word('isPartOfCounty', knowledge, language)}: {knowledge.label(county).within(language)}"
    if actor.members:
        yield ", ".join(knowledge.actors[member].label.within(language) for member in actor.members)


def _coverage(knowledge: Knowledge, place: Callable[[Norm], str], language: str) -> Iterator[str]:
    yield say("coverage-head").within(language)
    for row in coverage(knowledge, place):
        yield _row(row, knowledge.label(iri("law", row.place)).within(language))
    yield _row(coverage(knowledge, in_all)[0], say("coverage-all").within(language))


def _row(row: Coverage, label: str) -> str:
    return (
        f"{row.norms:>5} {row.duties:>5} {row.executable:>5} {row.declared:>5} {row.norms - row.duties:>5}"
        f" {row.executable_sentences:>4}/{row.sentences:<4} {row.share:>5.0%}  {label}"
    )


_SHEETS: dict[str, Callable[[str, Knowledge, str], Iterator[str]]] = {
    "norm": _norm,
    "duty": _duty,
    "rule": _rule,
    "act": _act,
    "actor": _actor,
}
