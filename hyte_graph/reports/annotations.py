"""What an annotated copy of a workbook says: a comment for each cell that a verdict or a fault is about, and a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.intake.description import Description
from hyte_graph.intake.places import Place
from hyte_graph.intake.workbook.read import answer_cells
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.reports.annotated import Front, Line, Note, annotate
from hyte_graph.reports.grouping import IDLE, ORDER
from hyte_graph.reports.templating import initial
from hyte_graph.reports.told import Report, Told, caution, tell
from hyte_graph.store.knowledge import Knowledge

Copy = tuple[bytes, tuple[Text, ...]]  # the workbook, and what is to be said of it

_COLUMNS = (
    ("html-outcome", 22),
    ("report-norm", 40),
    ("html-period", 18),
    ("report-provision", 30),
    ("html-reasons", 60),
    ("html-repair", 50),
    ("annotated-cell", 24),
)
_PROVISION = 3  # the column with the web address
_BAD = ("not-fulfilled", "overdue", "partly-fulfilled")
_CALM = (*IDLE, "hypothetical", "not-yet-due")


def verdict_copy(
    content: bytes, description: Description, made: Assessment, knowledge: Knowledge, language: str
) -> Copy:
    """Return the workbook of a description with its verdicts: in the cells that they are about, and in a list in front.

    Raises:
        MissingToolError: openpyxl is not installed.
    """
    report = tell(made, knowledge, language)
    answers = answer_cells(content, description.name)
    notes = _by_place(_notes(report, description.cells, answers))
    ordered = sorted(report.verdicts, key=lambda item: ORDER.index(item.verdict.outcome))
    lines = [_line(item, description.cells, answers) for item in ordered]
    above = [
        initial(report.page.title),
        say("annotated-lead").within(language),
        *report.page.marks(),
        *caution(language),
    ]
    above += [f"{name}: {value}" for name, value in report.basis()]
    title = say("annotated-title").within(language)
    columns = [(say(key).within(language), width) for key, width in _COLUMNS]
    return annotate(content, description.name, notes, Front(title, above, columns, lines))


def _notes(report: Report, cells: Mapping[str, Place], answers: Mapping[str, Place]) -> Iterator[Note]:
    """Yield what is to be said of cells: open answers by their norm, and facts that did not count by their reasons."""
    norms: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for item in report.verdicts:
        shade = _shade(item.verdict.outcome)
        if shade in ("bad", "open") and item.verdict.norm.slug in answers:
            yield Note(answers[item.verdict.norm.slug], _told(item), shade)
        for fact, text in item.verdict.aside:
            if fact in cells:
                norms[fact, report.page.text(text), "bad" if shade == "bad" else "open"].append(item.title)
    for (fact, told, shade), titles in norms.items():
        yield Note(cells[fact], f"{told} ({'; '.join(dict.fromkeys(titles))})", shade)


def _told(item: Told) -> str:
    """Return what the comment in the cell of an answer says: outcome, duty, provision, what is missing, what to do."""
    head = f"{item.sign} {item.outcome}: {item.title}. {item.citation}"
    return "\n".join((head, *(item.missing or item.reasons), *item.repair))


def _by_place(notes: Iterator[Note]) -> list[Note]:
    """Return one note for each cell, with all that is to be said of it and the colour of what is worst."""
    found: dict[Place, list[Note]] = defaultdict(list)
    for note in notes:
        found[note.place].append(note)
    return [
        Note(place, "\n\n".join(dict.fromkeys(item.text for item in said)), min(item.colour for item in said))
        for place, said in sorted(found.items())
    ]


def _line(item: Told, cells: Mapping[str, Place], answers: Mapping[str, Place]) -> Line:
    """Return the line of a verdict; it leads to a fact that did not count, else to the answer, else to the evidence."""
    aside = (cells.get(fact) for fact, _ in item.verdict.aside)
    evidence = (cells.get(fact.id) for fact in item.verdict.evidence)
    answer = answers.get(item.verdict.norm.slug) if _shade(item.verdict.outcome) in ("bad", "open") else None
    place = next((place for place in (*aside, answer, *evidence) if place is not None), None)
    reasons = "\n".join(dict.fromkeys((*item.missing, *item.reasons, *item.remarks)))
    texts = (f"{item.sign} {item.outcome}", item.norm, item.period, item.citation, reasons, "\n".join(item.repair))
    return Line(texts, _shade(item.verdict.outcome), place, item.link, _PROVISION)


def _shade(outcome: Outcome) -> str:
    """Return the colour of an outcome: a word and a sign say it too."""
    if outcome == "fulfilled":
        return "good"
    return "bad" if outcome in _BAD else "idle" if outcome in _CALM else "open"


def fault_copy(content: bytes, name: str, faults: Sequence[tuple[Place, Text]], language: str) -> Copy:
    """Return a workbook that could not be taken, with a comment in each cell that must be mended.

    Raises:
        MissingToolError: openpyxl is not installed.
    """
    told = [
        (place if place.sheet and place.line and place.column else None, text.within(language))
        for place, text in faults
    ]
    notes = _by_place(Note(place, text, "bad") for place, text in told if place is not None)
    lines = [Line((text,), "bad", place) for place, text in told]
    heads = (("annotated-fault", 110), ("annotated-cell", 24))
    columns = [(say(key).within(language), width) for key, width in heads]
    above = [say("annotated-faults", name=name).within(language), say("annotated-no-verdict").within(language)]
    front = Front(say("annotated-title").within(language), above, columns, lines)
    return annotate(content, name, notes, front)
