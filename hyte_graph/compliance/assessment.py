"""What an assessment says: one verdict for each duty, with the trace that led to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from hyte_graph.compliance.outcomes import OUTCOMES, Outcome
from hyte_graph.languages import Text
from hyte_graph.model import Actor, Finding, Norm, Period


@dataclass(frozen=True, slots=True)
class Source:
    """A source of a piece of evidence."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact that counts for a duty."""

    id: str  # the local id in the description
    iri: str
    label: Text
    kind: Text
    certainty: str
    sources: tuple[Source, ...]
    line: int | None = None  # in the description, where its format has lines


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one duty, or of one norm that makes no duty for the actor."""

    norm: Norm
    actor: Actor
    period: Period | None
    outcome: Outcome
    readings: tuple[tuple[str, Outcome], ...]
    reasons: tuple[Text, ...]
    remarks: tuple[Text, ...]  # of the reasons, those on facts that do not count
    evidence: tuple[Evidence, ...]
    missing: tuple[Text, ...]
    untested: tuple[Text, ...]
    repair: tuple[Text, ...]
    rules: tuple[str, ...]  # IRIs of the rules that tested the duty

    @property
    def duty(self) -> str | None:
        """Return the name of the duty, or None where the norm makes none."""
        return f"{self.norm.slug}--{self.actor.slug}--{self.period.slug}" if self.period else None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdicts on one description for one day, by family, norm and period."""

    actor: Actor
    name: str  # of the file
    digest: str
    on: date  # law and facts as of
    known_on: date  # known as of
    reference_date: str
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    engine: str
    versions: tuple[tuple[str, str], ...]
    states_facts: bool

    def summary(self) -> dict[Outcome, int]:
        """Return how many verdicts there are of each outcome, every outcome named."""
        counted = Counter(verdict.outcome for verdict in self.verdicts)
        return {outcome: counted.get(outcome, 0) for outcome in OUTCOMES}
