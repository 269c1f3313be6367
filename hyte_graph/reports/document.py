"""Assessments as the parts of a document on paper: what the PDF and the Word document say, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hyte_graph.compliance.assessment import Assessment, Evidence, Source, Verdict
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.reports.grouping import ORDER
from hyte_graph.reports.page import Opinion, Page, Section
from hyte_graph.reports.pictures import Picture, matrix, timeline
from hyte_graph.reports.templating import initial
from hyte_graph.store.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Told:
    """An outcome as a sign and a word."""

    outcome: Outcome
    sign: str
    word: str


@dataclass(frozen=True, slots=True)
class Item:
    """A text of a list, with the titles and addresses of its sources; an address is empty unless it may be a link."""

    text: str
    sources: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict: its period and what is listed under which word."""

    told: Told
    period: str
    rows: tuple[tuple[str, tuple[Item, ...]], ...]


@dataclass(frozen=True, slots=True)
class Norm:
    """A norm with its citation, the official address of its act, and its verdicts or why it is not applied."""

    title: str
    definition: str
    citation: str
    link: str
    slug: str
    review: str
    verdicts: tuple[Judged, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Norms under one heading, with how many verdicts of each outcome they have."""

    title: str
    counts: tuple[tuple[Told, int], ...]
    norms: tuple[Norm, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of the summary."""

    told: Told
    meaning: str
    count: int


@dataclass(frozen=True, slots=True)
class Part:
    """All that is said of one organisation."""

    title: str
    name: str
    digest: str  # of the JSON report
    notes: tuple[str, ...]
    basis: tuple[tuple[str, str], ...]
    summary: tuple[Counted, ...]
    total: int
    timeline: Picture | None
    families: tuple[Family, ...]
    opinions: tuple[tuple[str, Item], ...]  # what persons judged: the duty, then by whom, when and why
    idle: tuple[Family, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A report on one or several organisations; several begin with a picture that sets them side by side."""

    language: str
    title: str
    on: date
    matrix: Picture | None
    parts: tuple[Part, ...]


def document(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> Document:
    """Return the parts of a report in "fi", "sv" or "en"."""
    parts = tuple(_part(made, knowledge, language) for made in assessments)
    on = max(made.on for made in assessments)
    if len(parts) == 1:
        return Document(language, parts[0].title, on, None, parts)
    title = say("document-several", count=len(parts), on=on).within(language)
    return Document(language, title, on, matrix(assessments, knowledge, language), parts)


def _part(made: Assessment, knowledge: Knowledge, language: str) -> Part:
    page = Page(made, knowledge, language)
    picture = timeline(made, knowledge, language)
    counted = made.summary()
    return Part(
        page.title,
        made.actor.label.within(language),
        page.digest,
        _notes(page, made),
        _basis(page),
        tuple(Counted(_told(page, outcome), page.meaning(outcome), counted[outcome]) for outcome in ORDER),
        len(made.verdicts),
        picture if picture.rows else None,
        tuple(_family(page, section) for section in page.sections),
        tuple(_opinion(page, opinion) for opinion in page.judgements()),
        tuple(_idle(page, outcome, found) for outcome, found in page.idle()),
    )


def _told(page: Page, outcome: Outcome) -> Told:
    return Told(outcome, page.symbol(outcome), page.code("outcome", outcome))


def _notes(page: Page, made: Assessment) -> tuple[str, ...]:
    """Return what the reader must know first."""
    keys = ["html-caution"]
    keys += ["html-unofficial"] if page.language == "en" else []
    keys += ["html-fictitious"] if made.actor.is_fictitious else []
    silent = () if made.states_facts else (page.say("nothing-stated", name=made.name),)
    return (*page.marks(), *(page.say(key) for key in keys), *silent)


def _basis(page: Page) -> tuple[tuple[str, str], ...]:
    names = tuple((page.say("html-names"), name) for _, name in page.other_names())
    files = tuple(part for what, name, digest in page.files() for part in ((what, name), ("SHA-256", digest)))
    report = (page.say("html-report-digest"), page.digest)
    return (*names, *page.clocks(), *files, report, *page.versions())


def _opinion(page: Page, opinion: Opinion) -> tuple[str, Item]:
    period = page.period_name(opinion.verdict)
    sources = tuple(_source(page, source) for source in opinion.sources)
    title = initial(opinion.norm) + (f" ({period})" if period else "")
    return title, Item(f"{opinion.told} – {opinion.standing}", sources)


def _family(page: Page, section: Section) -> Family:
    counts = tuple((_told(page, outcome), count) for outcome, count in page.counts(section))
    norms = (_norm(page, verdicts, tuple(_judged(page, item) for item in verdicts), ()) for verdicts in section.norms)
    return Family(initial(page.text(section.label)), counts, tuple(norms))


def _idle(page: Page, outcome: Outcome, verdicts: Sequence[Verdict]) -> Family:
    told = _told(page, outcome)
    norms = (_norm(page, [item], (), tuple(page.text(text) for text in item.reasons)) for item in verdicts)
    return Family(initial(told.word), ((told, len(verdicts)),), tuple(norms))


def _norm(page: Page, verdicts: Sequence[Verdict], judged: tuple[Judged, ...], reasons: tuple[str, ...]) -> Norm:
    norm = verdicts[0].norm
    address, language = page.link(norm.provision)
    other = language not in ("", page.language)
    citation = page.text(norm.provision.citation) + (f" ({page.say(f'html-in-{language}')})" if other else "")
    doubted = norm.review_state != "verified"
    review = page.say("html-review", state=page.code("review-state", norm.review_state)) if doubted else ""
    return Norm(
        initial(page.text(norm.label)),
        page.text(norm.definition),
        initial(citation),
        address,
        norm.slug,
        review,
        judged,
        reasons,
    )


def _judged(page: Page, verdict: Verdict) -> Judged:
    listed = (
        ("html-reasons", _items(page, page.reasons(verdict))),
        ("html-evidence", tuple(_evidence(page, item) for item in verdict.evidence)),
        ("html-remarks", _items(page, verdict.remarks)),
        ("html-missing", _items(page, verdict.missing)),
        ("html-untested", _items(page, verdict.untested)),
        ("html-repair", _items(page, verdict.repair)),
    )
    readings = tuple(_reading(page, name, outcome) for name, outcome in verdict.readings)
    settled = (Item(page.say(f"settled-by-{verdict.settled_by}")),) if verdict.judgements else ()
    first = (("html-readings", readings), ("settled-by", settled))
    rows = ((page.say(key), items) for key, items in (*first, *listed) if items)
    return Judged(_told(page, verdict.outcome), page.period(verdict), tuple(rows))


def _items(page: Page, texts: Sequence[Text]) -> tuple[Item, ...]:
    return tuple(Item(page.text(text)) for text in texts)


def _reading(page: Page, name: str, outcome: Outcome) -> Item:
    told = _told(page, outcome)
    return Item(f"{initial(page.code('reading', name))}: {told.sign} {told.word}")


def _evidence(page: Page, item: Evidence) -> Item:
    kind = page.text(item.kind)
    if item.certainty:
        kind += f"; {page.say('html-certainty', certainty=page.code('certainty', item.certainty))}"
    return Item(f"{item.id} {page.text(item.label)} ({kind})", tuple(_source(page, source) for source in item.sources))


def _source(page: Page, source: Source) -> tuple[str, str]:
    """Return the title and address of a source; what may be no link stands beside the title."""
    address = page.address(source.url)
    return (source.title if address else f"{source.title} {source.url}".strip(), address)
