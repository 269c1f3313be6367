"""One assessment before and after the rules: what is asked and seen, and the verdicts on what is found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain

from rdflib import URIRef
from rdflib.term import Node

from hyte_graph.compliance.actors import described_actor
from hyte_graph.compliance.applicability import Applicability
from hyte_graph.compliance.asked import asked_of, drafts
from hyte_graph.compliance.assessment import Assessment, File, Verdict
from hyte_graph.compliance.catalogue import catalogue_of
from hyte_graph.compliance.declared import judged_outcome
from hyte_graph.compliance.duties import Duty, DutyMaker, duty_triples
from hyte_graph.compliance.facts import Facts
from hyte_graph.compliance.guard import check_asked
from hyte_graph.compliance.judging import Judging, check_judged
from hyte_graph.compliance.outcomes import BREACHES, Outcome
from hyte_graph.compliance.reasons import judged_reason
from hyte_graph.compliance.seen import members, visible
from hyte_graph.compliance.soundness import check_soundness
from hyte_graph.compliance.trace import Trace
from hyte_graph.compliance.verdicts import Bench, bare_verdict
from hyte_graph.compliance.windows import periods
from hyte_graph.intake.description import Description
from hyte_graph.messages import say
from hyte_graph.model import Finding, Norm, Rule
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.statements import Statement, Statements
from hyte_graph.store.terms import HYTE
from hyte_graph.versions import versions

_STATED = ("Body", "Role", "Document", "Decision", "Negotiation", "Agreement", "Procedure", "Monitoring", "Cooperation")


@dataclass(frozen=True, slots=True)
class Clocks:
    """The three days of an assessment."""

    law: date  # which norms apply
    facts: date  # what had happened, and which periods are closed
    known: date  # what had been registered


class Run:
    """One assessment, stage by stage; between `data` and `assessment` stands the engine."""

    def __init__(self, description: Description, knowledge: Knowledge, clocks: Clocks) -> None:
        self.description = description
        self._knowledge = knowledge
        self._clocks = clocks
        self._on = clocks.facts
        self._catalogue = catalogue_of(knowledge)
        stated = Statements(description.graph, are_distinct=True)
        self._facts = Facts(stated, knowledge, clocks.facts, clocks.known)
        self._graph = visible(stated, self._facts, knowledge)
        self._actor = described_actor(description, knowledge)
        self._asked = asked_of(self._actor, clocks.law, knowledge)

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Return the duties of the organisation.

        Raises:
            UndecidedError: there are none, or one at which no rule looks, so that nothing would be checked.
        """
        maker = DutyMaker(self._graph, self._facts)
        found = tuple(
            maker.make(asked.norm, self._actor, period, self._catalogue.looks_at(asked.norm.slug), asked.reasons)
            for asked in self._applying()
            if asked.norm.slug in self._catalogue.by_norm
            for period in periods(asked.norm, self._actor, self._on, self._knowledge.terms)
        )
        check_asked(found, self._catalogue)
        return found

    @property
    def judged(self) -> tuple[Duty, ...]:
        """Return the duties that a person judged, as if nobody had: only so one sees who settled them."""
        return tuple(replace(duty, judgements=()) for duty in self.duties if duty.judgements)

    def data(self, duties: Iterable[Duty]) -> Iterator[Statement]:
        """Return what the rules see: the facts, some duties and the members of a county."""
        return chain(self._graph, duty_triples(duties, self._on), members(self._actor))

    def checked(self, findings: Sequence[Finding]) -> None:
        """Raise what keeps the findings from becoming verdicts.

        Raises:
            FilingError: the description is not sound, or a file of judgements is about nothing that is asked.
        """
        check_soundness(findings, self.description, self._catalogue)
        unchecked = (node for found in self._applying() if self._is_unchecked(found) for node in self._replies(found))
        known = [*(node for duty in self.duties for node in duty.judgements), *unchecked]
        check_judged(self.description, self._clocks.known, known, [found.norm.slug for found in self._applying()])

    def assessment(
        self, findings: Sequence[Finding], unjudged: Sequence[Finding], checker: str, *, include_drafts: bool
    ) -> Assessment:
        """Return the verdicts for what the rules found; `unjudged` is what they found had nobody judged."""
        bench = Bench(
            self._graph,
            self._facts,
            self._catalogue,
            Judging(self.description, self._trace(findings)),
            self._by_duty(unjudged),
            self._on,
        )
        verdicts = [self._idle(norm, found) for norm, found in self._asked if found.state != "applies"]
        verdicts += self._unchecked()
        verdicts += bench.judge(self.duties, self._by_duty(findings))
        if include_drafts:
            told = (say("reason-hypothetical"),)
            verdicts += [bare_verdict(norm, self._actor, "hypothetical", told) for norm in drafts(self._knowledge)]
        return self._assembled(verdicts, findings, checker)

    def _assembled(self, verdicts: list[Verdict], findings: Sequence[Finding], checker: str) -> Assessment:
        ordered = sorted(verdicts, key=lambda item: (item.norm.slug, item.period.opens if item.period else date.min))
        reference = next(self.description.graph.objects(None, HYTE.hasReferenceDate), "")
        return Assessment(
            actor=self._actor,
            name=self.description.name,
            digest=self.description.digest,
            law_on=self._clocks.law,
            on=self._on,
            known_on=self._clocks.known,
            reference_date=str(reference),
            verdicts=tuple(ordered),
            findings=tuple(findings),
            engine=checker,
            versions=versions(checker, self._knowledge.ontology, self._knowledge.rules),
            states_facts=self._states_facts(),
            assumed=tuple(File(file.name, file.digest) for file in self.description.assumed),
            judged=tuple(File(file.name, file.digest) for file in self.description.judged),
        )

    def _applying(self) -> Iterator[Applicability]:
        return (found for _, found in self._asked if found.state == "applies")

    def _is_unchecked(self, found: Applicability) -> bool:
        return bool(found.norm.not_checkable) and found.norm.slug not in self._catalogue.by_norm

    def _replies(self, found: Applicability) -> list[Node]:
        """Return what persons judged of a norm, whatever the period."""
        judged = (fact.node for fact in self._facts.of(str(HYTE.Judgement)))
        return [node for node in judged if (node, HYTE.isAboutNorm, URIRef(found.norm.iri)) in self._graph]

    def _by_duty(self, findings: Iterable[Finding]) -> dict[str, tuple[Rule, ...]]:
        """Return the rules that found something, by duty."""
        by_duty: dict[str, set[str]] = defaultdict(set)
        for finding in findings:
            if finding.shape in self._catalogue.rules:
                by_duty[finding.focus].add(finding.shape)
        return {name: tuple(self._catalogue.rules[shape] for shape in sorted(found)) for name, found in by_duty.items()}

    def _idle(self, norm: Norm, found: Applicability) -> Verdict:
        state: Outcome = "not-in-force" if found.state == "not-in-force" else "not-applicable"
        return bare_verdict(norm, self._actor, state, found.reasons)

    def _unchecked(self) -> list[Verdict]:
        """Return a verdict for each norm that binds the actor but that no rule can check: only a person can."""
        trace = self._trace(())
        return [self._by_person(found, trace) for found in self._applying() if self._is_unchecked(found)]

    def _by_person(self, found: Applicability, trace: Trace) -> Verdict:
        norm, nodes = next(norm for norm, other in self._asked if other is found), self._replies(found)
        told = judged_outcome(self._graph, nodes) or "needs-judgement"
        result: Outcome = "guidance-gap" if told in BREACHES and not norm.is_binding else told
        reasons = [*found.reasons, say("reason-not-checkable", text=norm.not_checkable)]
        reasons += [judged_reason(node, trace) for node in nodes]
        made = bare_verdict(norm, self._actor, result, tuple(reasons))
        return replace(made, judgements=Judging(self.description, trace).of(nodes, settles=True))

    def _trace(self, findings: Iterable[Finding]) -> Trace:
        return Trace.of(self._graph, self._knowledge, self._catalogue, findings, self.description.lines)

    def _states_facts(self) -> bool:
        stated = {str(HYTE[name]) for name in (*_STATED, "Answer", "Judgement", "Service")}
        return any(fact.classes & stated for fact in self._facts.visible)
