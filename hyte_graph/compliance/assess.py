"""assess(description, knowledge, on=…): the stages from a description to verdicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rdflib import URIRef
from rdflib.term import Node

from hyte_graph.compliance.actors import described_actor
from hyte_graph.compliance.applicability import Applicability, applicability, is_describable
from hyte_graph.compliance.assessment import Assessment, File, Verdict
from hyte_graph.compliance.catalogue import read_catalogue
from hyte_graph.compliance.declared import is_complete, judged_outcome
from hyte_graph.compliance.duties import Duty, DutyMaker, duty_graph
from hyte_graph.compliance.engines import Engine, engine
from hyte_graph.compliance.facts import Facts
from hyte_graph.compliance.findings import find
from hyte_graph.compliance.judging import Judging, check_judged
from hyte_graph.compliance.outcomes import BREACHES, Circumstances, Outcome, outcome, together
from hyte_graph.compliance.reasons import Judged, judged_reason, reasons_of
from hyte_graph.compliance.seen import members, merged, visible
from hyte_graph.compliance.soundness import check_soundness
from hyte_graph.compliance.trace import Trace, repairs
from hyte_graph.compliance.windows import is_open, periods
from hyte_graph.errors import UndecidedError
from hyte_graph.intake.description import Description
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.model import Actor, Finding, Norm, Rule
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import HYTE
from hyte_graph.versions import versions

_LACKS = ("silence", "stated-no", "contradiction")
_STATED = ("Body", "Role", "Document", "Decision", "Negotiation", "Agreement", "Procedure", "Monitoring", "Cooperation")


def assess(
    description: Description,
    knowledge: Knowledge,
    *,
    on: date,
    known_on: date | None = None,
    law_on: date | None = None,
    include_drafts: bool = False,
    checker: Engine | None = None,
) -> Assessment:
    """Return the verdicts on a description for a day.

    Args:
        description: what the organisation says of itself.
        knowledge: the law, the registers and the rules.
        on: the day: facts as of.
        known_on: facts registered after this day are not known; the day itself unless told.
        law_on: the day whose law is applied; the day itself unless told.
        include_drafts: whether to show the norms of drafts, as hypothetical.
        checker: the SHACL engine; the project's own unless told.

    Raises:
        FilingError: the description is not sound.
        UndecidedError: the checks could not be carried out.
    """
    checker = checker or engine()
    run = _Run(description, knowledge, Clocks(law_on or on, on, known_on or on), checker)
    return run.assessment(include_drafts=include_drafts)


@dataclass(frozen=True, slots=True)
class Clocks:
    """The three days of an assessment."""

    law: date  # which norms apply
    facts: date  # what had happened, and which periods are closed
    known: date  # what had been registered


@dataclass(frozen=True, slots=True)
class _Tested:
    """What the rules found of one duty."""

    duty: Duty
    found: tuple[Rule, ...]


class _Run:
    """One assessment, stage by stage."""

    def __init__(self, description: Description, knowledge: Knowledge, clocks: Clocks, checker: Engine) -> None:
        self._description = description
        self._knowledge = knowledge
        self._clocks = clocks
        self._on = clocks.facts
        self._checker = checker
        self._catalogue = read_catalogue(knowledge.shape_index)
        self._facts = Facts(description.graph, knowledge, clocks.facts, clocks.known)
        self._graph = visible(description.graph, self._facts, knowledge)
        self._unjudged: dict[str, tuple[Rule, ...]] = {}  # what the rules find of duties, had nobody judged them

    def assessment(self, *, include_drafts: bool) -> Assessment:
        actor = described_actor(self._description, self._knowledge)
        applicable = [(norm, applicability(norm, actor, self._clocks.law, self._knowledge)) for norm in self._norms()]
        duties = self._duties(actor, [found for _, found in applicable if found.state == "applies"])
        findings = self._validate(actor, duties)
        self._check_judged(applicable, duties)
        self._unjudged = self._found(self._without_judgements(actor, duties))
        verdicts = [self._idle(norm, actor, found) for norm, found in applicable if found.state != "applies"]
        verdicts += self._unchecked(actor, applicable)
        verdicts += self._judge(duties, findings)
        if include_drafts:
            verdicts += [self._hypothetical(norm, actor) for norm in self._drafts()]
        return self._assembled(actor, verdicts, findings)

    def _assembled(self, actor: Actor, verdicts: list[Verdict], findings: Sequence[Finding]) -> Assessment:
        ordered = sorted(verdicts, key=lambda item: (item.norm.slug, item.period.opens if item.period else date.min))
        reference = next(self._description.graph.objects(None, HYTE.hasReferenceDate), "")
        return Assessment(
            actor=actor,
            name=self._description.name,
            digest=self._description.digest,
            law_on=self._clocks.law,
            on=self._on,
            known_on=self._clocks.known,
            reference_date=str(reference),
            verdicts=tuple(ordered),
            findings=tuple(findings),
            engine=self._checker.name,
            versions=versions(self._checker.name),
            states_facts=self._states_facts(),
            assumed=tuple(File(file.name, file.digest) for file in self._description.assumed),
            judged=tuple(File(file.name, file.digest) for file in self._description.judged),
        )

    def _check_judged(self, applicable: Iterable[tuple[Norm, Applicability]], duties: Iterable[Duty]) -> None:
        """Refuse files of judgements that are about nothing that is asked of the actor."""
        asked = [norm for norm, found in applicable if found.state == "applies"]
        unchecked = (node for norm in asked if self._is_unchecked(norm) for node in self._replies(norm))
        known = [*(node for duty in duties for node in duty.judgements), *unchecked]
        check_judged(self._description, self._clocks.known, known, [norm.slug for norm in asked])

    def _is_unchecked(self, norm: Norm) -> bool:
        return bool(norm.not_checkable) and norm.slug not in self._catalogue.by_norm

    def _replies(self, norm: Norm) -> list[Node]:
        """Return what persons judged of a norm, whatever the period."""
        found = (fact.node for fact in self._facts.visible if fact.is_of(str(HYTE.Judgement)))
        return [node for node in found if (node, HYTE.isAboutNorm, URIRef(norm.iri)) in self._graph]

    def _norms(self) -> list[Norm]:
        """Return the norms that ask something of an actor that can be described; drafts never do."""
        norms = (norm for norm in self._knowledge.norms.values() if norm.is_duty and norm.kind != "DraftNorm")
        return [norm for norm in norms if is_describable(norm, self._knowledge)]

    def _drafts(self) -> list[Norm]:
        return [norm for norm in self._knowledge.norms.values() if norm.kind == "DraftNorm"]

    def _duties(self, actor: Actor, applicable: Iterable[Applicability]) -> tuple[Duty, ...]:
        maker = DutyMaker(self._graph, self._facts)
        return tuple(
            maker.make(found.norm, actor, period, self._catalogue.looks_at(found.norm.slug), found.reasons)
            for found in applicable
            if found.norm.slug in self._catalogue.by_norm
            for period in periods(found.norm, actor, self._on, self._knowledge.terms)
        )

    def _validate(self, actor: Actor, duties: Sequence[Duty]) -> tuple[Finding, ...]:
        """Return the findings on facts and duties, after the guard that something was checked at all."""
        if not self._catalogue.rules or not duties:
            raise UndecidedError(say("nothing-checked"))
        data = merged((self._graph, duty_graph(duties, self._on), members(actor)))
        findings = find(self._checker, data, self._knowledge)
        check_soundness(findings, self._description, self._catalogue)
        return findings

    def _without_judgements(self, actor: Actor, duties: Sequence[Duty]) -> tuple[Finding, ...]:
        """Return the findings on the duties that a person judged, as if nobody had: only so one sees who settled."""
        bare = [replace(duty, judgements=()) for duty in duties if duty.judgements]
        return self._validate(actor, bare) if bare else ()

    def _found(self, findings: Iterable[Finding]) -> dict[str, tuple[Rule, ...]]:
        """Return the rules that found something, by duty."""
        by_duty: dict[str, set[str]] = defaultdict(set)
        for finding in findings:
            if finding.shape in self._catalogue.rules:
                by_duty[finding.focus].add(finding.shape)
        return {name: tuple(self._catalogue.rules[shape] for shape in sorted(found)) for name, found in by_duty.items()}

    def _judge(self, duties: Sequence[Duty], findings: Sequence[Finding]) -> list[Verdict]:
        """Return the verdicts on duties; a duty that waits for other norms comes after them."""
        by_duty = self._found(findings)
        trace = self._trace(findings)
        done: dict[tuple[str, str], Outcome] = {}
        verdicts = []
        for duty in sorted(duties, key=lambda item: (bool(item.norm.due_with), item.iri)):
            verdict = self._verdict(_Tested(duty, by_duty.get(duty.iri, ())), trace, done)
            done[duty.norm.slug, duty.period.slug] = verdict.outcome
            verdicts.append(verdict)
        return verdicts

    def _verdict(self, tested: _Tested, trace: Trace, done: dict[tuple[str, str], Outcome]) -> Verdict:
        duty, kinds = tested.duty, _kinds(tested.found)
        silent = "silence" in kinds
        judged = self._judged(tested, trace, done)
        missing = _messages(tested.found, *(_LACKS if silent else (*_LACKS, "part-missing")))
        return Verdict(
            norm=duty.norm,
            actor=duty.actor,
            period=duty.period,
            outcome=judged.outcome,
            readings=judged.readings,
            reasons=reasons_of(judged, trace, self._on),
            remarks=() if judged.outcome == "fulfilled" else trace.set_aside(duty),
            aside=() if judged.outcome == "fulfilled" else trace.facts_set_aside(duty),
            evidence=judged.evidence,
            missing=missing,
            untested=() if silent else _messages(tested.found, "untested"),
            repair=repairs(judged.outcome, duty, missing, tested.found),
            rules=tuple(rule.iri for rule in self._catalogue.by_norm[duty.norm.slug]),
            judgements=Judging(self._description, trace).of(duty.judgements, settles=judged.is_settled),
        )

    def _judged(self, tested: _Tested, trace: Trace, done: dict[tuple[str, str], Outcome]) -> Judged:
        """Return the outcome of a duty, over its readings where it has several."""
        duty, kinds = tested.duty, _kinds(tested.found)
        waits, by_person = duty.norm.due_with, judged_outcome(self._graph, duty.judgements)
        is_ready = bool(waits) and all(done.get((norm, duty.period.slug)) == "fulfilled" for norm in waits)
        circumstances = Circumstances(
            is_open=is_open(duty.period, duty.norm, self._on) and not is_ready,
            is_complete=is_complete(self._graph, self._facts, duty.norm, duty.period),
            strength=duty.norm.strength,
            judged=by_person,
        )
        bare = replace(tested, found=self._unjudged.get(duty.iri, ()))
        result = _result(tested, circumstances)
        return Judged(
            duty=duty,
            outcome=result,
            readings=_readings(tested, circumstances),
            is_settled=bool(by_person) and result != _result(bare, replace(circumstances, judged=None)),
            circumstances=circumstances,
            is_ready=is_ready,
            is_both="stated-no" in kinds and "silence" not in kinds,
            evidence=() if "silence" in kinds else trace.evidence(duty),
        )

    def _idle(self, norm: Norm, actor: Actor, found: Applicability) -> Verdict:
        state: Outcome = "not-in-force" if found.state == "not-in-force" else "not-applicable"
        return _bare(norm, actor, state, found.reasons)

    def _unchecked(self, actor: Actor, applicable: Iterable[tuple[Norm, Applicability]]) -> list[Verdict]:
        """Return a verdict for each norm that binds the actor but that no rule can check: only a person can."""
        trace = self._trace(())
        asked = ((norm, found) for norm, found in applicable if found.state == "applies" and self._is_unchecked(norm))
        return [self._by_person(norm, actor, found, trace) for norm, found in asked]

    def _by_person(self, norm: Norm, actor: Actor, found: Applicability, trace: Trace) -> Verdict:
        nodes = self._replies(norm)
        told = judged_outcome(self._graph, nodes) or "needs-judgement"
        result: Outcome = "guidance-gap" if told in BREACHES and not norm.is_binding else told
        reasons = [*found.reasons, say("reason-not-checkable", text=norm.not_checkable)]
        reasons += [judged_reason(node, trace) for node in nodes]
        made = _bare(norm, actor, result, tuple(reasons))
        return replace(made, judgements=Judging(self._description, trace).of(nodes, settles=True))

    def _trace(self, findings: Iterable[Finding]) -> Trace:
        return Trace.of(self._graph, self._knowledge, self._catalogue, findings, self._description.lines)

    def _hypothetical(self, norm: Norm, actor: Actor) -> Verdict:
        return _bare(norm, actor, "hypothetical", (say("reason-hypothetical"),))

    def _states_facts(self) -> bool:
        stated = {str(HYTE[name]) for name in (*_STATED, "Answer", "Judgement", "Service")}
        return any(fact.classes & stated for fact in self._facts.visible)


def _bare(norm: Norm, actor: Actor, result: Outcome, reasons: tuple[Text, ...]) -> Verdict:
    return Verdict(norm, actor, None, result, (), reasons, (), (), (), (), (), ())


def _kinds(found: Iterable[Rule], reading: str | None = None) -> frozenset[str]:
    return frozenset(rule.finds for rule in found if rule.reading in (None, reading))


def _readings(tested: _Tested, circumstances: Circumstances) -> tuple[tuple[str, Outcome], ...]:
    """Return the outcome by language version, where the versions of the norm differ."""
    names = tested.duty.norm.readings
    return tuple((name, outcome(_kinds(tested.found, name), circumstances)) for name in names)


def _result(tested: _Tested, circumstances: Circumstances) -> Outcome:
    readings = _readings(tested, circumstances)
    return together(value for _, value in readings) if readings else outcome(_kinds(tested.found), circumstances)


def _messages(found: Iterable[Rule], *kinds: str) -> tuple[Text, ...]:
    return tuple(dict.fromkeys(rule.message for rule in found if rule.finds in kinds))
