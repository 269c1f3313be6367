"""What falls due for an actor: the last days of the years and council terms of its duties, by the law alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hyte_graph.compliance.applicability import applicability, is_describable
from hyte_graph.compliance.windows import periods
from hyte_graph.model import Actor, Norm, Period
from hyte_graph.store.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Due:
    """A duty and the last day on which it can be done in time."""

    last_day: date
    norm: Norm
    period: Period


def calendar(actor: Actor, knowledge: Knowledge, on: date, until: date) -> tuple[Due, ...]:
    """Return what falls due for an actor after a day and up to another, the earliest first.

    Only duties with a period are dated: no day inside a year or a term is invented. The law is that of the later day
    as far as it is known today; standing duties are met every day and have no last one.

    Args:
        actor: who owes.
        knowledge: the law, the registers and the council terms.
        on: the day after which to look.
        until: the last day to look at.
    """
    norms = (norm for norm in knowledge.norms.values() if norm.is_duty and norm.kind != "DraftNorm")
    found = [
        Due(period.closes, norm, period)
        for norm in norms
        if is_describable(norm, knowledge)
        for state in [applicability(norm, actor, until, knowledge)]
        if state.state == "applies"
        for period in periods(state.norm, actor, until, knowledge.terms)
        if period.closes and on < period.closes <= until
    ]
    return tuple(sorted(found, key=lambda due: (due.last_day, due.period.slug, not due.norm.is_binding, due.norm.slug)))
