"""The report in Markdown (GitHub Flavored Markdown, for its tables): for a memorandum, a wiki or a merge request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.messages import say
from hyte_graph.reports.grouping import IDLE, ORDER, symbol
from hyte_graph.reports.plain import printable
from hyte_graph.reports.sheets.markdown import escaped
from hyte_graph.reports.templating import initial
from hyte_graph.reports.told import Report, Told, caution, tell
from hyte_graph.store.knowledge import Knowledge

_HEADS = ("html-outcome", "report-norm", "html-period", "report-provision")


def render(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> str:
    """Return assessments as Markdown; several end with a table that compares them."""
    reports = [tell(made, knowledge, language) for made in assessments]
    blocks = [block for report in reports for block in _blocks(report, language)]
    if len(reports) > 1:
        blocks += _comparison(reports, knowledge, language)
    return "\n\n".join(blocks) + "\n"


def _plain(text: str) -> str:
    return escaped(printable(text))


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; its cells are Markdown already."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _blocks(report: Report, language: str) -> Iterator[str]:
    """Yield the paragraphs, headings and tables on one organisation."""
    page = report.page
    yield f"# {_plain(initial(page.title))}"
    yield from (f"**{_plain(mark)}**" for mark in page.marks())
    if report.made.actor.is_fictitious:
        yield page.say("html-fictitious")
    if not report.made.states_facts:
        yield _plain(page.say("nothing-stated", name=report.made.name))
    yield from (f"> {_plain(sentence)}" for sentence in caution(language))
    yield f"## {page.say('html-basis')}"
    yield "\n".join(f"- {_plain(name)}: {_plain(value)}" for name, value in report.basis())
    yield f"## {page.say('html-summary')}"
    counted = ((page.symbol(row.outcome), page.code("outcome", row.outcome), str(row.count)) for row in page.summary())
    heads = (page.say("html-outcome"), page.say("html-count"))
    yield _table(heads, [(f"{sign} {word}", count) for sign, word, count in counted])
    shown = (item for item in report.verdicts if item.verdict.outcome not in IDLE)
    for family, found in groupby(shown, key=lambda item: item.family):
        yield from _family(family, list(found), report)
    yield from _judgements(report)
    yield from _idle(report)


def _family(family: str, found: Sequence[Told], report: Report) -> Iterator[str]:
    """Yield a table of the verdicts of a family, then each with its reasons."""
    yield f"## {_plain(initial(family))}"
    rows = ((_outcome(item), _plain(item.norm), _plain(item.period or "–"), _cited(item)) for item in found)
    yield _table([report.page.say(key) for key in _HEADS], rows)
    for item in found:
        yield f"### {_outcome(item)}: {_plain(item.title)}"
        yield "\n".join(_details(item, report))


def _outcome(item: Told) -> str:
    return f"{item.sign} {item.outcome}"


def _cited(item: Told) -> str:
    citation = _plain(item.citation)
    return f"[{citation}](<{item.link}>)" if item.link else citation


def _details(item: Told, report: Report) -> Iterator[str]:
    lists = {
        "html-readings": (item.readings,) if item.readings else (),
        "settled-by": (item.settled_by,) if item.judgements else (),
        "html-reasons": item.reasons,
        "html-remarks": item.remarks,
        "html-evidence": item.evidence,
        "html-missing": item.missing,
        "html-untested": item.untested,
        "html-repair": item.repair,
    }
    yield f"{_cited(item)} · {_plain(item.strength)} · `{item.name}`"
    yield from ("", f"- {report.page.say('html-period')}: {_plain(item.time)}") if item.time else ("",)
    for key, texts in lists.items():
        if texts:
            yield f"- {report.page.say(key)}:"
            yield from (f"  - {_plain(text)}" for text in texts)


def _judgements(report: Report) -> Iterator[str]:
    """Yield what persons judged, apart from the evidence."""
    found = [(item, text) for item in report.verdicts for text in item.judgements]
    if found:
        yield f"## {report.page.say('judgement-section')}"
        yield report.page.say("judgement-section-lead")
        yield "\n".join(f"- {_plain(item.title)}: {_plain(text)}" for item, text in found)


def _idle(report: Report) -> Iterator[str]:
    """Yield the norms that do not apply as one table, each with why."""
    idle = [item for item in report.verdicts if item.verdict.outcome in IDLE]
    if idle:
        say_it = report.page.say
        yield f"## {say_it('html-idle')}"
        yield say_it("html-idle-lead")
        heads = (say_it("html-outcome"), say_it("report-norm"), say_it("report-provision"), say_it("html-reasons"))
        rows = ((_outcome(item), _plain(item.norm), _cited(item), _plain(" ".join(item.reasons))) for item in idle)
        yield _table(heads, rows)


def _comparison(reports: Sequence[Report], knowledge: Knowledge, language: str) -> Iterator[str]:
    """Yield a table of outcomes by organisation."""
    counts = [report.made.summary() for report in reports]
    shown = [outcome for outcome in ORDER if any(count[outcome] for count in counts)]
    yield f"# {say('text-comparison').within(language)}"
    words = {outcome: knowledge.code("outcome", outcome).within(language) for outcome in shown}
    heads = [say("html-outcome").within(language), *(_plain(report.organisation) for report in reports)]
    signed = {outcome: f"{symbol(outcome, knowledge)} {words[outcome]}" for outcome in shown}
    yield _table(heads, ([signed[outcome], *(str(count[outcome]) for count in counts)] for outcome in shown))
