"""The HTML report is safe, complete and accessible, whatever stands in the description."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.assessment import Assessment, Evidence, Source, Verdict
from hyte_graph.compliance.engines import engine
from hyte_graph.compliance.outcomes import OUTCOMES, Outcome
from hyte_graph.intake.reader import read_description
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.model import Period
from hyte_graph.reports.grouping import IDLE, symbol
from hyte_graph.reports.html import render
from hyte_graph.resources import root
from hyte_graph.store.knowledge import Knowledge

KNOWLEDGE = Knowledge.shipped()

_VOID = {"meta", "br", "link", "img", "input", "hr"}
_FETCHES = {"audio", "base", "embed", "form", "iframe", "img", "link", "object", "script", "source", "svg", "video"}
_HOSTILE = "<script>alert('x')</script>\"&\N{RIGHT-TO-LEFT OVERRIDE}\a"


class Page(HTMLParser):
    """A page read strictly: every element that is opened is closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: dict[str, str] = {}  # text within the elements with an id, or labelled by it
        self.headings: list[tuple[int, str]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        assert len(found) == len(attrs), f"<{tag}> has an attribute twice"
        self.elements.append((tag, found))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))
        if tag not in _VOID:
            self._open.append((tag, found.get("id") or found.get("aria-labelledby", "")))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for tag, name in self._open:
            if name:
                self.words[name] = self.words.get(name, "") + data
            if re.fullmatch("h[1-6]", tag):
                level, text = self.headings[-1]
                self.headings[-1] = (level, text + data)

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def real() -> Assessment:
    path = root("examples") / "lansi-uusimaa.yaml"
    description = read_description(path.read_bytes(), path.name, KNOWLEDGE)
    return assess(description, KNOWLEDGE, on=date(2025, 12, 31), checker=engine("shacl"))


@pytest.fixture(scope="module")
def varied(real: Assessment) -> Assessment:
    """Return the assessment with each of the twelve outcomes, on duties with all kinds of periods and on readings."""
    duties = [verdict for verdict in real.verdicts if verdict.period][: len(OUTCOMES)]
    changed = {id(duty): outcome for duty, outcome in zip(duties, OUTCOMES, strict=True)}
    verdicts = (
        _turned(verdict, changed[id(verdict)]) if id(verdict) in changed else verdict for verdict in real.verdicts
    )
    return replace(real, verdicts=tuple(verdicts))


def _turned(verdict: Verdict, outcome: Outcome) -> Verdict:
    if outcome not in IDLE:
        return replace(verdict, outcome=outcome)
    reasons = verdict.reasons[:1]
    return Verdict(verdict.norm, verdict.actor, None, outcome, (), reasons, (), (), (), (), (), ())


def hostile(made: Assessment) -> Assessment:
    """Return the assessment with markup and other mischief wherever a file can put text."""
    sources = tuple(
        Source(_HOSTILE, url)
        for url in (
            "javascript:alert(1)",
            " https://example.org/a b",
            'https://x.example/"><script>',
            "data:text/html,x",
            "",
        )
    )
    evidence = Evidence('d1"><b>', "https://example.org/d1", _HOSTILE, Text.same(_HOSTILE), "high", sources)
    texts = (Text.same(_HOSTILE),)
    first, *rest = made.verdicts
    norm = replace(first.norm, provision=replace(first.norm.provision, link=Text.same("javascript:alert(2)")))
    changed = replace(
        first, norm=norm, outcome="partly-fulfilled", reasons=texts, remarks=texts, evidence=(evidence,), missing=texts
    )
    actor = replace(made.actor, label=Text.same(_HOSTILE), is_fictitious=True)
    return replace(made, name=_HOSTILE, actor=actor, states_facts=False, verdicts=(changed, *rest))


def anchor(verdict: Verdict) -> str:
    return f"{verdict.norm.slug}--{verdict.period.slug}" if verdict.period else verdict.norm.slug


