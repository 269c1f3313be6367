"""What a description declares beside its facts: that records are complete, and what a person found of a duty."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import URIRef
from rdflib.term import Node

from hyte_graph.compliance.duties import names_period
from hyte_graph.compliance.facts import Facts
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.model import Norm, Period
from hyte_graph.store.statements import Readable
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import iri, slug

_COMPLETENESS, _JUDGEMENT = str(HYTE.Completeness), str(HYTE.Judgement)


def is_complete(graph: Readable, facts: Facts, norm: Norm, period: Period) -> bool:
    """Return whether the records on the subject of a norm are declared complete for a period."""
    declared = [fact.node for fact in facts.of(_COMPLETENESS)]
    if not declared:
        return False
    subjects = {URIRef(iri("subject", name)) for name in (norm.recorded_under, norm.family)}
    return any(
        subjects & set(graph.objects(node, HYTE.hasSubject))
        and str(graph.value(node, HYTE.isComplete)) != "false"
        and names_period(graph, node, period)
        for node in declared
    )


def judgements(graph: Readable, facts: Facts, norm: Norm, period: Period) -> tuple[Node, ...]:
    """Return what persons judged of a norm for a period."""
    found = (fact.node for fact in facts.of(_JUDGEMENT))
    about = URIRef(norm.iri)
    return tuple(
        node for node in found if (node, HYTE.isAboutNorm, about) in graph and names_period(graph, node, period)
    )


def judged_outcome(graph: Readable, nodes: Iterable[Node]) -> Outcome | None:
    """Return the outcome of the newest judgement, or None where there is none."""
    dated = sorted((str(graph.value(node, HYTE.hasDate)), node) for node in nodes)
    if not dated:
        return None
    return slug(str(graph.value(dated[-1][1], HYTE.hasJudgedOutcome)))  # type: ignore[return-value]
