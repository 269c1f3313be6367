"""Every row is held by a test or listed as open, and docs/threat-model.md claims no more than that."""

from __future__ import annotations

from tests.threats.document import PAGE, ROW, written
from tests.threats.rows import IDS, Holder, holders
from tests.threats.table import Table

TEXT = PAGE.read_text(encoding="utf-8")


def test_there_are_179_rows_and_the_page_has_each_once_in_order() -> None:
    assert len(IDS) == 179
    assert [row[1] for row in ROW.finditer(TEXT)] == list(IDS)


def test_the_page_names_the_tests_that_hold_each_row_and_calls_the_others_open() -> None:
    assert written(TEXT) == TEXT, "Run `python -m tests.threats.document`."
    rows = {row[1]: row[4] for row in ROW.finditer(TEXT)}
    unheld = set(IDS) - {holder.row for holder in holders()}
    assert {name for name, state in rows.items() if state.startswith("**open**")} == unheld


def test_a_test_that_is_gone_is_no_longer_named(monkeypatch) -> None:
    monkeypatch.setattr("tests.threats.document.holders", lambda: (Holder("A1", "x/test_y.py", "test_z"),))
    rows = {row[1]: row[4] for row in ROW.finditer(written(TEXT))}
    assert rows["A1"] == "[z](../tests/x/test_y.py)"
    assert all(state.startswith("**open**") for name, state in rows.items() if name != "A1")


def test_the_table_of_a_run_tells_what_holds_what_fails_and_what_was_not_run() -> None:
    table = Table()
    table.outcomes["A1"] = {"tests/a.py::test_one[x]": "passed", "tests/a.py::test_one[y]": "failed"}
    table.outcomes["A2"] = {"tests/a.py::test_two": "passed", "tests/a.py::test_three": "skipped"}
    table.outcomes["A3"] = {"tests/a.py::test_three": "skipped"}
    lines = table.text().splitlines()
    assert "1 of 179 rows hold" in table.text()
    assert "| A1 | FAILS | `a.py::test_one` |" in lines
    assert "| A2 | holds | `a.py::test_three`<br>`a.py::test_two` |" in lines
    assert "| A3 | not run | `a.py::test_three` |" in lines
    assert "| A4 | no test in this run |  |" in lines