@pytest.mark.parametrize("language", LANGUAGES)
def test_same_assessment_gives_the_same_bytes(varied: Assessment, language: str) -> None:
    again = render(varied, Knowledge.shipped(), language)
    assert render(varied, KNOWLEDGE, language).encode() == again.encode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_well_formed_and_its_ids_are_unique(varied: Assessment, language: str) -> None:
    for made in (varied, hostile(varied)):
        page = Page(render(made, KNOWLEDGE, language))
        ids = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)
        assert max(ids.values()) == 1
        targets = [link["href"][1:] for link in page.of("a") if link["href"].startswith("#")]
        named = [found["aria-labelledby"] for _, found in page.elements if "aria-labelledby" in found]
        assert set(targets + named) <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_says_its_language_and_that_of_names_in_another(real: Assessment, language: str) -> None:
    page = Page(render(real, KNOWLEDGE, language))
    assert page.of("html") == [{"lang": language}]
    assert [span["lang"] for span in page.of("span") if "lang" in span] == [
        other for other in ("fi", "sv") if other != language
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fetched_and_nothing_runs(varied: Assessment, language: str) -> None:
    text = render(hostile(varied), KNOWLEDGE, language)
    page = Page(text)
    assert not _FETCHES & {tag for tag, _ in page.elements}
    assert not [
        name for _, found in page.elements for name in found if name in ("src", "srcset", "style") or name[:2] == "on"
    ]
    style = text[text.index("<style>") : text.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src 'none'" in page.of("meta")[-1]["content"]


def test_markup_in_names_is_text(real: Assessment) -> None:
    text = render(hostile(real), KNOWLEDGE, "fi")
    assert "<script" not in text
    assert text.count("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&#34;&amp;") >= 8


def test_characters_that_reorder_or_break_text_are_replaced(real: Assessment) -> None:
    text = render(hostile(real), KNOWLEDGE, "fi")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "\N{REPLACEMENT CHARACTER}" in text


def test_only_web_addresses_become_links(real: Assessment) -> None:
    page = Page(render(hostile(real), KNOWLEDGE, "fi"))
    links = [link["href"] for link in page.of("a")]
    assert all(re.fullmatch(r"#[\w-]+|https?://[^\s<>\"]+", link) for link in links)
    shown = page.words[anchor(hostile(real).verdicts[0])]
    assert "javascript:alert(1)" in shown
    assert "data:text/html,x" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_is_shown_with_word_sign_and_citation(varied: Assessment, language: str) -> None:
    page = Page(render(varied, KNOWLEDGE, language))
    for verdict in varied.verdicts:
        said = page.words[anchor(verdict)]
        near = page.words[verdict.outcome] if verdict.outcome in IDLE else said
        assert symbol(verdict.outcome, KNOWLEDGE) in near
        assert KNOWLEDGE.code("outcome", verdict.outcome).within(language) in near
        around = said if verdict.outcome in IDLE else page.words[f"family-{verdict.norm.family}"]
        for text in (verdict.norm.label, verdict.norm.provision.citation):
            assert text.within(language)[1:] in around
        for text in verdict.reasons + verdict.missing + verdict.untested + verdict.repair:
            assert text.within(language) in said
        for item in verdict.evidence:
            assert item.label in said


def test_every_source_of_evidence_is_linked(real: Assessment) -> None:
    links = {link["href"] for link in Page(render(real, KNOWLEDGE, "sv")).of("a")}
    sources = {source.url for verdict in real.verdicts for item in verdict.evidence for source in item.sources}
    assert sources
    assert sources <= links


@pytest.mark.parametrize("language", LANGUAGES)
def test_summary_counts_each_outcome_and_leads_to_the_first(varied: Assessment, language: str) -> None:
    text = render(varied, KNOWLEDGE, language)
    table = text[text.index("<table>") : text.index("</table>")]
    rows = table.split("<tr")[2:-1]
    assert len(rows) == len(OUTCOMES)
    places = [attributes["id"] for _, attributes in Page(text).elements if "id" in attributes]
    for row in rows:
        outcome, target = re.search(r"outcome-([a-z-]+)", row)[1], re.search(r'href="#([^"]+)"', row)[1]  # type: ignore[index]
        assert f'<td class="number">{varied.summary()[outcome]}</td>' in row
        assert KNOWLEDGE.code("outcome", outcome).within(language) in row
        anchors = {anchor(verdict) for verdict in varied.verdicts if verdict.outcome == outcome} | {outcome} & IDLE
        assert target == next(place for place in places if place in anchors)


def test_outcome_that_nothing_has_is_no_link(real: Assessment) -> None:
    text = render(replace(real, verdicts=real.verdicts[:1]), KNOWLEDGE, "fi")
    table = text[text.index("<table>") : text.index("</table>")]
    assert table.count("<a ") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_start_at_one_and_skip_no_level(varied: Assessment, language: str) -> None:
    headings = Page(render(varied, KNOWLEDGE, language)).headings
    levels = [level for level, _ in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(text.strip() for _, text in headings)


def test_page_has_landmarks_a_skip_link_and_table_headers(real: Assessment) -> None:
    page = Page(render(real, KNOWLEDGE, "fi"))
    tags = [tag for tag, _ in page.elements]
    assert all(tags.count(tag) == 1 for tag in ("header", "main", "nav", "footer", "caption"))
    assert page.of("a")[0]["href"] == f"#{page.of('main')[0]['id']}"
    assert all(header["scope"] in ("col", "row") for header in page.of("th"))


def test_basis_tells_days_file_digest_and_versions(real: Assessment) -> None:
    made = replace(real, on=date(2025, 3, 1), known_on=date(2025, 4, 2), reference_date="2025-05")
    text = render(made, KNOWLEDGE, "fi")
    shown = text[text.index('<section class="basis"') : text.index('<section aria-labelledby="summary"')]
    assert shown.count("<dd>1.3.2025</dd>") == 2
    for told in ("2.4.2025", "2025-05", real.name, real.digest, *(version for _, version in real.versions)):
        assert told in shown


@pytest.mark.parametrize(
    ("language", "told"), [("fi", "Vaikeneminen ei ole"), ("sv", "Tystnad är"), ("en", "Silence is not")]
)
def test_page_says_that_silence_is_no_breach(real: Assessment, language: str, told: str) -> None:
    text = render(replace(real, verdicts=real.verdicts[:1]), KNOWLEDGE, language)
    assert told in text[text.index('<div class="note">') : text.index("</div>")]


def test_only_the_english_page_says_that_it_is_unofficial(real: Assessment) -> None:
    notes = {language: "unofficial" in render(real, KNOWLEDGE, language) for language in LANGUAGES}
    assert notes == {"fi": False, "sv": False, "en": True}


def test_citations_lead_to_the_law_in_the_language_of_the_page(real: Assessment) -> None:
    def languages(language: str) -> set[str]:
        links = [link["href"] for link in Page(render(real, KNOWLEDGE, language)).of("a")]
        return {link.split("/")[3] for link in links if link.startswith("https://www.finlex.fi/") and "/laki/" in link}

    assert [languages(language) for language in LANGUAGES] == [{"fi"}, {"sv"}, {"fi"}]


def test_english_page_says_in_which_language_the_law_stands(real: Assessment) -> None:
    cited = next(verdict for verdict in real.verdicts if verdict.norm.provision.link.en)
    text = render(replace(real, verdicts=(cited,)), KNOWLEDGE, "en")
    assert f"{cited.norm.provision.citation.en} (in Finnish)</a>" in text
    assert 'hreflang="fi"' in text


def test_readings_are_told_apart(real: Assessment) -> None:
    verdict = replace(
        next(verdict for verdict in real.verdicts if verdict.period),
        outcome="contested",
        readings=(("fi", "fulfilled"), ("sv", "not-fulfilled")),
    )
    page = Page(render(replace(real, verdicts=(verdict,)), KNOWLEDGE, "sv"))
    shown = " ".join(page.words[anchor(verdict)].split())
    assert "Den finska läsarten: ✓ fullgjord" in shown
    assert "Den svenska läsarten: ✗ inte fullgjord" in shown


def test_periods_are_told_with_their_days(real: Assessment) -> None:
    year = replace(
        next(verdict for verdict in real.verdicts if verdict.period),
        period=Period("2024", date(2024, 1, 1), date(2024, 12, 31)),
    )
    assert "2024: 1.1.2024 – 31.12.2024" in render(replace(real, verdicts=(year,)), KNOWLEDGE, "fi")
    standing = replace(year, period=Period("standing", date(2023, 1, 1), None))
    assert "1.1.2023 alkaen, ei päättymispäivää" in render(replace(real, verdicts=(standing,)), KNOWLEDGE, "fi")
