"""The kinds of pages: an address of each, and the steps to what has no address of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Final

from flask import Flask
from playwright.sync_api import Page

from hyte_graph.languages import LANGUAGES
from hyte_graph.resources import root
from hyte_web.browse import _INDEXES, _SHEETS
from tests.conftest import HARD
from tests.web.test_check import upload

DAY: Final = "2025-12-31"
Step = Callable[[Page], None]
Places = dict[str, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """A page of one kind: its path below the language, and the steps from there, if it has no address of its own."""

    name: str
    path: str
    status: int = 200
    steps: tuple[Step, ...] = ()
    shows: str = ""  # the template that the steps lead to

    @property
    def leads_on(self) -> bool:
        """Return whether the steps lead to another page, which then has no address of its own."""
        return any(step not in _ON_THE_PAGE for step in self.steps)


def made_places(app: Flask) -> Places:
    """Return what stands in the braces of the addresses: two checks that somebody made."""
    client = app.test_client()
    found = {}
    for name, day in (("run", DAY), ("other", "2024-12-31")):
        answer = upload(client, (root("examples") / "pohjanmaa.yaml").read_bytes(), on=day)
        found[name] = answer.headers["Location"].rsplit("/", 1)[-1]
    return found


def _begin(page: Page) -> None:
    page.locator("main form [name=actor]").first.fill("pohjanmaa")
    page.locator("main form [name=on]").first.fill(DAY)
    with page.expect_navigation():
        page.locator("main form .button").first.click()


def _to(step: str) -> Step:
    def go(page: Page) -> None:
        with page.expect_navigation():
            page.locator(f"[formaction$='/{step}']").last.click()

    return go


def _break(page: Page) -> None:
    page.locator(".question summary").first.click()
    page.locator(".question input[type=url]").first.fill("nowhere")
    with page.expect_navigation():
        page.locator("main form .button").first.click()


def _hand_in_nonsense(page: Page) -> None:
    page.locator("#file").set_input_files({"name": "x.yaml", "mimeType": "text/plain", "buffer": b"organisation: 3"})
    with page.expect_navigation():
        page.locator("main form .button").first.click()


def _compare_with_another(page: Page) -> None:
    other = (root("examples") / "espoo.yaml").read_bytes()
    page.locator("#earlier").set_input_files({"name": "espoo.yaml", "mimeType": "text/plain", "buffer": other})
    with page.expect_navigation():
        page.locator("form[action$=compare] .button").click()


def _draw(page: Page) -> None:
    page.locator("[data-do=draw]").click()
    page.locator(".controls").wait_for()


def _enrich(page: Page) -> None:
    page.locator("#open-rich").click()
    page.locator("#rich .CodeMirror").wait_for()


def _open_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


_ON_THE_PAGE: Final = (_open_details, _draw, _enrich)
_QUERY = "SELECT+%3Fnorm+%3Flabel+WHERE+%7B+%3Fnorm+a+hyte%3AObligation+%3B+skos%3AprefLabel+%3Flabel+%7D+LIMIT+12"
_NORM = "norm:cty-7-4-s4-annual-negotiation"

SAMPLES: Final = (
    Sample("home", ""),
    Sample("acts", "law"),
    Sample("norms", "norm?act=2021-612&recurs=annual"),
    Sample("actors", "actor"),
    Sample("rules", "rule"),
    Sample("crosswalk", "crosswalk"),
    Sample("terms", "term"),
    Sample("terms-tree", "term?view=tree", steps=(_open_details,), shows="terms.html"),
    Sample("terms-groups", "term?view=group"),
    Sample("list", "outcome"),
    Sample("act", "law/2022-581"),
    Sample("act-on-a-day", f"law/2021-615?on={DAY}"),
    Sample("section", "law/2021-612-7"),
    Sample("section-on-a-day", f"law/2021-612-6?on={DAY}"),
    Sample("sentence", "law/2021-612-7-3-s2"),
    Sample("draft", "act-draft/draft-regions-act"),
    Sample("norm", "norm/cty-7-4-s4-annual-negotiation", steps=(_open_details,), shows="norm.html"),
    Sample("actor", f"actor/helsinki?on={DAY}", steps=(_open_details,), shows="actor.html"),
    Sample("rule", "rule/cty-7-4-s4-annual-negotiation"),
    Sample("source", "source/handbook-2017"),
    Sample("statement", "statement/hb17-sv-001"),
    Sample("term", "term/wellbeing-report"),
    Sample("thing", "outcome/contested"),
    Sample("question-in-the-graph", "question/abbreviations"),
    Sample("ontology", "ontology"),
    Sample("about", "about"),
    Sample("accessibility", "accessibility"),
    Sample("help", "help"),
    Sample("privacy", "privacy"),
    Sample("changes", "changes"),
    Sample("api", "api"),
    Sample("data", "data"),
    Sample("areas", f"area?on={DAY}"),
    Sample("area", f"area/pohjanmaa?on={DAY}"),
    Sample("calendar", f"calendar/pohjanmaa?on={DAY}"),
    Sample("check", "check"),
    Sample("check-refused", "check", 422, (_hand_in_nonsense,), "check/start.html"),
    Sample("report", "check/{run}?outcome=fulfilled", steps=(_open_details,), shows="check/report.html"),
    Sample("report-of-an-example", f"check/example/pohjanmaa?on={DAY}&outcome=evidence-missing"),
    Sample("changes-between-checks", "check/{run}/compare/{other}"),
    Sample("not-compared", "check/{run}", 422, (_compare_with_another,), "check/not_compared.html"),
    Sample("deleted", "check/deleted"),
    Sample("template", "check/template"),
    Sample("compare", f"compare?area=pohjanmaa&area=lansi-uusimaa&on={DAY}"),
    Sample("form", "check/form/area"),
    Sample("form-questions", "check/form/area", steps=(_begin, _open_details), shows="check/form_questions.html"),
    Sample("form-refused", "check/form/area", 422, (_begin, _break), "check/form_questions.html"),
    Sample("form-records", "check/form/area", steps=(_begin, _to("records")), shows="check/form_records.html"),
    Sample("form-review", "check/form/area", steps=(_begin, _to("review")), shows="check/form_review.html"),
    Sample("graph", f"graph?focus={_NORM}"),
    Sample("graph-empty", "graph"),
    Sample("graph-drawn", f"graph?focus={_NORM}&depth=2", steps=(_draw,), shows="graph/graph.html"),
    Sample("graph-of-nothing", "graph?focus=nothing", 404),
    Sample("questions", "query"),
    Sample("question", "query/citation-of-a-norm"),
    Sample("question-answered", "query/count-of-norms-by-act"),
    Sample("search", "search?q=hyvinvointikertomus"),
    Sample("search-empty", "search?q=qqqqxx"),
    Sample("editor", "sparql"),
    Sample("editor-answered", f"sparql?query={_QUERY}&run=1"),
    Sample("editor-refused", "sparql?query=SELECT+%3F&run=1", 400),
    Sample("editor-rich", f"sparql?query={_QUERY}", steps=(_enrich,), shows="editor/editor.html"),
    Sample("error", "none", 404),
)
"""A page of each kind."""

NO_PAGES: Final = {"search.suggest", "check.annotated", "check.input_file", "check.form_step"}
"""Addresses in a language that answer with no page of their own."""


def page_kinds(app: Flask) -> set[str]:
    """Return the kinds of pages that a site has: endpoints below a language, and the sheets and lists of the graph."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/<any(fi, sv, en):lang>/")]
    shown = {rule.endpoint for rule in rules if "GET" in rule.methods and "." not in rule.rule.rsplit("/", 1)[-1]}
    kinds = {f"browse.index {kind}" for kind in _INDEXES} | {f"browse.thing {kind}" for kind in _SHEETS}
    return (shown - NO_PAGES) | kinds


