"""Pictures for those who would rather look than read, as accessible SVG, each with a table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hyte_graph.compliance.assessment import Assessment, Verdict
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.messages import say, spoken_day
from hyte_graph.reports import matrix as squares
from hyte_graph.reports import timeline as bars
from hyte_graph.reports.grouping import period_label, symbol
from hyte_graph.reports.templating import initial, template
from hyte_graph.store.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Cell:
    """An outcome with its sign and word, and the period that it is on."""

    outcome: Outcome
    sign: str
    word: str
    period: str


@dataclass(frozen=True, slots=True)
class Row:
    """A duty with its provision and, in each column, what was found."""

    label: str
    citation: str
    columns: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture and the table with the same content; `name` begins the ids within both."""

    name: str
    title: str
    description: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    drawing: bars.Drawing | squares.Drawing
    day: str

    @property
    def svg(self) -> str:
        """Return the picture as SVG that stands alone."""
        return template(f"{self.name}.svg").render(picture=self)

    @property
    def table(self) -> str:
        """Return the table as HTML."""
        return template("picture-table.html").render(picture=self)


def timeline(assessment: Assessment, knowledge: Knowledge, language: str) -> Picture:
    """Return the duties of one organisation by year and council term, in "fi", "sv" or "en"."""
    duties = bars.periodic(assessment, knowledge)
    told = say(
        "picture-timeline-description",
        name=assessment.actor.label,
        duties=len(duties),
        periods=sum(map(len, duties)),
        on=assessment.on,
    )
    return Picture(
        "timeline",
        say("picture-timeline-title").within(language),
        told.within(language),
        _heads(language, say("html-outcome").within(language)),
        tuple(_row([duty], knowledge, language) for duty in duties),
        bars.draw(assessment, knowledge, language),
        spoken_day(assessment.on, language),
    )


def matrix(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> Picture:
    """Return organisations by the norms of 612/2021 6–7 §§, with those of Helsinki and on the HUS Group."""
    rows = squares.norms(assessments)
    told = say("picture-matrix-description", norms=len(rows), organisations=len(assessments))
    return Picture(
        "matrix",
        say("picture-matrix-title").within(language),
        told.within(language),
        _heads(language, *(made.actor.label.within(language) for made in assessments)),
        tuple(_row([squares.verdicts_on(norm, made) for made in assessments], knowledge, language) for norm in rows),
        squares.draw(assessments, knowledge, language),
        "",
    )


def _heads(language: str, *rest: str) -> tuple[str, ...]:
    return (say("picture-duty").within(language), say("picture-provision").within(language), *rest)


def _row(columns: Sequence[Sequence[Verdict]], knowledge: Knowledge, language: str) -> Row:
    norm = next(verdict.norm for column in columns for verdict in column)
    cells = (tuple(_cell(verdict, knowledge, language) for verdict in column) for column in columns)
    return Row(initial(norm.label.within(language)), norm.provision.citation.within(language), tuple(cells))


def _cell(verdict: Verdict, knowledge: Knowledge, language: str) -> Cell:
    word = knowledge.code("outcome", verdict.outcome).within(language)
    period = period_label(verdict, language)
    if not period and verdict.period:
        period = say("picture-standing").within(language)
    return Cell(verdict.outcome, symbol(verdict.outcome, knowledge), word, period)
