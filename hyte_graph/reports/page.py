"""What a report for people asks of an assessment, in one language: the HTML page, the PDF and the Word document."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from hyte_graph.compliance.assessment import Assessment, Source, Verdict
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.languages import Text
from hyte_graph.messages import say, spoken_as_told, spoken_day
from hyte_graph.model import Provision
from hyte_graph.reports import json_report
from hyte_graph.reports.grouping import IDLE, ORDER, FamilyGroup, families, period_label, symbol
from hyte_graph.reports.marks import judged, marks, standing
from hyte_graph.reports.templating import initial
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import iri

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)
_LANGUAGE_OF_ADDRESS = re.compile(r"https?://[^/]+/(fi|sv)/")
_VERSIONS = {"hyte-graph": "html-package", "ontology": "html-ontology", "rules": "html-rules"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the summary; `target` is the id that its word leads to, empty where nothing has the outcome."""

    outcome: Outcome
    count: int
    target: str


@dataclass(frozen=True, slots=True)
class Section:
    """The verdicts of one family that are no mere "does not apply", by norm."""

    slug: str
    label: Text
    norms: tuple[tuple[Verdict, ...], ...]

    @property
    def verdicts(self) -> list[Verdict]:
        return [verdict for norm in self.norms for verdict in norm]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a person judged of a verdict, in words: by whom, when and why, and whether it settles the outcome."""

    verdict: Verdict
    norm: str
    told: str
    standing: str
    sources: tuple[Source, ...]


class Page:
    """What the template asks of an assessment, in one language."""

    def __init__(self, assessment: Assessment, knowledge: Knowledge, language: str) -> None:
        self._assessment = assessment
        self._knowledge = knowledge
        self.language = language
        self.sections = [_section(group) for group in families(assessment, knowledge)]
        self.sections = [section for section in self.sections if section.norms]
        self.title = self.say("html-title", name=assessment.actor.label, on=assessment.on)

    def say(self, key: str, **values: object) -> str:
        """Return a sentence."""
        return self.text(say(key, **values))

    def text(self, text: Text) -> str:
        """Return a text in the language of the page."""
        return text.within(self.language)

    def code(self, kind: str, slug: str) -> str:
        """Return the word for a code."""
        return self.text(self._knowledge.code(kind, slug))

    def symbol(self, outcome: Outcome) -> str:
        """Return the sign of an outcome."""
        return symbol(outcome, self._knowledge)

    def meaning(self, outcome: Outcome) -> str:
        """Return what an outcome means."""
        return self.text(self._knowledge.law.text(iri("outcome", outcome), "skos:definition"))

    def other_names(self) -> list[tuple[str, str]]:
        """Return the names of the organisation in the other official languages, with those languages."""
        label = self._assessment.actor.label
        names = [(language, label.within(language)) for language in ("fi", "sv") if language != self.language]
        return [(language, name) for language, name in names if name != self.text(label)]

    def clocks(self) -> list[tuple[str, str]]:
        """Return the days that the assessment rests on, with what they are."""
        made = self._assessment
        return [
            (self.say("html-law-as-of"), self._day(made.law_on)),
            (self.say("html-facts-as-of"), self._day(made.on)),
            (self.say("html-known-as-of"), self._day(made.known_on)),
            (self.say("html-reference"), spoken_as_told(made.reference_date, self.language) or "–"),
        ]

    def files(self) -> list[tuple[str, str, str]]:
        """Return the files that the assessment rests on: what each is, its name and its digest."""
        made = self._assessment
        assumed = ((self.say("what-if-file"), file.name, file.digest) for file in made.assumed)
        told = ((self.say("judgement-file"), file.name, file.digest) for file in made.judged)
        return [(self.say("html-file"), made.name, made.digest), *assumed, *told]

    @cached_property
    def digest(self) -> str:
        """Return the digest of the report itself, which is that of its JSON."""
        return json_report.digest(self._assessment)

    def marks(self) -> list[str]:
        """Return what must be said first of an assessment that is no ordinary one."""
        return [self.text(text) for text in marks(self._assessment, self._knowledge)]

    def judgements(self, of: Verdict | None = None) -> list[Opinion]:
        """Return what persons judged, of one verdict or of all."""
        return [
            Opinion(
                verdict,
                self.text(verdict.norm.label),
                self.text(judged(item, self._knowledge)),
                self.text(standing(item)),
                item.sources,
            )
            for verdict in (self._assessment.verdicts if of is None else (of,))
            for item in verdict.judgements
        ]

    def versions(self) -> list[tuple[str, str]]:
        """Return the versions that the assessment rests on, with what they are of."""
        made = self._assessment
        named = [(name, f"{name} {version}" if name == made.engine else version) for name, version in made.versions]
        keys = _VERSIONS | {made.engine: "html-engine"}
        return [(self.say(keys[name]) if name in keys else name, version) for name, version in named]

    def _day(self, day: date) -> str:
        return spoken_day(day, self.language)

    def summary(self) -> list[Row]:
        """Return one row for each outcome, those that ask for attention first."""
        counted = self._assessment.summary()
        first: dict[Outcome, str] = {outcome: outcome for outcome in IDLE}
        for section in reversed(self.sections):
            first |= {verdict.outcome: self.anchor(verdict) for verdict in reversed(section.verdicts)}
        return [Row(outcome, counted[outcome], first[outcome] if counted[outcome] else "") for outcome in ORDER]

    def counts(self, section: Section) -> list[tuple[Outcome, int]]:
        """Return how many verdicts of each outcome a section has."""
        counted = Counter(verdict.outcome for verdict in section.verdicts)
        return [(outcome, counted[outcome]) for outcome in ORDER if counted[outcome]]

    def idle(self) -> list[tuple[Outcome, list[Verdict]]]:
        """Return the norms that do not apply, by kind."""
        verdicts = self._assessment.verdicts
        kinds = ((kind, [verdict for verdict in verdicts if verdict.outcome == kind]) for kind in ORDER if kind in IDLE)
        return [(kind, found) for kind, found in kinds if found]

    def anchor(self, verdict: Verdict) -> str:
        """Return the id of a verdict on the page."""
        return f"{verdict.norm.slug}--{verdict.period.slug}" if verdict.period else verdict.norm.slug

    def period_name(self, verdict: Verdict) -> str:
        """Return the name of a period that ends, or nothing."""
        return period_label(verdict, self.language)

    def period(self, verdict: Verdict) -> str:
        """Return the period of a duty with its days, or nothing where the norm makes no duty or tells no time."""
        period = verdict.period
        if period is None or period.opens == date.min:
            return ""
        if period.closes is None:
            return self.say("html-period-standing", opens=period.opens)
        name = self.period_name(verdict)
        return self.say("html-period-closed", name=initial(name), opens=period.opens, closes=period.closes)

    def reasons(self, verdict: Verdict) -> list[Text]:
        """Return the reasons that are no remarks on facts; those have their own list."""
        return [text for text in verdict.reasons if text not in verdict.remarks]

    def link(self, provision: Provision) -> tuple[str, str]:
        """Return the official address of a provision and the language that it is in; empty where it has none."""
        address = self.address(self.text(provision.link))
        found = _LANGUAGE_OF_ADDRESS.match(address)
        return address, found[1] if found else ""

    def address(self, told: str) -> str:
        """Return a web address if it is one that a link may lead to, else nothing."""
        return told if _WEB_ADDRESS.fullmatch(told) else ""


def _section(group: FamilyGroup) -> Section:
    shown = [verdict for verdict in group.verdicts if verdict.outcome not in IDLE]
    norms = tuple(tuple(found) for _, found in groupby(shown, key=lambda verdict: verdict.norm.slug))
    return Section(group.slug, group.label, norms)
