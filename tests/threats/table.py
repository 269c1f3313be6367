"""A table row by row of what the test run found of each threat: `pytest --threats` writes build/threats.md.

A test says which rows it holds: `@pytest.mark.threat("A13")`, or `pytest.param(..., marks=pytest.mark.threat("A13"))`.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.conftest import HARD
from tests.threats.rows import IDS

_ORDER = ("failed", "passed", "skipped")
_WORDS = {"failed": "FAILS", "passed": "holds", "skipped": "not run", "": "no test in this run"}


class Table:
    """The outcomes of the tests of each row."""

    def __init__(self) -> None:
        self.outcomes: dict[str, dict[str, str]] = defaultdict(dict)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the worst outcome of a test's phases."""
        if report.when != "call" and report.outcome == "passed":
            return
        for row in (value for key, value in report.user_properties if key == "threat"):
            known = self.outcomes[str(row)]
            if known.get(report.nodeid) != "failed":
                known[report.nodeid] = report.outcome

    def text(self) -> str:
        """Return the table."""
        held = sum(self._state(row) == "passed" for row in IDS)
        depth = "whole" if HARD else "in its short form (HYTE_HARD=1 runs the whole)"
        lines = [
            f"# Threats\n\n{held} of {len(IDS)} rows hold; run {depth}.\n\n",
            "| Row | Result | Tests |\n|---|---|---|\n",
        ]
        lines += [f"| {row} | {_WORDS[self._state(row)]} | {self._tests(row)} |\n" for row in IDS]
        return "".join(lines)

    def _state(self, row: str) -> str:
        found = self.outcomes.get(row, {}).values()
        return next((outcome for outcome in _ORDER if outcome in found), "")

    def _tests(self, row: str) -> str:
        names = sorted({name.partition("[")[0].removeprefix("tests/") for name in self.outcomes.get(row, {})})
        return "<br>".join(f"`{name}`" for name in names)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--threats", action="store_true", help="write build/threats.md, a table of the threats that hold")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "threat(*ids): the rows of docs/threat-model.md that the test holds")
    if config.getoption("--threats") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Table(), "threats")


def pytest_itemcollected(item: pytest.Item) -> None:
    for mark in item.iter_markers("threat"):
        unknown = set(mark.args) - set(IDS)
        if unknown or not mark.args:
            raise pytest.UsageError(f"{item.nodeid}: there are no such rows: {sorted(unknown)}")
        item.user_properties += [("threat", row) for row in mark.args]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    table = config.pluginmanager.get_plugin("threats")
    if isinstance(table, Table):
        target = Path(config.rootpath) / "build" / "threats.md"
        target.parent.mkdir(exist_ok=True)
        target.write_text(table.text(), encoding="utf-8")
        terminalreporter.write_line(f"The table of threats stands in {target.relative_to(config.rootpath)}.")
