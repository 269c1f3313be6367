"""The report as CSV: one row a verdict, for databases, statistics and scripts.

The form is RFC 4180: commas, CRLF, quotes where needed, the same header in every language. It begins with a byte
order mark, without which Excel reads UTF-8 letters wrong. Excel in Finnish and Swedish expects semicolons; whoever
works there takes the xlsx report or imports the file ("Data", "From text/CSV").

No cell is ever run as a formula: a text that begins with `=`, `+`, `-`, `@`, a tab, a line break or an apostrophe
gets one apostrophe in front. Taking one leading apostrophe away gives every text back as it was.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.reports.plain import printable
from hyte_graph.reports.told import Report, Told, tell
from hyte_graph.store.knowledge import Knowledge

_BYTE_ORDER_MARK = "\ufeff"
_GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")


def render(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> str:
    """Return assessments as CSV; the same input gives the same bytes."""
    return opening() + "".join(rows_of(made, knowledge, language) for made in assessments)


def opening() -> str:
    """Return what stands before the rows: the byte order mark and the header."""
    return _BYTE_ORDER_MARK + _written([COLUMNS])


def rows_of(made: Assessment, knowledge: Knowledge, language: str) -> str:
    """Return the rows of one assessment."""
    return _written([guarded(cell) for cell in row] for row in _rows(tell(made, knowledge, language)))


def _written(rows: Iterable[Sequence[str]]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerows(rows)
    return target.getvalue()


COLUMNS = (
    "organisation_id",
    "organisation",
    "law_as_of",
    "facts_as_of",
    "known_as_of",
    "reference_date",
    "family",
    "family_name",
    "norm",
    "norm_name",
    "strength",
    "strength_name",
    "provision",
    "citation",
    "link",
    "duty",
    "period",
    "period_name",
    "opens",
    "closes",
    "outcome",
    "outcome_name",
    "readings",
    "reasons",
    "remarks",
    "evidence",
    "missing",
    "untested",
    "repair",
    "rules",
    "language",
    "input",
    "input_sha256",
    "versions",
    "settled_by",
    "judgements",
    "what_if",
    "changed_from",
    "assumed",
    "judged",
    "report_sha256",
)
"""The header; later versions may add columns at the end."""


def guarded(text: str) -> str:
    """Return a printable text that no spreadsheet takes for a formula."""
    plain = printable(text)
    return f"'{plain}" if plain.startswith(_GUARDED) else plain


def _rows(report: Report) -> Iterator[list[str]]:
    made, language = report.made, report.page.language
    days = [made.law_on.isoformat(), made.on.isoformat(), made.known_on.isoformat(), made.reference_date]
    versions = "; ".join(f"{name} {version}" for name, version in made.versions)
    for item in report.verdicts:
        start = [made.actor.slug, report.organisation, *days]
        row = [*start, *_norm(item), *_outcome(item), language, made.name, made.digest, versions]
        yield [*row, *_settled(item, made), report.page.digest]


def _norm(item: Told) -> list[str]:
    norm, period = item.verdict.norm, item.verdict.period
    named = [norm.family, item.family, norm.slug, item.norm, norm.strength, item.strength]
    cited = [norm.provision.iri, item.citation, item.link, item.verdict.duty or ""]
    return [*named, *cited, period.slug if period else "", item.period, *(_day(day) for day in item.days())]


def _outcome(item: Told) -> list[str]:
    told = (item.reasons, item.remarks, item.evidence, item.missing, item.untested, item.repair, item.verdict.rules)
    return [item.verdict.outcome, item.outcome, item.readings, *(_lines(texts) for texts in told)]


def _settled(item: Told, made: Assessment) -> list[str]:
    """Return by what the outcome is settled, and what of it is only assumed."""
    files = [_lines(f"{file.name} {file.digest}" for file in found) for found in (made.assumed, made.judged)]
    verdict = item.verdict
    what_if = "true" if made.is_what_if else "false"
    return [verdict.settled_by, _lines(item.judgements), what_if, verdict.changed_from or "", *files]


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
