"""The site without script: everything that matters can be done with links and forms alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from hyte_graph.languages import LANGUAGES

DAY = "2025-12-31"
each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_language
def test_search_filter_question_and_query_work_without_script(opened, served, language):
    page, _ = opened(java_script_enabled=False)
    page.goto(served(language, ""))
    page.locator("main #find").fill("612/2021")
    page.locator("main .search .button").click()
    expect(page.locator(".hits li").first).to_be_visible()

    page.goto(served(language, "norm"))
    page.locator("main form select[name=recurs]").select_option("annual")
    page.locator("main form .button").first.click()
    page.wait_for_url(re.compile("recurs=annual"))
    expect(page.locator("main select[name=recurs]")).to_have_value("annual")

    page.goto(served(language, "query/citation-of-a-norm"))
    page.locator("#p-norm").select_option("cty-7-4-s4-annual-negotiation")
    page.locator("main form .button").first.click()
    expect(page.locator("main table").first).to_contain_text("612/2021")

    page.goto(served(language, "sparql"))
    expect(page.locator("#open-rich")).to_be_hidden()
    page.locator("#query").fill("SELECT (COUNT(*) AS ?n) WHERE { ?norm a hyte:Obligation }")
    page.locator("#plain .button").first.click()
    expect(page.locator("#answer-part tbody")).to_have_text(re.compile(r"\d"))

    page.goto(served(language, "graph?focus=term:wellbeing-report"))
    expect(page.locator("[data-do=draw]")).to_be_hidden()
    expect(page.locator(".around li").first).to_be_visible()


@each_language
def test_a_workbook_is_checked_without_script(opened, served, workbook, language):
    page, _ = opened(java_script_enabled=False)
    page.goto(served(language, "check"))
    page.locator("#file").set_input_files(workbook)
    page.locator("#on").fill(DAY)
    page.locator("main form .button").first.click()
    page.wait_for_url(re.compile(r"/check/[0-9a-f]{32}$"))
    page.locator("#outcome").select_option("fulfilled")
    page.locator(".filter .button").click()
    page.wait_for_url(re.compile("outcome=fulfilled"))
    shown = page.locator(".verdict")
    assert shown.count() == page.locator(".verdict-fulfilled").count() > 0
