"""The markup of every kind of page, as it came: valid HTML, and each text of the graph in its language."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import defaultdict

import pytest
from pyoxigraph import Literal

from hyte_graph.languages import LANGUAGES
from tests.browser.pages import HARD, SAMPLES, arrive
from tests.browser.watching import Watch
from tests.conftest import ROOT
from tests.web.markup import read

_CODE = re.compile(r"<code.*?</code>|<span class=\"code\">.*?</span>", re.DOTALL)
_NAMES = {"Word"}  # of products, the same in every language


@pytest.fixture(scope="module")
def pages(browser, served, places) -> dict[tuple[str, str], str]:
    """Return the markup of each page, in each language if there is time, else in one of them."""
    client, found = served.app.test_client(), {}
    for at, sample in enumerate(SAMPLES):
        for language in LANGUAGES if HARD else (LANGUAGES[at % len(LANGUAGES)],):
            if not sample.leads_on:
                found[sample.name, language] = client.get(f"/{language}/{sample.path.format(**places)}").text
            else:
                context, watch = browser.new_context(), Watch(served.address)
                watch.over(context)
                arrive(context.new_page(), sample, served(language, sample.path.format(**places)))
                found[sample.name, language] = watch.markup()
                context.close()
    return found


def test_the_markup_of_every_page_holds_together(pages):
    told = {key: read(text) for key, text in pages.items()}
    assert {key: page.faults for key, page in told.items() if page.faults} == {}
    assert {key for key, page in told.items() if page.language != key[1]} == set()


def test_every_text_of_the_graph_carries_its_language(served, pages):
    spoken = defaultdict(set)
    for quad in served.app.extensions["hyte"].store:
        if isinstance(quad.object, Literal) and quad.object.language:
            spoken[quad.object.value.casefold()].add(quad.object.language)
    wrong = {
        (*key, text, language)
        for key, page in pages.items()
        for text, language in read(_CODE.sub("", page)).texts
        if text not in _NAMES and text.casefold() in spoken and language not in spoken[text.casefold()]
    }
    assert wrong == set()


@pytest.mark.hard  # html-validate needs a Node newer than Debian's
def test_html_validate_finds_no_error(pages, tmp_path):
    assert shutil.which("html-validate"), "npm install --global html-validate@11.18.0 brings it"
    for (name, language), text in pages.items():
        (tmp_path / f"{name}.{language}.html").write_text(text, encoding="utf-8")
    report = tmp_path / "report.json"
    options = ["--config", str(ROOT / ".htmlvalidate.json"), "--formatter", f"json={report}"]
    done = subprocess.run(["html-validate", *options, str(tmp_path)], capture_output=True, text=True)
    told = [(one["filePath"], fault["message"]) for one in json.loads(report.read_text()) for fault in one["messages"]]
    assert (done.returncode, told) == (0, []), done.stderr
