"""The rows of bad input and faults, and which tests hold each: the source of the table that a test run writes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
COUNTS = {"A": 30, "B": 31, "C": 22, "D": 30, "E": 12, "F": 25, "G": 15, "H": 9, "I": 5}
IDS = tuple(f"{letter}{number}" for letter, count in COUNTS.items() for number in range(1, count + 1))


@dataclass(frozen=True, slots=True, order=True)
class Holder:
    """A test, or a case of one, that is marked with a row."""

    row: str
    path: str  # below tests/
    name: str


def holders() -> tuple[Holder, ...]:
    """Return what is marked in the files of the tests; the ids must stand there as literals."""
    files = sorted(TESTS.rglob("test_*.py"))
    return tuple(sorted({holder for file in files for holder in _in_file(file)}))


def _in_file(file: Path) -> Iterator[Holder]:
    text = file.read_text(encoding="utf-8")
    if "threat(" not in text:
        return
    path = file.relative_to(TESTS).as_posix()
    for node in ast.parse(text).body:
        name = getattr(node, "name", "")
        marks = [call for call in ast.walk(node) if isinstance(call, ast.Call) and _is_mark(call.func)]
        for mark in marks:
            for argument in mark.args:
                yield Holder(_literal(argument, path), path, name)


def _is_mark(called: ast.expr) -> bool:
    return getattr(called, "attr", getattr(called, "id", "")) == "threat"


def _literal(argument: ast.expr, path: str) -> str:
    if not isinstance(argument, ast.Constant) or argument.value not in IDS:
        raise ValueError(f"{path}: {ast.unparse(argument)} is not the id of a row.")
    return str(argument.value)
