"""States by the sources alone: what is said of one obligation of an organisation, and the same as RDF for queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import PROV, RDF, XSD

from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.model import Actor, Period
from hyte_graph.store.obligations import SourceObligation
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import BASE, iri


@dataclass(frozen=True, slots=True)
class SourceState:
    """The state of one source-level obligation of an organisation for a period, by the sources alone."""

    obligation: SourceObligation
    actor: Actor
    period: Period | None
    state: str  # slug of a source-state
    verdicts: tuple[Verdict, ...]  # that the state was derived from
    missing: tuple[Text, ...]  # of what the sources ask

    @property
    def period_name(self) -> str:
        """Return a year, a council term, or "standing"."""
        return self.period.slug if self.period else "standing"


def source_state_graph(states: Sequence[SourceState], assessment: Assessment) -> Graph:
    """Return the states as RDF, each named under the same assessment as its verdicts are in the Turtle report."""
    graph = Graph(bind_namespaces="none")
    home = f"{BASE}id/assessment/{assessment.actor.slug}--{assessment.on.isoformat()}--{assessment.digest[:12]}"
    for state in states:
        node = URIRef(f"{home}/{state.obligation.identifier.lower()}--{state.period_name}")
        graph.add((node, RDF.type, HYTE.SourceState))
        graph.add((node, HYTE.isStateOf, URIRef(state.obligation.iri)))
        graph.add((node, HYTE.isStateAt, URIRef(state.actor.iri)))
        graph.add((node, HYTE.isAssessedOn, Literal(assessment.on.isoformat(), datatype=XSD.date)))
        graph.add((node, HYTE.hasSourceState, URIRef(iri("source-state", state.state))))
        graph.add((node, HYTE.hasPeriodName, Literal(state.period_name)))
        graph.add((node, PROV.wasGeneratedBy, URIRef(home)))
        _add_trace(graph, node, state)
    return graph


def _add_trace(graph: Graph, node: URIRef, state: SourceState) -> None:
    days = ((HYTE.startsOn, state.period.opens), (HYTE.endsOn, state.period.closes)) if state.period else ()
    for predicate, day in days:
        if day is not None:
            graph.add((node, predicate, Literal(day.isoformat(), datatype=XSD.date)))
    for verdict in state.verdicts:
        graph.add((node, HYTE.usesVerdictOn, URIRef(verdict.norm.iri)))
        for item in verdict.evidence:
            graph.add((node, PROV.wasDerivedFrom, URIRef(item.iri)))
    for text in state.missing:
        for language in LANGUAGES:
            graph.add((node, HYTE.lacksEvidence, Literal(text.within(language), lang=language)))
