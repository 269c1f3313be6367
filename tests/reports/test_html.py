"""The HTML report is safe, complete and accessible, whatever stands in the description."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from hyte_graph.compliance.assessment import Assessment, Evidence, Source, Verdict
from hyte_graph.compliance.outcomes import OUTCOMES, Outcome
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.model import Period
from hyte_graph.reports.grouping import IDLE, symbol
from hyte_graph.reports.html import render
from hyte_graph.resources import package_file
from hyte_graph.store.knowledge import Knowledge
from tests.conftest import EXAMPLES

_VOID = {"meta", "br", "link", "img", "input", "hr"}
_FETCHES = {"audio", "base", "embed", "feimage", "foreignobject", "form", "iframe", "image", "img", "link", "object"}
_FETCHES |= {"script", "source", "use", "video"}
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
def real(check):
    path = EXAMPLES / "lansi-uusimaa.yaml"
    return check(path.read_text(encoding="utf-8"), name=path.name)


@pytest.fixture(scope="module")
def varied(real):
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
    evidence = Evidence('d1"><b>', "https://example.org/d1", Text.same(_HOSTILE), Text.same(_HOSTILE), "high", sources)
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
def test_same_assessment_gives_the_same_bytes(varied, knowledge, language):
    again = render(varied, Knowledge.shipped(), language)
    assert render(varied, knowledge, language).encode() == again.encode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_well_formed_and_its_ids_are_unique(varied, knowledge, language):
    for made in (varied, hostile(varied)):
        page = Page(render(made, knowledge, language))
        ids = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)
        assert max(ids.values()) == 1
        targets = [link["href"][1:] for link in page.of("a") if link["href"].startswith("#")]
        named = [found["aria-labelledby"] for _, found in page.elements if "aria-labelledby" in found]
        assert set(targets + named) <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_says_its_language_and_that_of_names_in_another(real, knowledge, language):
    page = Page(render(real, knowledge, language))
    assert page.of("html") == [{"lang": language}]
    assert [span["lang"] for span in page.of("span") if "lang" in span] == [
        other for other in ("fi", "sv") if other != language
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fetched_and_nothing_runs(varied, knowledge, language):
    text = render(hostile(varied), knowledge, language)
    page = Page(text)
    assert not _FETCHES & {tag for tag, _ in page.elements}
    assert not [
        name for _, found in page.elements for name in found if name in ("src", "srcset", "style") or name[:2] == "on"
    ]
    style = text[text.index("<style>") : text.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src 'none'" in page.of("meta")[-1]["content"]


def test_markup_in_names_is_text(real, knowledge):
    text = render(hostile(real), knowledge, "fi")
    assert "<script" not in text
    assert text.count("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&#34;&amp;") >= 8


def test_characters_that_reorder_or_break_text_are_replaced(real, knowledge):
    text = render(hostile(real), knowledge, "fi")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    assert "\N{REPLACEMENT CHARACTER}" in text


def test_only_web_addresses_become_links(real, knowledge):
    page = Page(render(hostile(real), knowledge, "fi"))
    links = [link["href"] for link in page.of("a")]
    assert all(re.fullmatch(r"#[\w-]+|https?://[^\s<>\"]+", link) for link in links)
    shown = page.words[anchor(hostile(real).verdicts[0])]
    assert "javascript:alert(1)" in shown
    assert "data:text/html,x" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_is_shown_with_word_sign_and_citation(varied, knowledge, language):
    page = Page(render(varied, knowledge, language))
    for verdict in varied.verdicts:
        said = page.words[anchor(verdict)]
        near = page.words[verdict.outcome] if verdict.outcome in IDLE else said
        assert symbol(verdict.outcome, knowledge) in near
        assert knowledge.code("outcome", verdict.outcome).within(language) in near
        around = said if verdict.outcome in IDLE else page.words[f"family-{verdict.norm.family}"]
        for text in (verdict.norm.label, verdict.norm.provision.citation):
            assert text.within(language)[1:] in around
        for text in verdict.reasons + verdict.missing + verdict.untested + verdict.repair:
            assert text.within(language) in said
        for item in verdict.evidence:
            assert item.label.within(language) in said


def test_every_source_of_evidence_is_linked(real, knowledge):
    links = {link["href"] for link in Page(render(real, knowledge, "sv")).of("a")}
    sources = {source.url for verdict in real.verdicts for item in verdict.evidence for source in item.sources}
    assert sources
    assert sources <= links


@pytest.mark.parametrize("language", LANGUAGES)
def test_summary_counts_each_outcome_and_leads_to_the_first(varied, knowledge, language):
    text = render(varied, knowledge, language)
    table = text[text.index("<table>") : text.index("</table>")]
    rows = table.split("<tr")[2:-1]
    assert len(rows) == len(OUTCOMES)
    places = [attributes["id"] for _, attributes in Page(text).elements if "id" in attributes]
    for row in rows:
        outcome, target = re.search(r"outcome-([a-z-]+)", row)[1], re.search(r'href="#([^"]+)"', row)[1]
        assert f'<td class="number">{varied.summary()[outcome]}</td>' in row
        assert knowledge.code("outcome", outcome).within(language) in row
        anchors = {anchor(verdict) for verdict in varied.verdicts if verdict.outcome == outcome} | {outcome} & IDLE
        assert target == next(place for place in places if place in anchors)


def test_outcome_that_nothing_has_is_no_link(real, knowledge):
    text = render(replace(real, verdicts=real.verdicts[:1]), knowledge, "fi")
    table = text[text.index("<table>") : text.index("</table>")]
    assert table.count("<a ") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_start_at_one_and_skip_no_level(varied, knowledge, language):
    headings = Page(render(varied, knowledge, language)).headings
    levels = [level for level, _ in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(text.strip() for _, text in headings)


def test_page_has_landmarks_a_skip_link_and_table_headers(real, knowledge):
    page = Page(render(real, knowledge, "fi"))
    tags = [tag for tag, _ in page.elements]
    assert all(tags.count(tag) == 1 for tag in ("header", "main", "nav", "footer"))
    assert tags.count("caption") == tags.count("table") == 2
    assert page.of("a")[0]["href"] == f"#{page.of('main')[0]['id']}"
    assert all(header["scope"] in ("col", "row") for header in page.of("th"))


def test_basis_tells_days_file_digest_and_versions(real, knowledge):
    days = {"law_on": date(2025, 3, 1), "on": date(2025, 3, 1), "known_on": date(2025, 4, 2)}
    made = replace(real, **days, reference_date="2025-05")
    text = render(made, knowledge, "fi")
    shown = text[text.index('<section class="basis"') : text.index('<section aria-labelledby="summary"')]
    assert shown.count("<dd>1.3.2025</dd>") == 2
    for told in ("2.4.2025", "2025-05", real.name, real.digest, *(version for _, version in real.versions)):
        assert told in shown


@pytest.mark.parametrize(
    ("language", "told"), [("fi", "Vaikeneminen ei ole"), ("sv", "Tystnad är"), ("en", "Silence is not")]
)
def test_page_says_that_silence_is_no_breach(real, knowledge, language, told):
    text = render(replace(real, verdicts=real.verdicts[:1]), knowledge, language)
    assert told in text[text.index('<div class="note">') : text.index("</div>")]


def test_only_the_english_page_says_that_it_is_unofficial(real, knowledge):
    notes = {language: "unofficial" in render(real, knowledge, language) for language in LANGUAGES}
    assert notes == {"fi": False, "sv": False, "en": True}


def test_citations_lead_to_the_law_in_the_language_of_the_page(real, knowledge):
    def languages(language: str) -> set[str]:
        links = [link["href"] for link in Page(render(real, knowledge, language)).of("a")]
        return {link.split("/")[3] for link in links if link.startswith("https://www.finlex.fi/") and "/laki/" in link}

    assert [languages(language) for language in LANGUAGES] == [{"fi"}, {"sv"}, {"fi"}]


def test_english_page_says_in_which_language_the_law_stands(real, knowledge):
    cited = next(verdict for verdict in real.verdicts if verdict.norm.provision.link.en)
    text = render(replace(real, verdicts=(cited,)), knowledge, "en")
    assert f"{cited.norm.provision.citation.en} (in Finnish)</a>" in text
    assert 'hreflang="fi"' in text


def changed(made: Assessment, **values: object) -> Assessment:
    """Return the assessment with one verdict only, the first with evidence, changed."""
    first = next(verdict for verdict in made.verdicts if verdict.evidence)
    return replace(made, verdicts=(replace(first, **values),))  # type: ignore[arg-type]


def said(made: Assessment, knowledge: Knowledge, language: str) -> str:
    """Return what the page says of the one verdict, with single spaces."""
    page = Page(render(made, knowledge, language))
    return " ".join(page.words[anchor(made.verdicts[0])].split())


def test_readings_are_told_apart(real, knowledge):
    made = changed(real, outcome="contested", readings=(("fi", "fulfilled"), ("sv", "not-fulfilled")))
    assert "Den finska läsarten: ✓ fullgjord" in said(made, knowledge, "sv")
    assert "Den svenska läsarten: ✗ inte fullgjord" in said(made, knowledge, "sv")


def test_periods_are_told_with_their_days(real, knowledge):
    year = changed(real, period=Period("2024", date(2024, 1, 1), date(2024, 12, 31)))
    assert "2024: 1.1.2024 – 31.12.2024" in said(year, knowledge, "fi")
    standing = changed(real, period=Period("standing", date(2023, 1, 1), None))
    assert "1.1.2023 alkaen, ei päättymispäivää" in said(standing, knowledge, "fi")
    timeless = changed(real, period=Period("standing", date.min, None))
    assert "ei päättymispäivää" not in said(timeless, knowledge, "fi")


def test_evidence_is_told_with_its_id_kind_and_certainty(real, knowledge):
    evidence = Evidence("d1", "", Text.same("Kertomus"), Text("kertomus", "berättelse", "report"), "medium", ())
    told = said(changed(real, evidence=(evidence,)), knowledge, "sv")
    assert "d1 Kertomus (berättelse; säkerhet: medelhög)" in told


def test_fact_that_does_not_count_is_told_once(real, knowledge):
    remark = Text.same("It does not count.")
    assert said(changed(real, reasons=(remark,), remarks=(remark,)), knowledge, "en").count("does not count") == 1


def test_family_without_a_duty_has_no_section(real, knowledge):
    idle = replace(real, verdicts=tuple(verdict for verdict in real.verdicts if verdict.outcome in IDLE))
    assert idle.verdicts
    assert "family-" not in render(idle, knowledge, "fi")


def test_page_warns_of_what_is_invented_empty_or_unverified(real, knowledge):
    made = changed(real)
    norm = replace(made.verdicts[0].norm, review_state="unverified")
    doubtful = changed(real, norm=norm)
    warned = replace(doubtful, actor=replace(made.actor, is_fictitious=True), states_facts=False)
    for warning in ("The organisation is invented", f"{made.name} states no facts", "Reading of the norm: unverified"):
        assert warning not in render(made, knowledge, "en")
        assert warning in render(warned, knowledge, "en")


def test_name_that_is_the_same_in_both_languages_stands_once(real, knowledge):
    made = replace(changed(real), actor=replace(real.actor, label=Text.same("Kotka")))
    assert "<span lang" not in render(made, knowledge, "fi")


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour such as "#14181c" (WCAG 2.2)."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_of_text_stands_out_from_every_ground(scheme):
    style = (package_file("reports") / "templates" / "report.css").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{([^}]*--paper[^}]*)\}", style)
    assert len(blocks) == 2
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", blocks[scheme]))
    inks = set(colours) - {"paper", "panel", "line"}
    assert inks >= set(re.findall(r"[^-]color: var\(--(\w+)\)", style))
    for ink in inks:
        for ground in ("paper", "panel"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)


def test_style_sheet_names_no_colour_outside_its_two_palettes():
    style = (package_file("reports") / "templates" / "report.css").read_text(encoding="utf-8")
    rest = re.sub(r":root \{[^}]*\}", "", style)
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", rest)


def test_template_trusts_no_value():
    template = (package_file("reports") / "templates" / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe|autoescape|Markup", template)
