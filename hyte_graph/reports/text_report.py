"""The report for a terminal: words and signs, grouped by family, readable without colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.languages import Text
from hyte_graph.messages import say, spoken_as_told
from hyte_graph.reports import json_report
from hyte_graph.reports.grouping import IDLE, ORDER, families, period_label, symbol
from hyte_graph.reports.marks import judged, marks, standing
from hyte_graph.store.knowledge import Knowledge

_WIDTH = 100
_SILENT = ("evidence-missing", "not-yet-due")


def render(assessments: Sequence[Assessment], knowledge: Knowledge, language: str, *, verbose: bool = False) -> str:
    """Return assessments as text; several end with a table that compares them."""
    parts = [_Writer(made, knowledge, language, verbose=verbose).text() for made in assessments]
    if len(parts) > 1:
        parts.append(_comparison(assessments, knowledge, language))
    return "\n".join(parts)


class _Writer:
    def __init__(self, assessment: Assessment, knowledge: Knowledge, language: str, *, verbose: bool) -> None:
        self._made = assessment
        self._knowledge = knowledge
        self._language = language
        self._verbose = verbose

    def text(self) -> str:
        lines = [*self._head(), *self._families(), *self._idle(), *self._judgements(), *self._summary()]
        return "\n".join(line.rstrip() for line in lines) + "\n"

    def _say(self, key: str, **values: object) -> str:
        return say(key, **values).within(self._language)

    def _head(self) -> Iterator[str]:
        made = self._made
        title = self._say("text-title", name=made.actor.label, on=made.on)
        yield from (title, "=" * len(title))
        if made.actor.is_fictitious:
            yield self._say("text-fictitious")
        for mark in marks(made, self._knowledge):
            yield from textwrap.wrap(f"! {mark.within(self._language)}", _WIDTH, subsequent_indent="  ")
        days = {"law": made.law_on, "on": made.on, "known": made.known_on}
        reference = spoken_as_told(made.reference_date, self._language) or "–"
        yield self._say("text-clocks", **days, reference=reference)
        yield self._say("text-input", name=made.name, digest=made.digest)
        for key, files in (("what-if-file", made.assumed), ("judgement-file", made.judged)):
            yield from (f"{self._say(key)}: {file.name}  SHA-256 {file.digest}" for file in files)
        yield f"{self._say('html-report-digest')}: {json_report.digest(made)}"
        yield ", ".join(f"{name} {version}" for name, version in made.versions)
        yield self._say("text-caution")

    def _families(self) -> Iterator[str]:
        for group in families(self._made, self._knowledge):
            shown = [verdict for verdict in group.verdicts if self._verbose or verdict.outcome not in IDLE]
            if shown:
                label = group.label.within(self._language)
                yield from ("", label[:1].upper() + label[1:], "-" * len(label))
                for verdict in shown:
                    yield from self._verdict(verdict)

    def _verdict(self, verdict: Verdict) -> Iterator[str]:
        norm = verdict.norm
        word = self._knowledge.code("outcome", verdict.outcome).within(self._language)
        period = period_label(verdict, self._language)
        label = norm.label.within(self._language) + (f" ({period})" if period else "")
        yield f"{symbol(verdict.outcome, self._knowledge)} {word.upper()}: {label}"
        yield f"    {norm.provision.citation.within(self._language)}  {norm.provision.link.within(self._language)}"
        if verdict.readings:
            spoken = (f"{name}: {self._outcome(value)}" for name, value in verdict.readings)
            yield from self._listed("text-reading", ["; ".join(spoken)])
        yield from self._listed("text-why", self._reasons(verdict))
        if verdict.judgements:
            yield from self._listed("settled-by", [self._say(f"settled-by-{verdict.settled_by}")])
        yield from self._listed("text-evidence", self._evidence(verdict))
        if verdict.outcome not in _SILENT or self._verbose:
            yield from self._texts("text-missing", verdict.missing)
        yield from self._texts("text-untested", verdict.untested)
        yield from self._texts("text-repair", verdict.repair)

    def _outcome(self, value: str) -> str:
        return self._knowledge.code("outcome", value).within(self._language)

    def _reasons(self, verdict: Verdict) -> list[str]:
        """Return the reasons; of what is only silent, those on facts that do not count, unless all are asked for."""
        compact = verdict.outcome in _SILENT and not self._verbose and not verdict.changed_from
        return [text.within(self._language) for text in (verdict.remarks if compact else verdict.reasons)]

    def _evidence(self, verdict: Verdict) -> list[str]:
        return [
            f"{item.id} {item.label.within(self._language)} ({item.kind.within(self._language)})"
            + "".join(f"\n{source.title} {source.url}" for source in item.sources)
            for item in verdict.evidence
        ]

    def _texts(self, key: str, texts: Iterable[Text]) -> Iterator[str]:
        yield from self._listed(key, [text.within(self._language) for text in texts])

    def _listed(self, key: str, items: Iterable[str]) -> Iterator[str]:
        for item in items:
            first, *rest = item.split("\n")
            yield from textwrap.wrap(
                f"{self._say(key)}: {first}",
                _WIDTH,
                initial_indent="    ",
                subsequent_indent="      ",
                break_long_words=False,
                break_on_hyphens=False,
            )
            yield from (f"      {line}" for line in rest)

    def _idle(self) -> Iterator[str]:
        idle = [verdict for verdict in self._made.verdicts if verdict.outcome in IDLE]
        if idle and not self._verbose:
            yield from ("", self._say("text-idle", count=len(idle)))

    def _judgements(self) -> Iterator[str]:
        found = self._made.judgements()
        if found:
            label = self._say("judgement-section")
            yield from ("", label, "-" * len(label), self._say("judgement-section-lead"))
        for verdict, item in found:
            period = period_label(verdict, self._language)
            yield verdict.norm.label.within(self._language) + (f" ({period})" if period else "")
            told = judged(item, self._knowledge).within(self._language)
            for line in (told, standing(item).within(self._language)):
                yield from textwrap.wrap(line, _WIDTH, initial_indent="    ", subsequent_indent="      ")
            yield from (f"      {source.title} {source.url}" for source in item.sources)

    def _summary(self) -> Iterator[str]:
        summary = self._made.summary()
        label = self._say("text-summary")
        title = f"{label} – {self._made.actor.label.within(self._language)}"
        yield from ("", title, "-" * len(title))
        for outcome in ORDER:
            if summary[outcome]:
                yield f"{symbol(outcome, self._knowledge)} {self._outcome(outcome):<24}{summary[outcome]:>5}"


def _comparison(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> str:
    """Return a table of organisations by outcome."""
    shown = [outcome for outcome in ORDER if any(made.summary()[outcome] for made in assessments)]
    title = say("text-comparison").within(language)
    head = f"{'':<40}" + "".join(f"{symbol(outcome, knowledge):>5}" for outcome in shown)
    rows = [
        f"{made.actor.label.within(language)[:39]:<40}" + "".join(f"{made.summary()[outcome]:>5}" for outcome in shown)
        for made in assessments
    ]
    key = [f"{symbol(outcome, knowledge)} {knowledge.code('outcome', outcome).within(language)}" for outcome in shown]
    return "\n".join([title, "=" * len(title), head, *rows, "", *textwrap.wrap(", ".join(key), _WIDTH)]) + "\n"
