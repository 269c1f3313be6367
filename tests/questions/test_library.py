"""Every saved question gives the expected answer through the library, and the same on both engines."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from hyte_graph import Rows
from tests.conftest import HARD
from tests.questions.cases import CASES, Case, agrees, hyte, place, row_of, title

SLOW = 9  # rdflib is asked every ninth question, unless there is time


@cache
def description(name: str) -> Any:
    return hyte().read(place(name))


def asked(case: Case, engine: str) -> Rows:
    found = hyte().query(
        case["question"],
        about=[description(name) for name in case.get("with", ())],
        on=case.get("on"),
        language=case.get("language", "en"),
        engine=engine,
        **case.get("parameters", {}),
    )
    assert isinstance(found, Rows)
    return found


@pytest.mark.parametrize("case", CASES, ids=title)
def test_the_library_gives_the_expected_answer(case: Case) -> None:
    found = asked(case, "oxigraph")
    agrees([row_of(row, case["columns"]) for row in found], case)
    assert len(set(found.rows)) == len(found.rows)


@pytest.mark.parametrize("case", CASES if HARD else CASES[::SLOW], ids=title)
def test_both_engines_give_the_same_rows(case: Case) -> None:
    first, second = (asked(case, engine) for engine in ("oxigraph", "rdflib"))
    assert set(first.variables) == set(second.variables)
    assert {frozenset(row.items()) for row in first} == {frozenset(row.items()) for row in second}
    assert len(first) == len(second)
    if case.get("ordered"):
        agrees([row_of(row, case["columns"]) for row in second], case)
