"""The Word document has real headings, tables and links, and can be read back."""

from __future__ import annotations

import io
import re
import sys
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.errors import MissingToolError
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import say
from hyte_graph.reports import docx_report, render
from hyte_graph.reports.grouping import IDLE, families, symbol
from hyte_graph.store.knowledge import Knowledge
from tests.conftest import EXAMPLES

_PATHS = sorted(EXAMPLES.glob("*.yaml"))
_HOSTILE = "<w:t>&amp;</w:t> \"'\x00\a\N{RIGHT-TO-LEFT OVERRIDE}]]>"


def read(content: str | bytes):
    assert isinstance(content, bytes)
    return docx.Document(io.BytesIO(content))


def headings(made, level: int) -> list[str]:
    return [one.text for one in made.paragraphs if one.style.name == f"Heading {level}"]


def text(made) -> str:
    cells = (cell.text for table in made.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


def addresses(made) -> set[str]:
    return {link.target_ref for link in made.part.rels.values() if link.reltype.endswith("/hyperlink")}


@pytest.fixture(scope="module")
def county(check) -> Assessment:
    path = EXAMPLES / "lansi-uusimaa.yaml"
    return check(path.read_text(encoding="utf-8"), name=path.name)


@pytest.fixture(scope="module")
def documents(county, knowledge):
    return {language: read(render("docx", [county], knowledge, language)) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_families_norms_and_verdicts(documents, county, knowledge, language):
    made = documents[language]
    asked = [verdict for verdict in county.verdicts if verdict.outcome not in IDLE]
    titles = [title.casefold() for title in headings(made, 1)]
    for group in families(county, knowledge):
        if any(verdict.outcome not in IDLE for verdict in group.verdicts):
            assert group.label.within(language).casefold() in titles
    assert len(headings(made, 3)) == len(asked)
    shown = [title.split(" ", 1)[0] for title in headings(made, 3)]
    assert set(shown) == {symbol(verdict.outcome, knowledge) for verdict in asked}
    named = {title.casefold() for title in headings(made, 2)}
    assert {verdict.norm.label.within(language).casefold() for verdict in asked} <= named


@pytest.mark.parametrize("language", LANGUAGES)
def test_document_says_its_title_and_language(documents, county, language):
    made = documents[language]
    told = made.core_properties
    assert told.title == say("html-title", name=county.actor.label, on=county.on).within(language)
    assert told.language == {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}[language]
    spoken = made.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert spoken.get(qn("w:val")) == told.language
    assert told.created.date() == county.on


@pytest.mark.parametrize("language", LANGUAGES)
def test_basis_tells_days_file_digest_and_versions(documents, county, language):
    rows = {row.cells[0].text: row.cells[1].text for row in documents[language].tables[0].rows}
    for key in ("html-law-as-of", "html-facts-as-of", "html-known-as-of"):
        assert say(key).within(language) in rows
    assert rows["SHA-256"] == county.digest
    assert {version for name, version in county.versions if name != county.engine} <= set(rows.values())


def test_every_table_repeats_its_header_and_has_an_alternative_text(documents):
    made = documents["fi"]
    assert len(made.tables) >= 4
    for table in made.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        for tag in ("w:tblCaption", "w:tblDescription"):
            assert table._tbl.tblPr.find(qn(tag)).get(qn("w:val"))


def test_citations_and_sources_are_links(documents, county):
    cited = {verdict.norm.provision.link.sv for verdict in county.verdicts} - {""}
    sources = {source.url for verdict in county.verdicts for item in verdict.evidence for source in item.sources}
    assert sources
    assert cited | sources == addresses(documents["sv"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_said_of_a_duty_is_in_the_document(documents, county, language):
    shown = text(documents[language])
    for verdict in county.verdicts:
        for told in (*verdict.reasons, *verdict.missing, *verdict.untested, *verdict.repair):
            assert told.within(language) in shown


@pytest.mark.parametrize(("place", "path"), list(enumerate(_PATHS)), ids=[path.stem for path in _PATHS])
def test_every_example_becomes_a_document(place, path, check, knowledge):
    made = check(path.read_text(encoding="utf-8"), name=path.name)
    document = read(render("docx", [made], knowledge, LANGUAGES[place % 3]))
    assert len(headings(document, 3)) == sum(verdict.outcome not in IDLE for verdict in made.verdicts)


def test_same_assessment_gives_the_same_document(county, knowledge):
    assert render("docx", [county], knowledge, "fi") == render("docx", [county], Knowledge.shipped(), "fi")


def test_several_organisations_are_set_side_by_side(county, knowledge, check):
    path = EXAMPLES / "palkane.yaml"
    other = check(path.read_text(encoding="utf-8"), name=path.name)
    made = read(render("docx", [county, other], knowledge, "sv"))
    assert headings(made, 1)[0] == say("picture-matrix-title").sv
    assert len(headings(made, 1)) == 3
    assert all(one.actor.label.sv in made.tables[0].rows[1].cells[2].text for one in (county, other))


def test_mischief_in_names_is_text_and_no_link(county, knowledge):
    at = next(at for at, verdict in enumerate(county.verdicts) if verdict.evidence)
    item = county.verdicts[at].evidence[0]
    spoiled = replace(item, sources=(replace(item.sources[0], title=_HOSTILE, url="javascript:alert(1)"),))
    verdict = replace(county.verdicts[at], evidence=(spoiled,), reasons=(Text.same(_HOSTILE),))
    actor = replace(county.actor, label=Text.same(_HOSTILE + "Å" * 4000))
    made = read(render("docx", [replace(county, name=_HOSTILE, actor=actor, verdicts=(verdict,))], knowledge, "fi"))
    assert "<w:t>&amp;</w:t>" in text(made)
    assert not re.search("[\x00\a\N{RIGHT-TO-LEFT OVERRIDE}]", text(made))
    assert all(address.startswith("https://") for address in addresses(made))


def test_missing_package_is_told_with_how_to_install_it(county, knowledge, monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingToolError) as told:
        docx_report.render([county], knowledge, "fi")
    for language in LANGUAGES:
        assert 'pip install "hyte-graph[reports]"' in told.value.message.within(language)
