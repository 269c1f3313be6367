"""Assessments side by side: one row for each norm and period, one outcome for each assessment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.model import Norm

_IDLE = ("not-applicable", "not-in-force")


@dataclass(frozen=True, slots=True)
class Row:
    """One norm and period, and what each assessment says of it; None where it says nothing."""

    norm: Norm
    period: str | None  # the slug of the period: a year, a term, "standing"; None where the norm makes no duty
    outcomes: tuple[Outcome | None, ...]

    @property
    def differs(self) -> bool:
        """Return whether the assessments do not all say the same."""
        return len(set(self.outcomes)) > 1

    @property
    def asked(self) -> tuple[Outcome, ...]:
        """Return the outcomes of those of whom the duty is asked."""
        return tuple(outcome for outcome in self.outcomes if outcome and outcome not in _IDLE)


def compare(assessments: Sequence[Assessment]) -> tuple[Row, ...]:
    """Return assessments side by side, by norm and period: of several organisations, or of one on several days."""
    tables = [_by_duty(assessment) for assessment in assessments]
    norms = {verdict.norm.slug: verdict.norm for assessment in assessments for verdict in assessment.verdicts}
    keys = sorted({key for table in tables for key in table}, key=lambda key: (key[0], key[1] or ""))
    return tuple(Row(norms[key[0]], key[1], tuple(table.get(key) for table in tables)) for key in keys)


def _by_duty(assessment: Assessment) -> dict[tuple[str, str | None], Outcome]:
    return {
        (verdict.norm.slug, verdict.period.slug if verdict.period else None): verdict.outcome
        for verdict in assessment.verdicts
    }


def shared(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows in which like can be compared with like: the same duty is asked of at least two."""
    return tuple(row for row in rows if len(row.asked) > 1)