def kinds_of(app: Flask, sample: Sample) -> set[str]:
    """Return the kinds of pages that a sample stands for."""
    path = re.sub(r"\{\w+\}", "0" * 32, sample.path.partition("?")[0])
    endpoint, values = app.url_map.bind("localhost").match(f"/fi/{path}")
    return {endpoint, f"{endpoint} {values.get('kind')}"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at."""

    language: str
    theme: str
    width: int

    def __str__(self) -> str:
        return f"{self.language}-{self.theme}-{self.width}"


LOOKS: Final = tuple(
    Look(language, theme, width) for width, theme, language in product((1280, 320), ("light", "dark"), LANGUAGES)
)


def cases() -> list[tuple[Sample, tuple[Look, ...]]]:
    """Return each page with the looks of one visit: all, by language, or one in turn, so that all looks come up."""
    if HARD:
        return [(one, tuple(look for look in LOOKS if look.language == told)) for one in SAMPLES for told in LANGUAGES]
    return [(one, (LOOKS[at % len(LOOKS)],)) for at, one in enumerate(SAMPLES)]


def arrive(page: Page, sample: Sample, address: str) -> None:
    """Go to a page and take its steps."""
    page.goto(address, wait_until="load")
    for step in sample.steps:
        step(page)
    if sample.steps:
        page.wait_for_load_state("networkidle")
