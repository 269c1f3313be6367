"""Walks through the site, in every language: nothing fails on the way, and nobody else is asked."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest
from playwright.sync_api import expect

from hyte_graph.languages import LANGUAGES

DAY = "2025-12-31"
NORM = "cty-7-4-s4-annual-negotiation"
WORDS = {"fi": "hyvinvointisuunnitelma", "sv": "välfärdsplan", "en": "wellbeing plan"}
_WRITE = """text => {
  const { CodeMirror: editor } = document.querySelector(".CodeMirror");
  editor.setValue(text);
  editor.setCursor(0, text.length);
}"""
each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_language
def test_from_the_search_to_a_norm_its_section_a_term_and_the_picture(opened, served, language):
    page, _ = opened()
    page.goto(served(language, ""))
    box = page.get_by_role("combobox")
    box.focus()
    page.keyboard.type(WORDS[language])
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == page.get_by_role("option").first.get_attribute("id")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill(served.app.extensions["hyte"].norms[NORM].label.within(language))
    page.keyboard.press("Enter")  # nothing is chosen: the form is sent
    page.wait_for_url(re.compile(r"/search\?q="))
    page.locator(".facets a[href*='kind=norm']").click()
    page.wait_for_url(re.compile("kind=norm"))
    for link in (f"norm/{NORM}", "law/2021-612-7-4-s4", "law/2021-612-7"):
        page.locator(f"main a[href='/{language}/{link}']").first.click()
        page.wait_for_url(served(language, link))
    page.locator("main dl a[href*='/term/']").first.click()
    page.wait_for_url(re.compile("/term/"))
    page.locator("main a[href*='/graph?focus=']").first.click()
    page.wait_for_url(re.compile("/graph"))
    draw = page.locator("[data-do=draw]")
    draw.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".picture canvas").first).to_be_visible()
    status = page.locator(".picture [role=status]")
    expect(status).to_have_text(re.compile(r"\d"))
    for button in page.locator(".picture .controls button").all():
        button.focus()
        page.keyboard.press("Enter")
    assert page.locator("html").get_attribute("lang") == language


@each_language
def test_an_option_of_the_search_is_taken_with_the_keyboard(opened, served, language):
    page, _ = opened()
    page.goto(served(language, "norm"))
    page.locator("#find").focus()
    page.keyboard.type(WORDS[language])
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert re.search(rf"/{language}/(term|norm|law)/", page.url)


@each_language
def test_from_a_workbook_to_its_report_and_the_tagged_pdf(opened, served, workbook, language):
    page, _ = opened()
    page.goto(served(language, "check"))
    page.locator("#file").set_input_files(workbook)
    page.locator("#on").fill(DAY)
    page.locator("main form .button").first.click()
    page.wait_for_url(re.compile(r"/check/[0-9a-f]{32}$"))
    expect(page.locator("table.summary")).to_be_visible()
    expect(page.locator(".verdict-fulfilled").first).to_be_visible()
    with page.expect_download() as coming:
        page.locator("a[href$='.pdf']").click()
    content = coming.value.path().read_bytes()
    assert content.startswith(b"%PDF")
    with pikepdf.open(io.BytesIO(content)) as told:
        assert bool(told.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in told.Root
        assert str(told.Root.Lang).startswith(language)
    page.locator("#delete .button, form[action$=delete] .button").first.click()
    page.wait_for_url(re.compile("/check/deleted"))


@each_language
def test_a_saved_question_with_parameters_is_answered(opened, served, language):
    page, _ = opened()
    page.goto(served(language, "query"))
    page.locator("main a[href$='/query/citation-of-a-norm']").first.click()
    page.wait_for_url(re.compile("/query/citation-of-a-norm"))
    page.locator("#p-norm").select_option(NORM)
    page.locator("main form .button").first.click()
    page.wait_for_url(re.compile(r"\?"))
    expect(page.locator("main table td, main table th[scope=row]").first).to_be_visible()
    assert "612/2021" in page.locator("main table").first.inner_text()


@each_language
def test_a_query_runs_in_the_plain_editor_and_in_the_rich_one(opened, served, language):
    page, watch = opened()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served(language, "sparql"))
    page.locator("#query").fill("SELECT (COUNT(*) AS ?n) WHERE { ?norm a hyte:Obligation }")
    page.locator("#plain .button").first.click()
    expect(page.locator("#answer-part td, #answer-part tbody th").first).to_have_text(re.compile(r"\d"))
    page.locator("#open-rich").click()
    page.locator("#rich .CodeMirror").wait_for()
    assert any("/api/v1/vocabulary" in url for url in asked)
    page.evaluate(_WRITE, "SELECT * { ?a a hyte:Obl")
    page.keyboard.press("Control+Space")
    hint = page.locator(".CodeMirror-hint").first
    expect(hint).to_contain_text("Obligation")
    page.keyboard.press("Escape")
    page.evaluate(_WRITE, "SELECT ?a { ?a a hyte:Obligation } LIMIT 3")
    page.locator(".yasqe_queryButton").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".yasr_results tbody td").first).to_be_visible()
    page.locator("#close-rich").click()
    expect(page.locator("#query")).to_be_focused()
    assert watch.faults == []
