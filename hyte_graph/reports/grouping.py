"""Verdicts in the order in which people read them: by family, what applies first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.languages import Text
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import iri

ORDER: tuple[Outcome, ...] = (
    "not-fulfilled",
    "overdue",
    "contested",
    "partly-fulfilled",
    "needs-judgement",
    "guidance-gap",
    "evidence-missing",
    "not-yet-due",
    "fulfilled",
    "hypothetical",
    "not-in-force",
    "not-applicable",
)
"""The outcomes, those that ask for attention first."""

IDLE: frozenset[Outcome] = frozenset({"not-applicable", "not-in-force"})


@dataclass(frozen=True, slots=True)
class FamilyGroup:
    """The verdicts of one family of rules."""

    slug: str
    label: Text
    verdicts: tuple[Verdict, ...]


def families(assessment: Assessment, knowledge: Knowledge) -> list[FamilyGroup]:
    """Return the verdicts by family; families in which something applies come first, then by slug."""
    grouped: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in assessment.verdicts:
        grouped[verdict.norm.family].append(verdict)
    groups = [FamilyGroup(slug, knowledge.code("subject", slug), tuple(found)) for slug, found in grouped.items()]
    return sorted(groups, key=lambda group: (all(item.outcome in IDLE for item in group.verdicts), group.slug))


def symbol(outcome: Outcome, knowledge: Knowledge) -> str:
    """Return the sign of an outcome, which works without colour."""
    return knowledge.law.value(iri("outcome", outcome), "hasSymbol") or ""


def period_label(verdict: Verdict, language: str) -> str:
    """Return the period of a verdict in words: a year, the name of a council term, or nothing."""
    period = verdict.period
    if period is None or period.closes is None:
        return ""
    return period.term.label.within(language) if period.term else period.slug
