"""Every code of a refusal stands on its page, as it is said today."""

from __future__ import annotations

import runpy

from hyte_graph.messages import codes
from tests.conftest import ROOT


def test_the_page_of_refusals_is_made_from_the_sentences():
    made = runpy.run_path(str(ROOT / "docs" / "build_refusals.py"))["text"]()
    page = (ROOT / "docs" / "refusals.md").read_text(encoding="utf-8")
    assert page == made, "Run: python docs/build_refusals.py"
    assert all(f"| `{code}` |" in page for code in codes())
