"""Writes into docs/threat-model.md which tests hold each row: `python -m tests.threats.document`."""

from __future__ import annotations

import re

from tests.conftest import ROOT
from tests.threats.rows import TESTS, holders

PAGE = ROOT / "docs" / "threat-model.md"
ROW = re.compile(r"^\| ([A-I]\d+) \| ([^|]+) \| ([^|]+) \| ([^|]*) \|$", re.MULTILINE)


def held() -> dict[str, str]:
    """Return what stands in the last column of each row that a test holds."""
    found: dict[str, list[str]] = {}
    for holder in holders():
        link = f"[{holder.name.removeprefix('test_')}](../{TESTS.name}/{holder.path})"
        found.setdefault(holder.row, []).append(link)
    return {row: "; ".join(links) for row, links in found.items()}


def written(text: str) -> str:
    """Return the page with the tests of each row; an open row keeps its reason."""
    tests = held()

    def line(row: re.Match[str]) -> str:
        name, threat, must, state = row.groups()
        state = tests.get(name) or (state if state.startswith("**open**") else "**open**")
        return f"| {name} | {threat} | {must} | {state} |"

    return ROW.sub(line, text)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
