"""One browser and one server for the tests of a process; a watched context for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.serving import Served, serving
from tests.conftest import in_ci, lacks

if not in_ci():  # there a missing Playwright is an error
    pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.")

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.pages import Places, made_places
from tests.browser.watching import Watch

PATIENCE = 60_000  # milliseconds; the machine may be busy

Opened = Callable[..., tuple[Page, Watch]]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Skip where there is no Chromium, but never where the project is built."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        lacks("There is no Chromium on the path; the tests of the pages in a browser need it.")
    return found


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    with serving() as site:
        yield site


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def places(served: Served) -> Places:
    return made_places(served.app)


@pytest.fixture
def opened(browser: Browser, served: Served) -> Iterator[Opened]:
    """Yield a function that opens an empty page and watches over its context; nothing may be wrong at the end."""
    made = []

    def new(**options: object) -> tuple[Page, Watch]:
        window = {"width": 1280, "height": 900}
        context = browser.new_context(reduced_motion="reduce", viewport=window, **options)
        context.set_default_timeout(PATIENCE)
        watch = Watch(served.address)
        watch.over(context)
        made.append((context, watch))
        return context.new_page(), watch

    yield new
    for context, _ in made:
        context.close()
    assert [fault for _, watch in made for fault in watch.faults] == []


@pytest.fixture(scope="session")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workbook that holds what an example says, as the command line makes it."""
    from hyte_graph.cli.main import main
    from tests.conftest import EXAMPLES

    path = tmp_path_factory.mktemp("book") / "pohjanmaa.xlsx"
    words = ["--lang", "fi", "--actor", "pohjanmaa", "--on", "2025-12-31", "-o", str(path)]
    assert main(["template", *words, "--prefill", str(EXAMPLES / "pohjanmaa.yaml")]) == 0
    return path
