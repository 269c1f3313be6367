"""The report as a workbook: summary, verdicts, evidence, what is missing, and what the report rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hyte_graph.compliance.assessment import Assessment, Evidence, Judgement
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.messages import say
from hyte_graph.reports.grouping import IDLE, ORDER
from hyte_graph.reports.marks import standing
from hyte_graph.reports.plain import one_line, printable
from hyte_graph.reports.templating import initial
from hyte_graph.reports.told import Report, Told, caution, tell
from hyte_graph.reports.xlsx_book import Book, Cell, Marked, linked
from hyte_graph.store.knowledge import Knowledge

_BAD = ("not-fulfilled", "overdue", "partly-fulfilled")
_DUTY = ("report-organisation", "report-family", "report-norm", "html-period")


def render(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> bytes:
    """Return assessments as a workbook; the same input gives the same bytes."""
    reports = [tell(made, knowledge, language) for made in assessments]
    return _Sheets(reports, language).content()


class _Sheets:
    """The five sheets on some organisations in one language."""

    def __init__(self, reports: Sequence[Report], language: str) -> None:
        self._reports = reports
        self._language = language
        title = initial(reports[0].page.title) if len(reports) == 1 else self._say("text-comparison")
        self._title = one_line(title)
        self._book = Book(self._title, language, max(report.made.on for report in reports))

    def content(self) -> bytes:
        """Return the workbook."""
        self._summary()
        self._verdicts()
        self._evidence()
        self._gaps()
        self._judgements()
        self._about()
        return self._book.content()

    def _say(self, key: str) -> str:
        return say(key).within(self._language)

    def _columns(self, *columns: tuple[str, int]) -> list[tuple[str, int]]:
        return [(self._say(key), width) for key, width in columns]

    def _duties(self) -> list[tuple[str, int]]:
        """Return the columns that tell which duty a row is about."""
        return self._columns(*zip(_DUTY, (18, 18, 34, 18), strict=True))

    def _told(self) -> Iterator[tuple[Report, Told, list[Cell]]]:
        """Yield each verdict with the cells that tell which duty it is about."""
        for report in self._reports:
            for item in report.verdicts:
                yield report, item, [report.organisation, initial(item.family), item.norm, item.period]

    def _summary(self) -> None:
        page = self._reports[0].page
        counts = [report.made.summary() for report in self._reports]
        named = [(report.organisation, 22) for report in self._reports]
        rows: list[list[Cell]] = [
            [
                Marked(f"{page.symbol(outcome)} {page.code('outcome', outcome)}", _colour(outcome)),
                page.meaning(outcome),
                *(count[outcome] for count in counts),
            ]
            for outcome in ORDER
        ]
        columns = [*self._columns(("html-outcome", 28), ("report-meaning", 70)), *named]
        self._book.add(self._say("html-summary"), columns, rows, [self._title, *self._notes()])

    def _notes(self) -> list[str]:
        """Return what must be read before the numbers."""
        invented = [report for report in self._reports if report.made.actor.is_fictitious]
        silent = [report.made.name for report in self._reports if not report.made.states_facts]
        notes = [f"{report.organisation}: {self._say('html-fictitious')}" for report in invented]
        notes += [f"{report.organisation}: {mark}" for report in self._reports for mark in report.page.marks()]
        notes += [one_line(say("nothing-stated", name=name).within(self._language)) for name in silent]
        return [*caution(self._language), *notes]

    def _verdicts(self) -> None:
        columns = self._columns(
            ("html-outcome", 18),
            ("report-provision", 28),
            ("report-strength", 14),
            ("report-opens", 11),
            ("report-closes", 11),
            ("html-readings", 18),
            ("html-reasons", 54),
            ("html-remarks", 34),
            ("report-identifier", 26),
            ("settled-by", 18),
            ("what-if-before", 18),
        )
        rows = [[*duty, *_verdict(item)] for _, item, duty in self._told()]
        self._book.add(self._say("report-sheet-verdicts"), [*self._duties(), *columns], rows)

    def _evidence(self) -> None:
        columns = self._columns(
            ("report-identifier", 12),
            ("html-evidence", 34),
            ("report-kind", 18),
            ("report-certainty", 11),
            ("report-line", 8),
            ("report-source", 44),
        )
        rows = [
            [*duty, *row]
            for report, item, duty in self._told()
            for evidence in item.verdict.evidence
            for row in _evidence(evidence, report)
        ]
        self._book.add(self._say("report-sheet-evidence"), [*self._duties(), *columns], rows)

    def _gaps(self) -> None:
        columns = self._columns(("html-outcome", 18), ("report-kind", 20), ("report-text", 70))
        rows: list[list[Cell]] = [
            [*duty, _marked(item), self._say(key), text]
            for _, item, duty in self._told()
            for key, texts in (
                ("html-missing", item.missing),
                ("html-untested", item.untested),
                ("html-repair", item.repair),
            )
            for text in texts
        ]
        self._book.add(self._say("report-sheet-gaps"), [*self._duties(), *columns], rows)

    def _judgements(self) -> None:
        """Add what persons judged, where anybody did: a sheet of its own, apart from the evidence."""
        names = (("html-outcome", 18), ("judgement-role", 22), ("judgement-day", 12), ("judgement-reason", 54))
        columns = self._columns(*names, ("judgement-standing", 34), ("report-source", 44))
        rows = [
            [*duty, *_judgement(judgement, report)]
            for report, item, duty in self._told()
            for judgement in item.verdict.judgements
        ]
        if rows:
            self._book.add(self._say("judgement-section"), [*self._duties(), *columns], rows)

    def _about(self) -> None:
        columns = self._columns(("report-organisation", 30), ("report-kind", 36), ("report-text", 70))
        rows: list[list[Cell]] = [
            [report.organisation, name, value]
            for report in self._reports
            for name, value in [*report.basis(), (self._say("report-identifier"), report.made.actor.iri)]
        ]
        self._book.add(self._say("report-sheet-about"), columns, rows)


def _colour(outcome: Outcome) -> str:
    if outcome in _BAD:
        return "bad"
    if outcome == "fulfilled":
        return "good"
    return "idle" if outcome in IDLE or outcome in ("hypothetical", "not-yet-due") else "open"


def _marked(item: Told) -> Marked:
    return Marked(f"{item.sign} {item.outcome}", _colour(item.verdict.outcome))


def _verdict(item: Told) -> list[Cell]:
    told: list[Cell] = [_marked(item), linked(item.citation, item.link), item.strength, *item.days(), item.readings]
    listed: list[Cell] = ["\n".join(item.reasons), "\n".join(item.remarks), item.name]
    return [*told, *listed, item.settled_by, item.changed_from]


def _judgement(item: Judgement, report: Report) -> list[Cell]:
    page = report.page
    outcome = Marked(f"{page.symbol(item.outcome)} {page.code('outcome', item.outcome)}", _colour(item.outcome))
    sources = "\n".join(f"{source.title} {source.url}".strip() for source in item.sources)
    return [outcome, item.role, item.day, item.reason, page.text(standing(item)), sources]


def _evidence(item: Evidence, report: Report) -> Iterator[list[Cell]]:
    """Yield a row for each source of a piece of evidence, or one where it has none."""
    page = report.page
    certainty = page.code("certainty", item.certainty) if item.certainty else ""
    told: list[Cell] = [item.id, printable(page.text(item.label)), page.text(item.kind), certainty, item.line]
    for source in item.sources:
        is_link = bool(page.address(source.url))
        yield [*told, linked(source.title or source.url, source.url) if is_link else f"{source.title} {source.url}"]
    if not item.sources:
        yield told
