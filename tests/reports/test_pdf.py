"""The PDF is tagged and complete, and nothing that stands in a description can do harm in it."""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.errors import MissingToolError
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import say
from hyte_graph.reports import pdf_report, render
from hyte_graph.reports.grouping import IDLE, families
from hyte_graph.resources import package_file
from hyte_graph.store.knowledge import Knowledge
from tests.conftest import EXAMPLES

_PATHS = sorted(EXAMPLES.glob("*.yaml"))
_HOSTILE = '#read("/etc/hosts") #eval("1") $x$ */ ]] <script> \\ "\' `a`'
_NOT_IN_FONTS = "漢字 😀👩‍👩‍👧"


def read(content: str | bytes) -> pikepdf.Pdf:
    assert isinstance(content, bytes)
    return pikepdf.open(io.BytesIO(content))


def tree(made: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Return the elements of the structure tree, in the order of reading."""
    found, waiting = [], [made.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting.extend(reversed(list(node)))
        elif isinstance(node, pikepdf.Dictionary):
            found.extend([node] if "/S" in node else [])
            waiting.extend([node.K] if "/K" in node else [])
    return found


def tags(made: pikepdf.Pdf) -> Counter[str]:
    return Counter(str(node.S) for node in tree(made))


def addresses(made: pikepdf.Pdf) -> set[str]:
    noted = (note for page in made.pages for note in page.get("/Annots", ()))
    return {str(note.A.URI) for note in noted if "/A" in note and "/URI" in note.A}


@pytest.fixture(scope="module")
def county(check) -> Assessment:
    path = EXAMPLES / "lansi-uusimaa.yaml"
    return check(path.read_text(encoding="utf-8"), name=path.name)


@pytest.fixture(scope="module")
def pdfs(county, knowledge) -> dict[str, pikepdf.Pdf]:
    return {language: read(render("pdf", [county], knowledge, language)) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_is_tagged_and_says_its_title_and_language(pdfs, county, language):
    made = pdfs[language]
    assert bool(made.Root.MarkInfo.Marked)
    assert str(made.Root.Lang) == language
    assert bool(made.Root.ViewerPreferences.DisplayDocTitle)
    with made.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        title = say("html-title", name=county.actor.label, on=county.on).within(language)
        assert told["dc:title"] == title


@pytest.mark.parametrize("language", LANGUAGES)
def test_tags_name_headings_tables_lists_and_the_picture(pdfs, county, knowledge, language):
    found = tags(pdfs[language])
    shown = [group for group in families(county, knowledge) if any(item.outcome not in IDLE for item in group.verdicts)]
    assert found["/Title"] == 1
    assert found["/H1"] >= len(shown)
    assert found["/H3"] == sum(verdict.outcome not in IDLE for verdict in county.verdicts)
    assert found["/Table"] == found["/THead"] >= 4
    assert found["/TH"] >= 10
    assert found["/L"] > 10
    pictures = [node for node in tree(pdfs[language]) if node.S == "/Figure"]
    assert len(pictures) == 1
    assert county.actor.label.within(language) in str(pictures[0].Alt)


@pytest.mark.parametrize("language", LANGUAGES)
def test_bookmarks_lead_to_each_family(pdfs, county, knowledge, language):
    with pdfs[language].open_outline() as outline:
        titles = [item.title.casefold() for item in outline.root]
    for group in families(county, knowledge):
        if any(verdict.outcome not in IDLE for verdict in group.verdicts):
            assert group.label.within(language).casefold() in titles


def test_citations_and_sources_are_links(pdfs, county):
    links = addresses(pdfs["sv"])
    cited = {verdict.norm.provision.link.sv for verdict in county.verdicts} - {""}
    sources = {source.url for verdict in county.verdicts for item in verdict.evidence for source in item.sources}
    assert sources
    assert cited | sources <= links


@pytest.mark.parametrize(("place", "path"), list(enumerate(_PATHS)), ids=[path.stem for path in _PATHS])
def test_every_example_becomes_a_tagged_pdf(place, path, check, knowledge):
    made = check(path.read_text(encoding="utf-8"), name=path.name)
    content = read(render("pdf", [made], knowledge, LANGUAGES[place % 3]))
    assert tags(content)["/H3"] == sum(verdict.outcome not in IDLE for verdict in made.verdicts)


def test_same_assessment_gives_the_same_pdf(county, knowledge):
    assert render("pdf", [county], knowledge, "fi") == render("pdf", [county], Knowledge.shipped(), "fi")


def test_several_organisations_begin_with_the_matrix(county, check, knowledge):
    path = EXAMPLES / "palkane.yaml"
    other = check(path.read_text(encoding="utf-8"), name=path.name)
    made = read(render("pdf", [county, other], knowledge, "fi"))
    pictures = [str(node.Alt) for node in tree(made) if node.S == "/Figure"]
    assert len(pictures) == 3
    told = say("picture-matrix-title").fi
    with made.open_outline() as outline:
        assert [item.title for item in outline.root][:2] == [
            told,
            say("html-title", name=county.actor.label, on=county.on).fi,
        ]


def test_names_are_text_and_letters_without_a_font_are_replaced(county, knowledge):
    label = Text.same(f"{_HOSTILE} {_NOT_IN_FONTS} Áŋđ\a")
    made = read(render("pdf", [replace(county, actor=replace(county.actor, label=label))], knowledge, "fi"))
    title = str(made.docinfo["/Title"])
    assert _HOSTILE in title
    assert "Áŋđ" in title
    assert not set(_NOT_IN_FONTS.replace(" ", "")) & set(title)
    assert "\N{REPLACEMENT CHARACTER}" in title


def test_no_link_runs_anything(county, knowledge):
    at = next(at for at, verdict in enumerate(county.verdicts) if verdict.evidence)
    item = county.verdicts[at].evidence[0]
    spoiled = replace(item, sources=(replace(item.sources[0], url="javascript:alert(1)"),))
    verdict = replace(county.verdicts[at], evidence=(spoiled,))
    made = read(render("pdf", [replace(county, verdicts=(verdict,))], knowledge, "fi"))
    assert all(re.match("https?://", address) for address in addresses(made))
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(made.Root.get("/Names", pikepdf.Dictionary()).keys())


def test_template_opens_no_file_but_its_values():
    template = (package_file("reports") / "templates" / "report.typ").read_text(encoding="utf-8")
    assert re.findall(
        r"\b(read|include|import|eval|plugin|json|yaml|toml|csv|xml|image)\(?", template.split("\n", 1)[1]
    ) == [
        "json",
        "image",
    ]
    assert "json(bytes(sys.inputs.data))" in template
    assert re.search(r"image\(\s*bytes\(one\.svg\)", template)


def test_fonts_are_those_of_typst(pdfs):
    fonts = {
        str(font.BaseFont).split("+")[-1]
        for page in pdfs["fi"].pages
        for font in page.Resources.get("/Font", pikepdf.Dictionary()).values()
    }
    assert fonts
    assert all(name.startswith(("LibertinusSerif", "DejaVuSansMono", "NewCM")) for name in fonts), fonts


def test_missing_package_is_told_with_how_to_install_it(county, knowledge, monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingToolError) as told:
        pdf_report.render([county], knowledge, "fi")
    for language in LANGUAGES:
        assert 'pip install "hyte-graph[reports]"' in told.value.message.within(language)


def test_pdf_holds_no_path_of_the_machine(county, knowledge):
    content = render("pdf", [county], knowledge, "fi")
    assert str(Path(__file__).resolve().parents[2]).encode() not in content
