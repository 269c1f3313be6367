"""Do the verdicts on the example organisations agree with what a careful auditor concluded?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.engines import Engine
from hyte_graph.compliance.outcomes import BREACHES, Outcome
from hyte_graph.intake.reader import read_description
from hyte_graph.store.knowledge import Knowledge

_MARKS = {
    "fulfilled": "F",
    "fulfilled-medium": "F",
    "evidence-missing-partial": "E",
    "evidence-missing": "E",
    "not-applicable": "A",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One expected mark and what the checker gives."""

    organisation: str
    code: str
    expected: str
    outcomes: tuple[Outcome, ...]
    because: str  # why the two differ, where that is known

    @property
    def given(self) -> str:
        """Return the mark that the outcomes amount to: F, E, A, or N for a breach and ? for anything else."""
        if any(item in BREACHES for item in self.outcomes):
            return "N"
        marks = {_mark(item) for item in self.outcomes}
        if marks <= {"F", "A"}:
            return "F" if "F" in marks else "A"
        return "E" if marks <= {"F", "A", "E"} else "?"

    @property
    def agrees(self) -> bool:
        """Return whether the marks are equal; a duty of an open period may be done early."""
        wanted = _MARKS[self.expected]
        early = wanted == "A" and self.given in ("F", "E") and "not-applicable" not in self.outcomes
        return self.given == wanted or (early and "evidence-missing" not in self.outcomes)


def _mark(outcome: Outcome) -> str:
    if outcome == "fulfilled":
        return "F"
    if outcome in ("not-applicable", "not-yet-due"):
        return "A"
    return "E" if outcome in ("evidence-missing", "partly-fulfilled") else "?"


def expectations(folder: Path) -> dict[str, Any]:
    """Return the expectations of a folder of examples."""
    found: dict[str, Any] = yaml.safe_load((folder / "reference" / "expected.yaml").read_text(encoding="utf-8"))
    return found


def agreement(
    folder: Path, knowledge: Knowledge, checker: Engine, on_progress: Callable[[str], None] = lambda _: None
) -> tuple[Cell, ...]:
    """Return every cell of the table of expectations, by organisation and code."""
    wanted = expectations(folder)
    because = {(item["organisation"], item["code"]): item["because"] for item in wanted["differs"]}
    cells: list[Cell] = []
    for organisation, marks in sorted(wanted["expected"].items()):
        on_progress(organisation)
        path = folder / f"{organisation}.yaml"
        description = read_description(path.read_bytes(), path.name, knowledge)
        made = assess(description, knowledge, on=date.fromisoformat(wanted["day"]), checker=checker)
        cells += _cells(made, marks, wanted, because)
    return tuple(cells)


def _cells(
    made: Assessment, marks: Mapping[str, list[str]], wanted: Mapping[str, Any], because: Mapping[tuple[str, str], str]
) -> Iterator[Cell]:
    outcomes = _outcomes(made)
    instead = wanted["instead"].get(made.actor.slug, {})
    for expected, codes in marks.items():
        for code in codes:
            norms = instead.get(code) or wanted["codes"][code]["norms"]
            given = tuple(_given(name, outcomes) for name in norms)
            yield Cell(made.actor.slug, code, expected, given, because.get((made.actor.slug, code), ""))


def _outcomes(made: Assessment) -> dict[str, dict[str, Outcome]]:
    found: dict[str, dict[str, Outcome]] = defaultdict(dict)
    for verdict in made.verdicts:
        found[verdict.norm.slug][verdict.period.slug if verdict.period else ""] = verdict.outcome
    return found


def _given(name: str, outcomes: Mapping[str, Mapping[str, Outcome]]) -> Outcome:
    norm, _, period = name.partition("@")
    found = outcomes[norm]
    if "" in found:
        return found[""]
    if period == "best":
        return "fulfilled" if "fulfilled" in found.values() else min(found.values())
    return found[period or "standing"]


def table(cells: Iterable[Cell]) -> Iterator[str]:
    """Yield the table of agreement as lines of text: expected and given mark of each cell, then the differences."""
    cells = tuple(cells)
    rows: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        rows[cell.organisation].append(cell)
    for organisation, found in rows.items():
        marks = " ".join(
            f"{cell.code}:{_MARKS[cell.expected]}" + ("" if cell.agrees else f"≠{cell.given}")
            for cell in sorted(found, key=lambda item: item.code)
        )
        yield f"{organisation:<18} {marks}"
    agreeing = sum(cell.agrees for cell in cells)
    yield f"{agreeing} of {len(cells)} cells agree ({agreeing / len(cells):.1%})"
    for cell in cells:
        if not cell.agrees:
            yield f"  {cell.organisation} {cell.code}: expected {cell.expected}, given {cell.given}. {cell.because}"
