"""The expected answers of the saved questions, and how an answer is compared with one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hyte_graph import Hyte
from hyte_graph.vocabulary import prefixed
from tests.conftest import EXAMPLES, ROOT

Case = Mapping[str, Any]

FIXTURES = ROOT / "tests" / "fixtures"
CASES: list[Case] = sorted(
    (
        case
        for path in sorted((Path(__file__).parent / "expected").glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ),
    key=lambda case: (case.get("with", []), str(case.get("on"))),  # what needs the same data stands together
)


@cache
def hyte() -> Hyte:
    return Hyte.load()


def place(name: str) -> Path:
    """Return the file of an invented or a real organisation."""
    return next(path for folder in (FIXTURES, EXAMPLES) if (path := folder / f"{name}.yaml").is_file())


def title(case: Case) -> str:
    return " ".join([case["question"], *(f"{name}={value}" for name, value in case.get("parameters", {}).items())])


def row_of(values: Mapping[str, Any], columns: list[str]) -> tuple[str, ...]:
    return tuple(prefixed(str(values.get(column, ""))) for column in columns)


def expected(case: Case) -> list[tuple[str, ...]]:
    return [tuple(str(value) for value in row) for row in case["rows"]]


def agrees(found: list[tuple[str, ...]], case: Case) -> None:
    """Compare the columns that a case names: as lists where it is ordered, else as sets."""
    if case.get("ordered"):
        assert list(dict.fromkeys(found)) == expected(case)
    else:
        assert sorted(set(found)) == sorted(set(expected(case)))
