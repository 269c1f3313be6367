"""The Turtle report: the SHACL report, an EARL assertion for each verdict, and PROV on how they came about."""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, SH, SKOS, XSD
from rdflib.term import Node

from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.model import Finding, Period
from hyte_graph.reports import json_report
from hyte_graph.reports.marks import marks
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import HYTE
from hyte_graph.store.turtle import serialise
from hyte_graph.vocabulary import BASE, FOREIGN, description_base, iri

_EARL = Namespace(FOREIGN["earl"])


def render(assessments: Sequence[Assessment], knowledge: Knowledge) -> str:
    """Return assessments as canonical Turtle; the same input gives the same bytes."""
    return serialise(report_graph(assessments, knowledge))


def report_graph(assessments: Sequence[Assessment], knowledge: Knowledge) -> Graph:
    """Return assessments as a graph."""
    graph = Graph(bind_namespaces="none")
    for assessment in assessments:
        _Writer(graph, assessment, knowledge).write()
    return graph


def assessment_iri(assessment: Assessment) -> str:
    """Return the address of an assessment: the organisation, the day, and what else it rests on."""
    parts = (assessment.actor.slug, assessment.on.isoformat(), assessment.digest[:12], assessment.basis)
    return f"{BASE}id/assessment/" + "--".join(part for part in parts if part)


class _Writer:
    def __init__(self, graph: Graph, assessment: Assessment, knowledge: Knowledge) -> None:
        self._graph = graph
        self._assessment = assessment
        self._knowledge = knowledge
        self._home = assessment_iri(assessment)

    def write(self) -> None:
        self._activity()
        report = URIRef(f"{self._home}/report")
        self._add(report, RDF.type, SH.ValidationReport)
        self._add(report, PROV.wasGeneratedBy, URIRef(self._home))
        self._add(report, SH.conforms, Literal(not self._assessment.findings))
        for finding in self._assessment.findings:
            self._result(report, finding)
        for verdict in self._assessment.verdicts:
            self._assertion(verdict)
        self._add(report, HYTE.describes, URIRef(self._assessment.actor.iri))
        told = URIRef(f"{self._home}/report.json")
        self._add(told, RDF.type, PROV.Entity)
        self._add(told, PROV.wasGeneratedBy, URIRef(self._home))
        self._add(told, HYTE.hasDigest, Literal(json_report.digest(self._assessment)))

    def _add(self, subject: Node, predicate: Node, value: Node) -> None:
        self._graph.add((subject, predicate, value))

    def _spoken(self, subject: Node, predicate: Node, text: Text) -> None:
        for language in LANGUAGES:
            self._add(subject, predicate, Literal(text.within(language), lang=language))

    def _activity(self) -> None:
        node, made = URIRef(self._home), self._assessment
        self._add(node, RDF.type, HYTE.Assessment)
        days = ((HYTE.appliesLawOf, made.law_on), (HYTE.isAssessedOn, made.on), (HYTE.isKnownAsOf, made.known_on))
        for predicate, day in days:
            self._add(node, predicate, Literal(day.isoformat(), datatype=XSD.date))
        for predicate, files in ((HYTE.assumes, made.assumed), (HYTE.hearsJudgementsOf, made.judged)):
            for file in files:
                self._add(node, predicate, Literal(f"{file.name} {file.digest}"))
        for mark in marks(made, self._knowledge):
            self._spoken(node, SKOS.note, mark)
        self._add(node, PROV.used, URIRef(description_base(made.actor.slug)))
        self._add(URIRef(description_base(made.actor.slug)), HYTE.hasDigest, Literal(made.digest))
        for name, version in made.versions:
            agent = URIRef(f"{self._home}/{name}")
            self._add(node, PROV.wasAssociatedWith, agent)
            self._add(agent, RDF.type, PROV.SoftwareAgent)
            self._add(agent, DCTERMS.title, Literal(name))
            self._add(agent, DCTERMS.hasVersion, Literal(version))

    def _result(self, report: Node, finding: Finding) -> None:
        node = BNode()
        self._add(report, SH.result, node)
        self._add(node, RDF.type, SH.ValidationResult)
        self._add(node, SH.focusNode, URIRef(finding.focus))
        self._add(node, SH.sourceShape, URIRef(finding.shape))
        self._add(node, SH.sourceConstraintComponent, URIRef(finding.component))
        self._add(node, SH.resultSeverity, SH[finding.severity])
        if finding.path:
            self._add(node, SH.resultPath, URIRef(finding.path))
        for literal in self._knowledge.shapes.objects(URIRef(finding.shape), SH.message):
            self._add(node, SH.resultMessage, literal)

    def _assertion(self, verdict: Verdict) -> None:
        period = verdict.period.slug if verdict.period else "none"
        node = URIRef(f"{self._home}/{verdict.norm.slug}--{period}")
        result = URIRef(f"{node}--result")
        self._add(node, RDF.type, HYTE.Verdict)
        self._add(node, RDF.type, _EARL.Assertion)
        self._add(node, PROV.wasGeneratedBy, URIRef(self._home))
        self._add(node, _EARL.mode, _EARL.manual if verdict.settled_by == "judgement" else _EARL.automatic)
        self._add(node, _EARL.subject, URIRef(verdict.actor.iri))
        self._add(node, _EARL.test, URIRef(verdict.norm.iri))
        self._add(node, _EARL.assertedBy, URIRef(f"{self._home}/hyte-graph"))
        self._add(node, _EARL.result, result)
        for text in verdict.missing:
            self._spoken(node, HYTE.tellsMissing, text)
        if verdict.duty and verdict.period:
            duty = URIRef(iri("duty", verdict.duty))
            self._add(node, HYTE.concretises, duty)
            self._duty(duty, verdict, verdict.period)
        self._outcome(result, verdict)

    def _duty(self, node: URIRef, verdict: Verdict, period: Period) -> None:
        self._add(node, RDF.type, HYTE.Duty)
        self._add(node, HYTE.concretises, URIRef(verdict.norm.iri))
        self._add(node, HYTE.isOwedBy, URIRef(verdict.actor.iri))
        self._add(node, SKOS.notation, Literal(period.slug))
        self._add(node, HYTE.opens, Literal(period.opens.isoformat(), datatype=XSD.date))
        if period.closes:
            self._add(node, HYTE.closes, Literal(period.closes.isoformat(), datatype=XSD.date))
        if period.term:
            self._add(node, HYTE.isForTerm, URIRef(period.term.iri))

    def _outcome(self, result: URIRef, verdict: Verdict) -> None:
        self._add(result, RDF.type, _EARL.TestResult)
        self._add(result, HYTE.hasOutcome, URIRef(iri("outcome", verdict.outcome)))
        mapped = self._knowledge.law.value(iri("outcome", verdict.outcome), "mapsToEarl")
        if mapped:
            self._add(result, _EARL.outcome, URIRef(mapped))
        self._add(result, DCTERMS.source, URIRef(verdict.norm.provision.iri))
        for text in verdict.reasons:
            self._spoken(result, _EARL.info, text)
        settling = (item.iri for item in verdict.judgements if item.settles)
        for address in (*(item.iri for item in verdict.evidence), *settling):
            self._add(result, PROV.wasDerivedFrom, URIRef(address))
        if verdict.changed_from:
            self._add(result, HYTE.wouldHaveOutcome, URIRef(iri("outcome", verdict.changed_from)))
