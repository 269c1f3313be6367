"""axe-core over a page: which rules of access it breaks, and where."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_LIBRARY: Final = Path(__file__).parent / "axe-4.14.1" / "axe.min.js"
_RUN: Final = """async tags => {
  const told = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  const shown = (rule, node) => `${rule.id}: ${node.html.slice(0, 200)} ${node.failureSummary.slice(0, 250)}`;
  return told.violations.flatMap(rule => rule.nodes.map(node => shown(rule, node)));
}"""


@cache
def _library() -> str:
    return _LIBRARY.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with a page as it is shown now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_library())
    found: list[str] = page.evaluate(_RUN, list(TAGS))
    return found
