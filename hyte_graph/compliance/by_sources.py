"""What the source documents alone would lead one to say of an organisation: states, derived from the verdicts.

The verdict on a norm is corrected by what the obligation says of itself as data: parts that only the statute asks, a
part that is all the sources ask, a term that the sources do not leave open, the states that it can take.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rdflib import Graph

from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.compliance.catalogue import catalogue_of
from hyte_graph.compliance.declared import is_complete, judged_outcome, judgements
from hyte_graph.compliance.facts import Facts
from hyte_graph.compliance.outcomes import Circumstances, outcome, together
from hyte_graph.compliance.source_states import SourceState, source_state_graph
from hyte_graph.compliance.windows import is_open
from hyte_graph.languages import Text
from hyte_graph.model import Rule
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.obligations import SourceObligation, read_obligations
from hyte_graph.vocabulary import iri

__all__ = ["SourceState", "source_state_graph", "states_by_sources"]

_SHOWN = ("fulfilled", "partly-fulfilled", "needs-judgement")
_SILENT = ("evidence-missing", "overdue")
_COMBINED = ("not-fulfilled", "guidance-gap", "overdue", "contested", "needs-judgement", "evidence-missing")
_INSTEAD: dict[str, tuple[str, ...]] = {
    "not-in-force": ("not-applicable",),
    "fulfilled": ("share", "needs-judgement"),
    "partly-fulfilled": ("share", "needs-judgement"),
    "not-fulfilled": ("share", "needs-judgement"),
    "guidance-gap": ("not-fulfilled", "share", "needs-judgement"),
    "overdue": ("not-fulfilled", "evidence-missing"),
    "not-yet-due": ("evidence-missing",),
    "contested": ("needs-judgement",),
}
"""What to say where the sources do not know an outcome; the last can always be said."""


def states_by_sources(
    assessment: Assessment, description_graph: Graph, knowledge: Knowledge
) -> tuple[SourceState, ...]:
    """Return the state of every source-level obligation, by identifier and period.

    Args:
        assessment: the verdicts on the description for a day.
        description_graph: the graph of the same description.
        knowledge: the norms, the rules and the library.
    """
    run = _Run(assessment, description_graph, knowledge)
    return tuple(state for obligation in read_obligations(knowledge) for state in run.states(obligation))


class _Run:
    """The states of one organisation on one day."""

    def __init__(self, assessment: Assessment, graph: Graph, knowledge: Knowledge) -> None:
        self._made = assessment
        self._graph = graph
        self._facts = Facts(graph, knowledge, assessment.on, assessment.known_on)
        self._rules = catalogue_of(knowledge).rules
        self._found: dict[str, list[Rule]] = defaultdict(list)
        for finding in assessment.findings:
            if finding.shape in self._rules:
                self._found[finding.focus].append(self._rules[finding.shape])
        self._with_drafts = any(verdict.outcome == "hypothetical" for verdict in assessment.verdicts)

    def states(self, obligation: SourceObligation) -> Iterator[SourceState]:
        """Yield the states of an obligation, one a period."""
        asked = obligation.takes_from if self._is_expected(obligation) else obligation.compared_with
        for verdicts in self._by_period(asked, is_expected=self._is_expected(obligation)):
            state = self._state(obligation, verdicts)
            missing = self._missing(obligation, verdicts) if state not in ("not-applicable", "hypothetical") else ()
            period = verdicts[0].period if verdicts else None
            used = verdicts if self._is_expected(obligation) else ()
            yield SourceState(obligation, self._made.actor, period, state, used, missing)

    def _is_expected(self, obligation: SourceObligation) -> bool:
        return bool({*self._made.actor.kinds, self._made.actor.slug} & set(obligation.expected_of))

    def _by_period(self, norms: Sequence[str], *, is_expected: bool) -> list[tuple[Verdict, ...]]:
        """Return the verdicts on norms by period; where nothing is expected, those that do not apply count too."""
        found: dict[str, list[Verdict]] = defaultdict(list)
        for verdict in self._made.verdicts:
            if verdict.norm.slug in norms and not (is_expected and verdict.outcome == "not-applicable"):
                found[verdict.period.slug if verdict.period else "standing"].append(verdict)
        return [tuple(found[name]) for name in sorted(found)] or [()]

    def _state(self, obligation: SourceObligation, verdicts: Sequence[Verdict]) -> str:
        if obligation.is_draft:
            return "hypothetical" if self._with_drafts else "not-applicable"
        if not self._is_expected(obligation):
            return "not-applicable"
        found = _combined([self._corrected(obligation, verdict) for verdict in verdicts])
        if "absent" in obligation.states:
            return "present" if found in _SHOWN else "absent"
        if found in _SILENT and self._gives_to_judge(obligation):
            return "needs-judgement"
        return self._told(obligation, found, verdicts)

    def _corrected(self, obligation: SourceObligation, verdict: Verdict) -> str:
        """Return the outcome as the sources see it; the verdict's own where they see nothing else."""
        period = verdict.period
        if period is None:
            return verdict.outcome
        found = self._found[iri("duty", str(verdict.duty))]
        open_now = is_open(period, verdict.norm, self._made.on)
        reopens = obligation.ignores_open_term and verdict.outcome == "not-yet-due"
        parts = obligation.not_asked | obligation.only_part
        if not reopens and not parts & {rule.iri for rule in found} and not (obligation.reading and verdict.readings):
            return verdict.outcome
        judged = judged_outcome(self._graph, judgements(self._graph, self._facts, verdict.norm, period))
        circumstances = Circumstances(
            is_open=open_now and not obligation.ignores_open_term,
            is_complete=not open_now and is_complete(self._graph, self._facts, verdict.norm, period),
            strength=verdict.norm.strength,
            judged=judged,
        )
        readings = (obligation.reading,) if obligation.reading else verdict.norm.readings or (None,)
        return together(outcome(_kinds(obligation, found, reading), circumstances) for reading in readings)

    def _gives_to_judge(self, obligation: SourceObligation) -> bool:
        return any(
            fact.classes & obligation.shown_by_facts and (fact.is_event or self._facts.stands(fact, self._made.on))
            for fact in self._facts.visible
        )

    def _told(self, obligation: SourceObligation, found: str, verdicts: Sequence[Verdict]) -> str:
        """Return an outcome in the words of the sources."""
        if found == "fulfilled" and "fulfilled-after-review" in obligation.states and self._is_judged(verdicts):
            return "fulfilled-after-review"
        if found in obligation.states or found not in _INSTEAD:
            return found
        instead = _INSTEAD[found]
        return next((state for state in instead if state in obligation.states), instead[-1])

    def _is_judged(self, verdicts: Sequence[Verdict]) -> bool:
        return any(
            verdict.period and judgements(self._graph, self._facts, verdict.norm, verdict.period)
            for verdict in verdicts
        )

    def _missing(self, obligation: SourceObligation, verdicts: Sequence[Verdict]) -> tuple[Text, ...]:
        left_out = {self._rules[rule].message for rule in obligation.not_asked}
        told = dict.fromkeys(text for verdict in verdicts for text in verdict.missing if text not in left_out)
        return tuple(told) if verdicts else (obligation.shown_by,)


def _kinds(obligation: SourceObligation, found: Sequence[Rule], reading: str | None) -> frozenset[str]:
    """Return the kinds of findings on what the sources ask; a lack of the one part asked is silence."""
    return frozenset(
        "silence" if rule.iri in obligation.only_part else rule.finds
        for rule in found
        if rule.reading in (None, reading) and rule.iri not in obligation.not_asked
    )


def _combined(outcomes: Sequence[str]) -> str:
    """Return one outcome for an obligation that rests on several norms; shown for one and not for all is partly."""
    distinct = set(outcomes)
    if len(distinct) <= 1:
        return outcomes[0] if outcomes else "evidence-missing"
    if distinct & {"fulfilled", "partly-fulfilled"}:
        return "partly-fulfilled"
    return next((item for item in _COMBINED if item in distinct), outcomes[0])
