"""What an assessment says: one verdict for each duty, with the trace that led to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hyte_graph.compliance.outcomes import OUTCOMES, Outcome
from hyte_graph.languages import Text
from hyte_graph.model import Actor, Finding, Norm, Period

_DIGITS = 12  # of a digest in a name


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
class Judgement:
    """What a person judged of a duty: no evidence, and no saying of the organisation."""

    id: str  # the local id in its file
    iri: str
    role: str
    day: str  # as told: a day, a month or a year
    reason: str
    outcome: Outcome
    sources: tuple[Source, ...]
    file: str  # the name of the file of judgements; empty where the description itself holds it
    settles: bool  # whether the outcome of the duty is what it says, and without it would not be


@dataclass(frozen=True, slots=True)
class File:
    """A file that an assessment rests on besides the description."""

    name: str
    digest: str


SettledBy = Literal["rules", "judgement", "law"]


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
    aside: tuple[tuple[str, Text], ...] = ()  # the local ids of the facts that the remarks are on, each with its own
    judgements: tuple[Judgement, ...] = ()  # the newest first
    changed_from: Outcome | None = None  # in a what-if: the outcome without what is assumed, where it is another

    @property
    def settled_by(self) -> SettledBy:
        """Return what the outcome rests on: the rules, a person, or the law alone, which asks nothing here."""
        if any(judgement.settles for judgement in self.judgements):
            return "judgement"
        return "rules" if self.rules else "law"

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
    law_on: date  # law as of
    on: date  # facts as of
    known_on: date  # known as of
    reference_date: str
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    engine: str
    versions: tuple[tuple[str, str], ...]
    states_facts: bool
    assumed: tuple[File, ...] = ()  # in a what-if: the files whose facts are only assumed
    judged: tuple[File, ...] = ()  # the files with what others judged

    @property
    def is_what_if(self) -> bool:
        """Return whether some facts are only assumed."""
        return bool(self.assumed)

    @property
    def basis(self) -> str:
        """Return a name of all that tells it from an ordinary assessment of the day; empty for such a one."""
        law = [f"law-{self.law_on}"] if self.law_on != self.on else []
        files = [file.digest[:_DIGITS] for file in (*self.assumed, *self.judged)]
        return "--".join([*law, *files])

    def changed(self) -> tuple[Verdict, ...]:
        """Return the verdicts that are what they are only by what is assumed."""
        return tuple(verdict for verdict in self.verdicts if verdict.changed_from)

    def judgements(self) -> tuple[tuple[Verdict, Judgement], ...]:
        """Return what persons judged, each with the verdict that it is about."""
        return tuple((verdict, item) for verdict in self.verdicts for item in verdict.judgements)

    def summary(self) -> dict[Outcome, int]:
        """Return how many verdicts there are of each outcome, every outcome named."""
        counted = Counter(verdict.outcome for verdict in self.verdicts)
        return {outcome: counted.get(outcome, 0) for outcome in OUTCOMES}
