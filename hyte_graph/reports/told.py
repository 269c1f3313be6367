"""Verdicts as the tables and lists of reports tell them: every cell a text in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hyte_graph.compliance.assessment import Assessment, Evidence, Verdict
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.reports.grouping import families
from hyte_graph.reports.page import Page
from hyte_graph.reports.plain import one_line, printable
from hyte_graph.store.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Told:
    """A verdict in the words of one language."""

    verdict: Verdict
    sign: str
    outcome: str
    family: str
    norm: str
    period: str  # its name, or nothing
    time: str  # its days
    strength: str
    citation: str
    link: str  # a web address, or nothing
    readings: str
    reasons: tuple[str, ...]
    remarks: tuple[str, ...]
    evidence: tuple[str, ...]
    missing: tuple[str, ...]
    untested: tuple[str, ...]
    repair: tuple[str, ...]
    changed_from: str  # in a what-if: the outcome without what is assumed, or nothing
    settled_by: str
    judgements: tuple[str, ...]

    @property
    def title(self) -> str:
        """Return what the duty is called: the norm and the period."""
        return f"{self.norm} ({self.period})" if self.period else self.norm

    @property
    def name(self) -> str:
        """Return the name of the duty, or of the norm and the organisation where there is no duty."""
        return self.verdict.duty or f"{self.verdict.norm.slug}--{self.verdict.actor.slug}"

    def days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day of the duty, None where there is none."""
        period = self.verdict.period
        opens = period.opens if period and period.opens != date.min else None
        return opens, period.closes if period else None


@dataclass(frozen=True, slots=True)
class Report:
    """One assessment in the words of one language, its verdicts by family, what applies first."""

    made: Assessment
    page: Page
    organisation: str
    verdicts: tuple[Told, ...]

    def basis(self) -> list[tuple[str, str]]:
        """Return what the assessment rests on: days, file, digest and versions, each with what it is."""
        files = [part for what, name, digest in self.page.files() for part in ((what, one_line(name)), _sum(digest))]
        report = (self.page.say("html-report-digest"), self.page.digest)
        return [*self.page.clocks(), *files, report, *self.page.versions()]

    def notes(self) -> list[str]:
        """Return what must be said before all else: that it is a what-if, and what every report says of itself."""
        return [*(one_line(mark) for mark in self.page.marks()), *caution(self.page.language)]

    def properties(self) -> dict[str, str]:
        """Return what the assessment rests on under names that no language changes."""
        made = self.made
        days = {"law-as-of": made.law_on, "facts-as-of": made.on, "known-as-of": made.known_on}
        known = {name: day.isoformat() for name, day in days.items()} | {"reference-date": made.reference_date}
        laid = [("assumed", file) for file in made.assumed] + [("judged", file) for file in made.judged]
        files = {f"{kind}-{at}": f"{one_line(file.name)} {file.digest}" for at, (kind, file) in enumerate(laid, 1)}
        sums = {"input-sha256": made.digest, "report-sha256": self.page.digest}
        return known | {"input": one_line(made.name), **sums, **files, **dict(made.versions)}


def _sum(digest: str) -> tuple[str, str]:
    return "SHA-256", digest


def tell(made: Assessment, knowledge: Knowledge, language: str) -> Report:
    """Return an assessment in the words of one language."""
    page = Page(made, knowledge, language)
    told = (_told(item, page, group.label) for group in families(made, knowledge) for item in group.verdicts)
    return Report(made, page, one_line(made.actor.label.within(language)), tuple(told))


def _told(verdict: Verdict, page: Page, family: Text) -> Told:
    norm = verdict.norm
    return Told(
        verdict=verdict,
        sign=page.symbol(verdict.outcome),
        outcome=page.code("outcome", verdict.outcome),
        family=one_line(page.text(family)),
        norm=one_line(page.text(norm.label)),
        period=page.period_name(verdict),
        time=page.period(verdict),
        strength=page.code("strength", norm.strength),
        citation=one_line(page.text(norm.provision.citation)),
        link=printable(page.address(page.text(norm.provision.link))),
        readings="; ".join(
            f"{page.code('reading', name)}: {page.code('outcome', value)}" for name, value in verdict.readings
        ),
        reasons=_texts(page, page.reasons(verdict)),
        remarks=_texts(page, verdict.remarks),
        evidence=tuple(told_evidence(item, page) for item in verdict.evidence),
        missing=_texts(page, verdict.missing),
        untested=_texts(page, verdict.untested),
        repair=_texts(page, verdict.repair),
        changed_from=page.code("outcome", verdict.changed_from) if verdict.changed_from else "",
        settled_by=page.say(f"settled-by-{verdict.settled_by}"),
        judgements=tuple(one_line(f"{opinion.told} – {opinion.standing}") for opinion in page.judgements(verdict)),
    )


def _texts(page: Page, texts: Iterable[Text]) -> tuple[str, ...]:
    return tuple(printable(page.text(text)) for text in texts)


def told_evidence(item: Evidence, page: Page) -> str:
    """Return a piece of evidence on one line: id, name, kind, sources."""
    sources = (" ".join(part for part in (source.title, source.url) if part) for source in item.sources)
    named = f"{item.id}: {page.text(item.label)} ({page.text(item.kind)})"
    return one_line("; ".join([named, *sources]))


def caution(language: str) -> list[str]:
    """Return what every report says of itself: silence is no breach, English is not official."""
    keys = ["html-caution", *(["html-unofficial"] if language == "en" else [])]
    return [say(key).within(language) for key in keys]
