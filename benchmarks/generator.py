"""A country of invented organisations as descriptions, each with the verdicts that must come out.

    python -m benchmarks.generator SIZE FOLDER

SIZE is small, national, x10 or x100. The same seed gives the same bytes. FOLDER gets one JSON file for each
organisation and `expected.jsonl`, a line for each: its file, and the outcome of every duty on the day.

An organisation answers every norm that its facts could show, for each of eight years where the norm asks yearly. An
answer is right, or has one of the defects of `DEFECTS`; what must come out of it follows from decision 9 alone, and no
engine is asked.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hyte_graph.compliance.applicability import applicability
from hyte_graph.compliance.catalogue import Catalogue, catalogue_of
from hyte_graph.compliance.windows import YEARLY, is_open, periods
from hyte_graph.languages import Text
from hyte_graph.model import Actor, Norm, Period
from hyte_graph.store.knowledge import Knowledge

SIZES = {"small": (2, 10), "national": (21, 292), "x10": (210, 2920), "x100": (2100, 29200)}
SEED = 612
ON = date(2025, 12, 31)
YEARS = range(2018, 2026)
DEFECTS = ("silent", "no", "partly", "without source")
_RIGHT = 0.8  # share of answers without a defect
_TYPES = {
    "county": ("wellbeing_services_county", "WellbeingServicesCounty"),
    "municipality": ("municipality", "Municipality"),
}
_ANSWERS = {"right": "yes", "no": "no", "partly": "partly", "without source": "yes"}
_BOUND = (
    "stu-13-plan-attached",
    "cty-7-2-s2-consider-impacts",
    "mun-6-2-s2-consider-impacts",
    "mun-6-2-s3-intersectoral-cooperation",
)
"""Norms that an answer alone neither shows nor gives to be weighed: their documents and procedures do."""


@dataclass(frozen=True, slots=True)
class Made:
    """A description and the outcome that each of its duties must have, by norm and period."""

    slug: str
    value: dict[str, Any]
    expected: dict[str, str]


def country(size: str, knowledge: Knowledge, seed: int = SEED) -> Iterator[Made]:
    """Yield the organisations of a country of some size, one at a time."""
    for kind, count in zip(_TYPES, SIZES[size], strict=True):
        norms = tuple(_asked(kind, knowledge))
        for number in range(count):
            yield organisation(f"invented-{kind}-{number}", kind, norms, knowledge, seed)


def organisation(slug: str, kind: str, norms: tuple[Norm, ...], knowledge: Knowledge, seed: int = SEED) -> Made:
    """Return one organisation; it depends on nothing but its slug and the seed."""
    chance = random.Random(f"{seed} {slug}")  # noqa: S311 - chance that can be repeated is what is wanted
    actor, catalogue = _actor(slug, kind), catalogue_of(knowledge)
    answers: list[dict[str, Any]] = []
    expected: dict[str, str] = {}
    for norm in norms:
        windows = periods(norm, actor, ON, knowledge.terms)
        for year in YEARS if norm.recurrence in YEARLY else (None,):
            state = "right" if chance.random() < _RIGHT else chance.choice(DEFECTS)
            answers += _answer(norm, year, state, len(answers))
            for period in windows:
                if year is None or period.slug == str(year):
                    expected[f"{norm.slug} {period.slug}"] = _outcome(norm, period, state, catalogue)
    value = {
        "schema_version": "1.0",
        "reference_date": ON.isoformat(),
        "organisation": {
            "id": slug,
            "type": _TYPES[kind][0],
            "fictitious": True,
            "name_fi": f"Keksitty {slug}",
            "languages": ["fi"],
        },
        "answers": answers,
        "sources": [{"id": "s1", "title": "invented minutes", "url": f"https://example.org/{slug}"}],
    }
    return Made(slug, value, expected)


def _asked(kind: str, knowledge: Knowledge) -> Iterator[Norm]:
    """Yield the norms of which an answer decides, with the days that hold for such an organisation."""
    actor, catalogue = _actor("invented", kind), catalogue_of(knowledge)
    for norm in knowledge.norms.values():
        is_duty = norm.is_duty and norm.kind != "DraftNorm" and norm.slug in catalogue.by_norm
        if is_duty and norm.slug not in _BOUND and not norm.due_with and not norm.readings:
            found = applicability(norm, actor, ON, knowledge)
            if found.state == "applies":
                yield found.norm


def _actor(slug: str, kind: str) -> Actor:
    kinds = frozenset({kind, "authority"})
    return Actor(slug, "", Text.same(slug), _TYPES[kind][1], kinds, (), is_fictitious=True)


def _answer(norm: Norm, year: int | None, state: str, at: int) -> Iterator[dict[str, Any]]:
    if state == "silent":
        return
    told = {"id": f"a{at + 1}", "norm": norm.slug, "answer": _ANSWERS[state]}
    for_year = {"year": year} if year else {}
    yield told | for_year | ({"sources": ["s1"]} if state in ("right", "partly") else {})


def _outcome(norm: Norm, period: Period, state: str, catalogue: Catalogue) -> str:
    """Return what must come out of an answer (decision 9)."""
    open_now = is_open(period, norm, ON)
    if state in ("silent", "without source"):
        return "not-yet-due" if open_now else "evidence-missing"
    if state == "no":
        if open_now:
            return "not-yet-due"
        return "guidance-gap" if norm.strength in ("guidance", "local") else "not-fulfilled"
    if state == "partly":
        return "partly-fulfilled"
    is_weighed = any(rule.finds == "judgement" for rule in catalogue.by_norm[norm.slug])
    return "needs-judgement" if is_weighed else "fulfilled"


def write(size: str, folder: Path, knowledge: Knowledge) -> int:
    """Write a country into a folder, and return how many duties it has."""
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with (folder / "expected.jsonl").open("w", encoding="utf-8") as told:
        for made in country(size, knowledge):
            (folder / f"{made.slug}.json").write_text(json.dumps(made.value, ensure_ascii=False), encoding="utf-8")
            told.write(json.dumps({"file": f"{made.slug}.json", "expected": made.expected}) + "\n")
            count += len(made.expected)
    return count


if __name__ == "__main__":
    print(write(sys.argv[1], Path(sys.argv[2]), Knowledge.shipped()), "duties")
