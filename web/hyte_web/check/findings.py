"""What the page of a report shows of an assessment: all of it, or what the address asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.languages import Text
from hyte_graph.reports.grouping import IDLE, ORDER, families
from hyte_graph.reports.page import Page as Report
from hyte_graph.reports.page import Section
from hyte_graph.reports.pictures import Picture, timeline
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import iri

Value = Callable[[Verdict], str]
_VALUES: Mapping[str, Value] = {
    "outcome": lambda verdict: verdict.outcome,
    "family": lambda verdict: verdict.norm.family,
    "act": lambda verdict: verdict.norm.provision.act,
}
FACETS = tuple(_VALUES)


@dataclass(frozen=True, slots=True)
class Field:
    """A filter with its choices: the value, what it is called, and how many verdicts it leaves."""

    name: str
    choices: tuple[tuple[str, Text, int], ...]
    chosen: str


class Findings:
    """An assessment on its page; `wanted` names the value of each facet that the address asks for."""

    def __init__(self, made: Assessment, wanted: Mapping[str, str], knowledge: Knowledge, language: str) -> None:
        self.made = made
        self.wanted = {name: wanted[name] for name in FACETS if wanted.get(name)}
        self._knowledge = knowledge
        self.shown = [verdict for verdict in made.verdicts if self._fits(verdict)]
        self.whole = Report(made, knowledge, language)
        self.report = Report(replace(made, verdicts=tuple(self.shown)), knowledge, language)
        self.language = language

    def _fits(self, verdict: Verdict, besides: str = "") -> bool:
        """Return whether a verdict has every value that is asked for, those of one facet left out."""
        return all(_VALUES[name](verdict) == value for name, value in self.wanted.items() if name != besides)

    def word(self, key: str, **values: object) -> str:
        """Return a sentence of the reports."""
        return self.whole.say(key, **values)

    @property
    def picture(self) -> Picture | None:
        """Return the duties on an axis of years, where any has a period."""
        found = timeline(self.made, self._knowledge, self.language)
        return found if found.rows else None

    def sections(self) -> Sequence[Section]:
        """Return the verdicts that are shown, by family."""
        return self.report.sections

    def idle(self) -> list[Verdict]:
        """Return the verdicts that are shown and say that a norm does not apply."""
        return [verdict for _, found in self.report.idle() for verdict in found]

    def fields(self) -> list[Field]:
        """Return the filters, each with what the others leave to choose from."""
        return [self._field(name) for name in FACETS]

    def _field(self, name: str) -> Field:
        found = [_VALUES[name](verdict) for verdict in self.made.verdicts if self._fits(verdict, name)]
        choices = tuple((value, self._label(name, value), found.count(value)) for value in self._values(name) if value)
        return Field(name, choices, self.wanted.get(name, ""))

    def _values(self, name: str) -> list[str]:
        """Return the values that the assessment has of a facet, in the order of the report."""
        if name == "outcome":
            return [outcome for outcome in ORDER if self.made.summary()[outcome]]
        if name == "family":
            return [group.slug for group in families(self.made, self._knowledge)]
        return sorted({verdict.norm.provision.act for verdict in self.made.verdicts})

    def _label(self, name: str, value: str) -> Text:
        kinds = {"outcome": "outcome", "family": "subject", "act": "law"}
        return self._knowledge.label(iri(kinds[name], value))

    def counts(self) -> list[tuple[str, int]]:
        """Return how many verdicts there are of each outcome, those that ask for attention first."""
        counted = self.made.summary()
        return [(outcome, counted[outcome]) for outcome in ORDER]

    @staticmethod
    def is_idle(outcome: str) -> bool:
        """Return whether an outcome says that the norm does not apply."""
        return outcome in IDLE
