"""The page on scale says what the files of the benchmarks say."""

from __future__ import annotations

import runpy

from tests.conftest import ROOT


def test_the_page_on_scale_is_made_from_the_results():
    made = runpy.run_path(str(ROOT / "docs" / "build_scale.py"))["text"]()
    assert (ROOT / "docs" / "scale.md").read_text(encoding="utf-8") == made, "Run: python docs/build_scale.py"
