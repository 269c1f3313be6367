"""Norms, read off the ontology."""

from __future__ import annotations

from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import say
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
        return _guidance(triples, node)
    return read_provision(triples, source)


def read_provision(triples: Triples, node: str) -> Provision:
    """Return the provision that a node of the ontology stands for, with the official address of its act."""
    act = _act(triples, node)
    return Provision(node, triples.text(node, "rdfs:label"), slug(act), _links(triples, act))


def _links(triples: Triples, act: str) -> Text:
    """Return the official addresses of an act; there is no English one."""
    found = {address.split("/")[3]: address for address in triples.values(act, "rdfs:seeAlso")}
    finnish = found.get("fi", "")
    return Text(finnish, found.get("sv", finnish), finnish)


def _guidance(triples: Triples, node: str) -> Provision:
    """Return what guidance is cited by: that it is no law, and the provisions that it touches."""
    related = [triples.value(item, "dcterms:source") for item in triples.values(node, "relatesToNorm")]
    citations = [triples.text(item, "rdfs:label") for item in related if item]
    kind = "cite-local" if _code(triples, node, "hasStrength") == "local" else "cite-guidance"
    if not citations:
        return Provision(node, say(kind, touches=""), "", Text.same(""))
    listed = Text(*("; ".join(text.within(language) for text in citations) for language in LANGUAGES))
    return Provision(node, say(kind, touches=say("cite-touches", provisions=listed)), "", Text.same(""))


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
