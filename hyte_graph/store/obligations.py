"""What the five source documents ask, as single obligations: a part of the library that a check does not read."""

from __future__ import annotations

from dataclasses import dataclass

from hyte_graph.languages import Text
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.triples import Triples
from hyte_graph.vocabulary import HYTE, slug


@dataclass(frozen=True, slots=True)
class SourceObligation:
    """One thing that the sources ask or tell of an organisation, and how its state follows from verdicts on norms."""

    identifier: str  # such as "OBL-WSC-06"
    iri: str
    label: Text
    group: str
    severity: str
    rests_on: str  # slug of a strength: what it rests on by the sources
    checkability: tuple[str, ...]
    states: frozenset[str]  # that it can take, besides not-applicable
    expected_of: tuple[str, ...]  # kinds of actors, or slugs of actors
    drawn_from: tuple[str, ...]  # slugs of statements
    shown_by: Text
    compared_with: tuple[str, ...]  # slugs of norms on the same matter
    takes_from: tuple[str, ...]  # slugs of the norms whose verdicts give the state
    not_asked: frozenset[str]  # IRIs of rules on parts that the statute asks but the sources do not
    only_part: frozenset[str]  # IRIs of rules on the part that is all the sources ask
    shown_by_facts: frozenset[str]  # IRIs of classes of facts that give a person something to judge
    reading: str | None
    ignores_open_term: bool
    is_draft: bool

    @property
    def needs_person(self) -> bool:
        """Return whether only a person can say that what is shown is enough."""
        return "judgement" in self.checkability


def read_obligations(knowledge: Knowledge) -> tuple[SourceObligation, ...]:
    """Return what the sources ask, the drafts of 2017 included, by identifier."""
    index = knowledge.triples
    nodes = [*index.of_class(HYTE + "SourceObligation"), *index.of_class(HYTE + "DraftObligation")]
    return tuple(sorted((_obligation(index, node) for node in nodes), key=lambda found: found.identifier))


def _obligation(index: Triples, node: str) -> SourceObligation:
    is_draft = node in index.of_class(HYTE + "DraftObligation")
    return SourceObligation(
        identifier=str(index.value(node, "dcterms:identifier")),
        iri=node,
        label=index.text(node, "rdfs:label"),
        group=_slug(index, node, "belongsToGroup"),
        severity=_slug(index, node, "hasSeverity"),
        rests_on=_slug(index, node, "restsBySourcesOn"),
        checkability=_slugs(index, node, "hasCheckability"),
        states=frozenset(_slugs(index, node, "canTakeState")),
        expected_of=_slugs(index, node, "isExpectedOf"),
        drawn_from=_slugs(index, node, "isDrawnFrom"),
        shown_by=index.text(node, "wouldBeShownBy" if is_draft else "isShownBy"),
        compared_with=_slugs(index, node, "comparesNorm"),
        takes_from=_slugs(index, node, "takesStateFrom"),
        not_asked=frozenset(index.values(node, "doesNotAsk")),
        only_part=frozenset(index.values(node, "asksOnlyPart")),
        shown_by_facts=frozenset(index.values(node, "isShownByFactsOf")),
        reading=_slug(index, node, "followsReading") or None,
        ignores_open_term=index.value(node, "ignoresOpenTerm") == "true",
        is_draft=is_draft,
    )


def _slugs(index: Triples, node: str, predicate: str) -> tuple[str, ...]:
    return tuple(slug(item) for item in index.values(node, predicate))


def _slug(index: Triples, node: str, predicate: str) -> str:
    return slug(index.value(node, predicate) or "")
