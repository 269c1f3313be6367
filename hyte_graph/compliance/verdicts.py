"""Verdicts on duties for what the rules found of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hyte_graph.compliance.assessment import Verdict
from hyte_graph.compliance.catalogue import Catalogue
from hyte_graph.compliance.declared import is_complete, judged_outcome
from hyte_graph.compliance.duties import Duty
from hyte_graph.compliance.facts import Facts
from hyte_graph.compliance.judging import Judging
from hyte_graph.compliance.outcomes import Circumstances, Outcome, outcome, together
from hyte_graph.compliance.reasons import Judged, reasons_of
from hyte_graph.compliance.trace import repairs
from hyte_graph.compliance.windows import is_open
from hyte_graph.languages import Text
from hyte_graph.model import Actor, Norm, Rule
from hyte_graph.store.statements import Readable

_LACKS = ("silence", "stated-no", "contradiction")


@dataclass(frozen=True, slots=True)
class Tested:
    """What the rules found of one duty."""

    duty: Duty
    found: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """Judges the duties of one organisation."""

    graph: Readable
    facts: Facts
    catalogue: Catalogue
    judging: Judging
    unjudged: Mapping[str, tuple[Rule, ...]]  # what the rules find of duties, had nobody judged them
    on: date

    def judge(self, duties: Sequence[Duty], found: Mapping[str, tuple[Rule, ...]]) -> list[Verdict]:
        """Return the verdicts on duties by the rules that found something of them.

        A duty that waits for other norms comes after them.
        """
        done: dict[tuple[str, str], Outcome] = {}
        verdicts = []
        for duty in sorted(duties, key=lambda item: (bool(item.norm.due_with), item.iri)):
            verdict = self._verdict(Tested(duty, found.get(duty.iri, ())), done)
            done[duty.norm.slug, duty.period.slug] = verdict.outcome
            verdicts.append(verdict)
        return verdicts

    def _verdict(self, tested: Tested, done: dict[tuple[str, str], Outcome]) -> Verdict:
        duty, kinds, trace = tested.duty, _kinds(tested.found), self.judging.trace
        silent = "silence" in kinds
        judged = self._judged(tested, done)
        missing = _messages(tested.found, *(_LACKS if silent else (*_LACKS, "part-missing")))
        return Verdict(
            norm=duty.norm,
            actor=duty.actor,
            period=duty.period,
            outcome=judged.outcome,
            readings=judged.readings,
            reasons=reasons_of(judged, trace, self.on),
            remarks=() if judged.outcome == "fulfilled" else trace.set_aside(duty),
            aside=() if judged.outcome == "fulfilled" else trace.facts_set_aside(duty),
            evidence=judged.evidence,
            missing=missing,
            untested=() if silent else _messages(tested.found, "untested"),
            repair=repairs(judged.outcome, duty, missing, tested.found),
            rules=tuple(rule.iri for rule in self.catalogue.by_norm[duty.norm.slug]),
            judgements=self.judging.of(duty.judgements, settles=judged.is_settled),
        )

    def _judged(self, tested: Tested, done: dict[tuple[str, str], Outcome]) -> Judged:
        """Return the outcome of a duty, over its readings where it has several."""
        duty, kinds = tested.duty, _kinds(tested.found)
        waits, by_person = duty.norm.due_with, judged_outcome(self.graph, duty.judgements)
        is_ready = bool(waits) and all(done.get((norm, duty.period.slug)) == "fulfilled" for norm in waits)
        circumstances = Circumstances(
            is_open=is_open(duty.period, duty.norm, self.on) and not is_ready,
            is_complete=is_complete(self.graph, self.facts, duty.norm, duty.period),
            strength=duty.norm.strength,
            judged=by_person,
        )
        bare = replace(tested, found=self.unjudged.get(duty.iri, ()))
        result = _result(tested, circumstances)
        return Judged(
            duty=duty,
            outcome=result,
            readings=_readings(tested, circumstances),
            is_settled=bool(by_person) and result != _result(bare, replace(circumstances, judged=None)),
            circumstances=circumstances,
            is_ready=is_ready,
            is_both="stated-no" in kinds and "silence" not in kinds,
            evidence=() if "silence" in kinds else self.judging.trace.evidence(duty),
        )


def bare_verdict(norm: Norm, actor: Actor, result: Outcome, reasons: tuple[Text, ...]) -> Verdict:
    """Return the verdict on a norm that makes no duty."""
    return Verdict(norm, actor, None, result, (), reasons, (), (), (), (), (), ())


def _kinds(found: Iterable[Rule], reading: str | None = None) -> frozenset[str]:
    return frozenset(rule.finds for rule in found if rule.reading in (None, reading))


def _readings(tested: Tested, circumstances: Circumstances) -> tuple[tuple[str, Outcome], ...]:
    """Return the outcome by language version, where the versions of the norm differ."""
    names = tested.duty.norm.readings
    return tuple((name, outcome(_kinds(tested.found, name), circumstances)) for name in names)


def _result(tested: Tested, circumstances: Circumstances) -> Outcome:
    readings = _readings(tested, circumstances)
    return together(value for _, value in readings) if readings else outcome(_kinds(tested.found), circumstances)


def _messages(found: Iterable[Rule], *kinds: str) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(rule.message for rule in found if rule.finds in kinds))
