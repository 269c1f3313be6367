"""From findings to one outcome for each duty and reading: the twelve outcomes and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

Outcome = Literal[
    "fulfilled",
    "partly-fulfilled",
    "not-fulfilled",
    "overdue",
    "evidence-missing",
    "not-yet-due",
    "not-applicable",
    "not-in-force",
    "needs-judgement",
    "contested",
    "guidance-gap",
    "hypothetical",
]
OUTCOMES: tuple[Outcome, ...] = Outcome.__args__  # type: ignore[attr-defined]

BREACHES: frozenset[Outcome] = frozenset({"not-fulfilled", "overdue"})
_GUIDANCE = frozenset({"guidance", "local"})


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What, besides the findings, decides an outcome."""

    is_open: bool  # the period, or the time set for the first time, still runs on the day
    is_complete: bool  # the records on the subject and period are declared complete
    strength: str
    judged: Outcome | None = None  # what a person found


def outcome(kinds: Collection[str], circumstances: Circumstances) -> Outcome:
    """Return the outcome of a duty for the kinds of findings that its rules produced.

    Silence and facts that do not count are never a breach by themselves, and a breach can only be once the period has
    closed. Guidance never gives a breach.
    """
    found = _uncapped(frozenset(kinds), circumstances)
    if found in BREACHES and circumstances.strength in _GUIDANCE:
        return "guidance-gap"
    return found


def _uncapped(kinds: frozenset[str], circumstances: Circumstances) -> Outcome:
    silent = "silence" in kinds
    if "stated-no" in kinds and not silent:
        return circumstances.judged or "needs-judgement"
    if "stated-no" in kinds or (silent and "contradiction" in kinds):
        return "not-yet-due" if circumstances.is_open else "not-fulfilled"
    if silent:
        return _silence(circumstances)
    if "part-missing" in kinds:
        return "partly-fulfilled"
    if "judgement" in kinds or (circumstances.judged and circumstances.judged != "fulfilled"):
        return circumstances.judged or "needs-judgement"
    return "fulfilled"


def _silence(circumstances: Circumstances) -> Outcome:
    if circumstances.is_open:
        return "not-yet-due"
    return "overdue" if circumstances.is_complete else "evidence-missing"


def together(readings: Iterable[Outcome]) -> Outcome:
    """Return the outcome of a duty over its readings: contested where they differ."""
    distinct = set(readings)
    return distinct.pop() if len(distinct) == 1 else "contested"
