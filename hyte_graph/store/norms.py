"""Norms, read off the ontology."""

from __future__ import annotations

from hyte_graph.languages import Text
from hyte_graph.model import Condition, Norm, NormException, Provision
from hyte_graph.store.triples import Triples
from hyte_graph.vocabulary import HYTE, slug


def read_norm(triples: Triples, node: str, kind: str) -> Norm:
    """Return the norm that a node of the ontology stands for."""
    return Norm(
        slug=slug(node),
        iri=node,
        kind=kind,
        label=triples.text(node, "skos:prefLabel"),
        definition=triples.text(node, "skos:definition"),
        provision=_provision(triples, node),
        binds=_slugs(triples, node, "binds") or _slugs(triples, node, "speaksTo"),
        recurrence=_code(triples, node, "recurs"),
        family=_code(triples, node, "belongsToFamily"),
        recorded_under=_code(triples, node, "isRecordedUnder"),
        strength=_code(triples, node, "hasStrength"),
        review_state=_code(triples, node, "hasReviewState"),
        status=_code(triples, node, "hasNormStatus"),
        applies_from=triples.day(node, "appliesFrom"),
        applies_until=triples.day(node, "appliesUntil"),
        first_due_by=triples.day(node, "isFirstDueBy"),
        exceptions=tuple(_exception(triples, item) for item in triples.values(node, "hasException")),
        conditions=tuple(_condition(triples, item) for item in triples.values(node, "hasCondition")),
        evidence=tuple(triples.text(item, "rdfs:label") for item in triples.values(node, "expectsEvidence")),
        readings=_slugs(triples, node, "hasReading"),
        due_with=_slugs(triples, node, "isDueWith"),
        note=triples.optional_text(node, "skos:editorialNote"),
        not_checkable=triples.optional_text(node, "isNotCheckableBecause"),
    )


def _code(triples: Triples, node: str, predicate: str) -> str:
    return slug(triples.value(node, predicate) or "")


def _slugs(triples: Triples, node: str, predicate: str) -> tuple[str, ...]:
    return tuple(slug(item) for item in triples.values(node, predicate))


def _provision(triples: Triples, node: str) -> Provision:
    source = triples.value(node, "dcterms:source")
    if source is None:
        label = triples.optional_text(node, "hyte:citation") or Text.same("")
        return Provision(node, label, "", "")
    return Provision(
        iri=source,
        citation=triples.text(source, "rdfs:label"),
        act=slug(_act(triples, source)),
        link=(triples.values(source, "rdfs:seeAlso") or [""])[0],
    )


def _act(triples: Triples, provision: str) -> str:
    """Return the act that a provision is part of."""
    above = triples.value(provision, "eli:is_part_of") or triples.value(provision, "dcterms:isPartOf")
    return _act(triples, above) if above else provision


def _exception(triples: Triples, node: str) -> NormException:
    kind = next(item for item in triples.values(node, "rdf:type") if item.startswith(HYTE))
    exempts, replaced = triples.value(node, "exempts"), triples.value(node, "isReplacedByNorm")
    return NormException(
        iri=node,
        kind=slug(kind),
        text=triples.text(node, "rdfs:label"),
        exempts=slug(exempts) if exempts else None,
        warrants=tuple(triples.text(item, "rdfs:label") for item in triples.values(node, "hasWarrant")),
        replaced_by=slug(replaced) if replaced else None,
        first_due_by=triples.day(node, "isFirstDueBy"),
        applies_from=triples.day(node, "appliesFrom"),
    )


def _condition(triples: Triples, node: str) -> Condition:
    return Condition(node, triples.text(node, "rdfs:label"), _slugs(triples, node, "requiresKind"))


