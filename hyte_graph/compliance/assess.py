"""assess(description, knowledge, on=…): from a description, or from many at once, to verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.engines import Engine, engine
from hyte_graph.compliance.findings import find
from hyte_graph.compliance.run import Clocks, Run
from hyte_graph.compliance.together import find_together
from hyte_graph.errors import HyteError
from hyte_graph.intake.description import Description
from hyte_graph.model import Finding
from hyte_graph.store.knowledge import Knowledge


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
    run = Run(description, knowledge, Clocks(law_on or on, on, known_on or on))
    findings = find(checker, run.data(run.duties), knowledge)
    run.checked(findings)
    unjudged = find(checker, run.data(run.judged), knowledge) if run.judged else ()
    return run.assessment(findings, unjudged, checker.name, include_drafts=include_drafts)


def assess_many(
    descriptions: Sequence[Description],
    knowledge: Knowledge,
    *,
    on: date,
    known_on: date | None = None,
    law_on: date | None = None,
    include_drafts: bool = False,
    checker: Engine | None = None,
) -> tuple[Assessment | HyteError, ...]:
    """Return for each description its verdicts, or the error that `assess` would raise; the rules see all at once.

    The verdicts are the same as one by one, since no description sees a triple of another (see `together`). All data
    are in memory together: hand over some hundred at a time.
    """
    checker = checker or engine()
    clocks = Clocks(law_on or on, on, known_on or on)
    made: dict[int, Assessment | HyteError] = {}
    runs: dict[int, Run] = {}
    for at, description in enumerate(descriptions):
        try:
            runs[at] = Run(description, knowledge, clocks)
            runs[at].duties  # noqa: B018 (an organisation of which nothing is asked must not stop the others)
        except HyteError as error:
            made[at] = error
    asked = {at: run for at, run in runs.items() if at not in made}
    findings = find_together(checker, {at: list(run.data(run.duties)) for at, run in asked.items()}, knowledge)
    judged = {at: list(run.data(run.judged)) for at, run in asked.items() if run.judged}
    unjudged = find_together(checker, judged, knowledge)
    for at, run in asked.items():
        made[at] = _concluded(run, findings[at], unjudged.get(at, ()), checker, include_drafts=include_drafts)
    return tuple(made[at] for at in range(len(descriptions)))


_Found = Sequence[Finding] | HyteError


def _concluded(
    run: Run, findings: _Found, unjudged: _Found, checker: Engine, *, include_drafts: bool
) -> Assessment | HyteError:
    for found in (findings, unjudged):
        if isinstance(found, HyteError):
            return found
    try:
        run.checked(findings)  # type: ignore[arg-type]
        return run.assessment(findings, unjudged, checker.name, include_drafts=include_drafts)  # type: ignore[arg-type]
    except HyteError as error:
        return error
