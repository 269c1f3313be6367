"""Assessments that are kept up to date: after a change, only the organisations that changed are assessed again.

No description sees a triple of another, and none sees the clock. So the verdicts on an organisation stay what they are
until its own bytes change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from hyte_graph.compliance.assess import assess_many
from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.compliance.engines import Engine
from hyte_graph.errors import HyteError
from hyte_graph.intake.description import Description
from hyte_graph.store.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Change:
    """What a changed description brought."""

    organisation: str
    made: Assessment | HyteError
    norms: frozenset[str]  # slugs of the norms of which a verdict is another than before


class Standing:
    """The latest assessments of some organisations, for one day and one state of the law."""

    def __init__(self, knowledge: Knowledge, *, on: date, checker: Engine | None = None) -> None:
        self._knowledge = knowledge
        self._on = on
        self._checker = checker
        self._made: dict[str, tuple[object, Assessment | HyteError]] = {}

    def __getitem__(self, organisation: str) -> Assessment | HyteError:
        return self._made[organisation][1]

    def update(self, descriptions: Iterable[Description]) -> tuple[Change, ...]:
        """Return what changed by these descriptions; one that is known already costs nothing."""
        known = {description.organisation: description for description in descriptions}
        fresh = {name: item for name, item in known.items() if self._made.get(name, (None,))[0] != _basis(item)}
        made = assess_many(tuple(fresh.values()), self._knowledge, on=self._on, checker=self._checker)
        return tuple(self._changed(*pair, result) for pair, result in zip(fresh.items(), made, strict=True))

    def _changed(self, organisation: str, description: Description, made: Assessment | HyteError) -> Change:
        before = self._made.get(organisation, (None, None))[1]
        self._made[organisation] = _basis(description), made
        return Change(organisation, made, frozenset(_differing(_verdicts(before), _verdicts(made))))


def _basis(description: Description) -> object:
    """Return what tells a description from any other: its bytes, and those of all that is laid over it."""
    laid = (*description.assumed, *description.judged)
    return description.name, description.digest, tuple(file.digest for file in laid)


def _verdicts(made: Assessment | HyteError | None) -> dict[tuple[str, str | None], Verdict]:
    """Return the verdicts by norm and duty."""
    if not isinstance(made, Assessment):
        return {}
    return {(verdict.norm.slug, verdict.duty): verdict for verdict in made.verdicts}


def _differing(
    before: dict[tuple[str, str | None], Verdict], after: dict[tuple[str, str | None], Verdict]
) -> Iterator[str]:
    """Yield the slug of each norm of which a verdict is new, gone or another."""
    for key in before.keys() | after.keys():
        if before.get(key) != after.get(key):
            yield key[0]
