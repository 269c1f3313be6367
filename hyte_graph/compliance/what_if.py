"""What if: an assessment on facts of which some are only assumed, beside what it would be without them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.compliance.engines import Engine
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.intake.description import Description
from hyte_graph.messages import say
from hyte_graph.store.knowledge import Knowledge

Key = tuple[str, str]


def assess_what_if(
    description: Description,
    assumed: Description,
    knowledge: Knowledge,
    *,
    on: date,
    known_on: date | None = None,
    law_on: date | None = None,
    include_drafts: bool = False,
    checker: Engine | None = None,
) -> Assessment:
    """Return the verdicts with what is assumed; each that is another without it says so.

    Args:
        description: what the organisation says of itself.
        assumed: the same with assumptions laid over it (see `overlay.assume`).
        knowledge: the law, the registers and the rules.
        on: the day, as for `assess`; the other days and the engine too.
        known_on: as for `assess`.
        law_on: as for `assess`.
        include_drafts: as for `assess`.
        checker: as for `assess`.

    Raises:
        FilingError: one of them is not sound.
        UndecidedError: the checks could not be carried out.
    """
    before, after = (
        assess(
            item,
            knowledge,
            on=on,
            known_on=known_on,
            law_on=law_on,
            include_drafts=include_drafts,
            checker=checker,
        )
        for item in (description, assumed)
    )
    without = {_key(verdict): verdict.outcome for verdict in before.verdicts}
    return replace(after, verdicts=tuple(_marked(verdict, without, knowledge) for verdict in after.verdicts))


def _key(verdict: Verdict) -> Key:
    return verdict.norm.slug, verdict.period.slug if verdict.period else ""


def _marked(verdict: Verdict, without: Mapping[Key, Outcome], knowledge: Knowledge) -> Verdict:
    """Return a verdict that says what it would be without the assumption, where that is something else."""
    before = without[_key(verdict)]
    if before == verdict.outcome:
        return verdict
    told = say("what-if-changed", before=knowledge.code("outcome", before))
    return replace(verdict, changed_from=before, reasons=(told, *verdict.reasons))
