"""The Turtle report: the SHACL report, an EARL assertion for each verdict, and PROV on how they came about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import SH, URIRef

from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.model import Finding, Period
from hyte_graph.reports import json_report
from hyte_graph.reports.marks import marks
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import term_of
from hyte_graph.store.turtle import serialise
from hyte_graph.vocabulary import BASE, description_base, full, iri

if TYPE_CHECKING:
    from datetime import date

    from hyte_graph.store.answers import Term


def render(assessments: Sequence[Assessment], knowledge: Knowledge) -> str:
    """Return assessments as canonical Turtle; the same input gives the same bytes."""
    return serialise(report_triples(assessments, knowledge))


def report_triples(assessments: Sequence[Assessment], knowledge: Knowledge) -> list[Triple]:
    """Return assessments as triples, each once."""
    found: dict[Triple, None] = {}
    for assessment in assessments:
        _Writer(found, assessment, knowledge).write()
    return list(found)


def assessment_iri(assessment: Assessment) -> str:
    """Return the address of an assessment: the organisation, the day, and what else it rests on."""
    parts = (assessment.actor.slug, assessment.on.isoformat(), assessment.digest[:12], assessment.basis)
    return f"{BASE}id/assessment/" + "--".join(part for part in parts if part)


@cache
def _name(prefixed: str) -> NamedNode:
    """Return the node of a name such as `sh:result`, of which the vocabularies have few."""
    return NamedNode(full(prefixed))


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=_name("xsd:date"))


class _Writer:
    def __init__(self, found: dict[Triple, None], assessment: Assessment, knowledge: Knowledge) -> None:
        self._found = found
        self._assessment = assessment
        self._knowledge = knowledge
        self._home = assessment_iri(assessment)

    def write(self) -> None:
        self._activity()
        report = NamedNode(f"{self._home}/report")
        self._add(report, "rdf:type", _name("sh:ValidationReport"))
        self._add(report, "prov:wasGeneratedBy", NamedNode(self._home))
        self._add(report, "sh:conforms", Literal(not self._assessment.findings))
        for finding in self._assessment.findings:
            self._result(report, finding)
        for verdict in self._assessment.verdicts:
            self._assertion(verdict)
        self._add(report, "hyte:describes", NamedNode(self._assessment.actor.iri))
        told = NamedNode(f"{self._home}/report.json")
        self._add(told, "rdf:type", _name("prov:Entity"))
        self._add(told, "prov:wasGeneratedBy", NamedNode(self._home))
        self._add(told, "hyte:hasDigest", Literal(json_report.digest(self._assessment)))

    def _add(self, subject: NamedNode | BlankNode, predicate: str, value: Term) -> None:
        self._found[Triple(subject, _name(predicate), value)] = None

    def _spoken(self, subject: NamedNode, predicate: str, text: Text) -> None:
        for language in LANGUAGES:
            self._add(subject, predicate, Literal(text.within(language), language=language))

    def _activity(self) -> None:
        node, made = NamedNode(self._home), self._assessment
        self._add(node, "rdf:type", _name("hyte:Assessment"))
        days = (("hyte:appliesLawOf", made.law_on), ("hyte:isAssessedOn", made.on), ("hyte:isKnownAsOf", made.known_on))
        for predicate, day in days:
            self._add(node, predicate, _day(day))
        for predicate, files in (("hyte:assumes", made.assumed), ("hyte:hearsJudgementsOf", made.judged)):
            for file in files:
                self._add(node, predicate, Literal(f"{file.name} {file.digest}"))
        for mark in marks(made, self._knowledge):
            self._spoken(node, "skos:note", mark)
        self._add(node, "prov:used", NamedNode(description_base(made.actor.slug)))
        self._add(NamedNode(description_base(made.actor.slug)), "hyte:hasDigest", Literal(made.digest))
        for name, version in made.versions:
            agent = NamedNode(f"{self._home}/{name}")
            self._add(node, "prov:wasAssociatedWith", agent)
            self._add(agent, "rdf:type", _name("prov:SoftwareAgent"))
            self._add(agent, "dcterms:title", Literal(name))
            self._add(agent, "dcterms:hasVersion", Literal(version))

    def _result(self, report: NamedNode, finding: Finding) -> None:
        node = BlankNode()
        self._add(report, "sh:result", node)
        self._add(node, "rdf:type", _name("sh:ValidationResult"))
        self._add(node, "sh:focusNode", NamedNode(finding.focus))
        self._add(node, "sh:sourceShape", NamedNode(finding.shape))
        self._add(node, "sh:sourceConstraintComponent", NamedNode(finding.component))
        self._add(node, "sh:resultSeverity", _name(f"sh:{finding.severity}"))
        if finding.path:
            self._add(node, "sh:resultPath", NamedNode(finding.path))
        for literal in self._knowledge.shapes.objects(URIRef(finding.shape), SH.message):
            self._add(node, "sh:resultMessage", term_of(literal))

    def _assertion(self, verdict: Verdict) -> None:
        period = verdict.period.slug if verdict.period else "none"
        node = NamedNode(f"{self._home}/{verdict.norm.slug}--{period}")
        result = NamedNode(f"{node.value}--result")
        self._add(node, "rdf:type", _name("hyte:Verdict"))
        self._add(node, "rdf:type", _name("earl:Assertion"))
        self._add(node, "prov:wasGeneratedBy", NamedNode(self._home))
        self._add(node, "earl:mode", _name(f"earl:{'manual' if verdict.settled_by == 'judgement' else 'automatic'}"))
        self._add(node, "earl:subject", NamedNode(verdict.actor.iri))
        self._add(node, "earl:test", NamedNode(verdict.norm.iri))
        self._add(node, "earl:assertedBy", NamedNode(f"{self._home}/hyte-graph"))
        self._add(node, "earl:result", result)
        for text in verdict.missing:
            self._spoken(node, "hyte:tellsMissing", text)
        if verdict.duty and verdict.period:
            duty = NamedNode(iri("duty", verdict.duty))
            self._add(node, "hyte:concretises", duty)
            self._duty(duty, verdict, verdict.period)
        self._outcome(result, verdict)

    def _duty(self, node: NamedNode, verdict: Verdict, period: Period) -> None:
        self._add(node, "rdf:type", _name("hyte:Duty"))
        self._add(node, "hyte:concretises", NamedNode(verdict.norm.iri))
        self._add(node, "hyte:isOwedBy", NamedNode(verdict.actor.iri))
        self._add(node, "skos:notation", Literal(period.slug))
        self._add(node, "hyte:opens", _day(period.opens))
        if period.closes:
            self._add(node, "hyte:closes", _day(period.closes))
        if period.term:
            self._add(node, "hyte:isForTerm", NamedNode(period.term.iri))

    def _outcome(self, result: NamedNode, verdict: Verdict) -> None:
        self._add(result, "rdf:type", _name("earl:TestResult"))
        self._add(result, "hyte:hasOutcome", NamedNode(iri("outcome", verdict.outcome)))
        mapped = self._knowledge.law.value(iri("outcome", verdict.outcome), "mapsToEarl")
        if mapped:
            self._add(result, "earl:outcome", NamedNode(mapped))
        self._add(result, "dcterms:source", NamedNode(verdict.norm.provision.iri))
        for text in verdict.reasons:
            self._spoken(result, "earl:info", text)
        settling = (item.iri for item in verdict.judgements if item.settles)
        for address in (*(item.iri for item in verdict.evidence), *settling):
            self._add(result, "prov:wasDerivedFrom", NamedNode(address))
        if verdict.changed_from:
            self._add(result, "hyte:wouldHaveOutcome", NamedNode(iri("outcome", verdict.changed_from)))
