"""Write the pictures of docs/screenshots: the main pages in Finnish and Swedish, as Chromium shows them.

Run it after a change of how the site looks: `python docs/build_screenshots.py`.
"""

from __future__ import annotations

import io
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from waitress import create_server

from hyte_web import create_app

FOLDER = Path(__file__).parent / "screenshots"
DAY = "2025-12-31"
WIDTH, HEIGHT = 1280, 1000
COLOURS = 128
PAGES = {
    "home": "",
    "search": "search?q=Akaa",
    "norm": "norm/cty-7-4-s4-annual-negotiation",
    "section": "law/2021-612-7",
    "term": "term/wellbeing-report",
    "graph": "graph?focus=norm:cty-7-4-s4-annual-negotiation",
    "report": f"check/example/pohjanmaa?on={DAY}",
    "areas": f"area?on={DAY}",
}
PLACES = {"graph": "#picture", "report": "#summary", "areas": "#matrix, .matrix-frame"}
SEARCHED = {"fi": "hyvinvointikertomus", "sv": "välfärdsberättelse"}


@contextmanager
def _serving() -> Iterator[str]:
    """Yield the address of the site on a free port of this machine."""
    server = create_server(create_app(), host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


def _ready(page: Page, name: str) -> None:
    """Bring a page to where there is most to see."""
    if name == "graph":
        page.locator("[data-do=draw]").click()
        page.locator(".picture canvas").first.wait_for()
    while name == "areas" and page.locator("main p[role=status] strong").count():  # examples are still being assessed
        page.wait_for_timeout(2000)
        page.reload()
    if name in PLACES:
        page.evaluate("place => document.querySelector(place).scrollIntoView()", PLACES[name])


def _taken(browser: Browser, address: str, language: str, name: str) -> bytes:
    window = {"width": WIDTH, "height": HEIGHT}
    page = browser.new_page(viewport=window, reduced_motion="reduce", locale=f"{language}-FI")
    page.goto(address, timeout=120_000)
    _ready(page, name)
    picture = page.screenshot()
    page.close()
    return picture


def _small(picture: bytes) -> bytes:
    """Return a picture with few colours, which is all that a page of text needs."""
    target = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS).save(target, "PNG", optimize=True)
    return target.getvalue()


def main() -> None:
    """Write each picture."""
    FOLDER.mkdir(exist_ok=True)
    wanted = sys.argv[1:] or list(PAGES)
    with _serving() as site, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in wanted:
            for language, word in SEARCHED.items():
                path = PAGES[name].replace("Akaa", word)
                picture = _small(_taken(browser, f"{site}/{language}/{path}", language, name))
                (FOLDER / f"{name}.{language}.png").write_bytes(picture)


if __name__ == "__main__":
    main()
