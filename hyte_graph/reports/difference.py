"""Two results of one organisation: what is new, gone or changed, and what can have caused it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from hyte_graph.errors import UsageError
from hyte_graph.messages import say

Result = Mapping[str, Any]
Kind = Literal["new", "gone", "changed"]
Cause = Literal["day", "law-day", "known", "data", "assumed", "judged", "law", "rules", "engine", "program"]

_VERSIONS: Mapping[str, Cause] = {"ontology": "law", "rules": "rules", "hyte-graph": "program"}


@dataclass(frozen=True, slots=True)
class Change:
    """One verdict that is not the same in both results; an outcome is None where there is no such verdict."""

    kind: Kind
    norm: str
    period: str | None
    before: str | None
    after: str | None
    verdict: Result  # of the later result, or of the earlier one where it is gone


@dataclass(frozen=True, slots=True)
class Difference:
    """The changes between two results, and the causes: what the results themselves say is not the same."""

    causes: tuple[Cause, ...]
    changes: tuple[Change, ...]


def difference(earlier: Result, later: Result) -> Difference:
    """Return how two JSON reports on the same organisation differ.

    Raises:
        UsageError: they are about different organisations.
    """
    names = [result["organisation"]["id"] for result in (earlier, later)]
    if names[0] != names[1]:
        raise UsageError(say("diff-other-organisation", first=names[0], second=names[1]))
    before, after = _by_duty(earlier), _by_duty(later)
    keys = sorted({*before, *after}, key=lambda key: (key[0], key[1] or ""))
    found = (_change(key, before.get(key), after.get(key)) for key in keys)
    return Difference(_causes(earlier, later), tuple(change for change in found if change))


def _by_duty(result: Result) -> dict[tuple[str, str | None], Result]:
    return {
        (verdict["norm"], verdict["period"]["id"] if verdict["period"] else None): verdict
        for verdict in result["verdicts"]
    }


def _change(key: tuple[str, str | None], before: Result | None, after: Result | None) -> Change | None:
    first, second = (verdict["outcome"] if verdict else None for verdict in (before, after))
    if first == second:
        return None
    kind: Kind = "changed" if before and after else ("new" if after else "gone")
    return Change(kind, *key, first, second, after or before or {})


def _causes(earlier: Result, later: Result) -> tuple[Cause, ...]:
    """Return what differs between what the results rest on; together these can explain every change."""
    asked: list[tuple[Cause, object, object]] = [
        ("day", earlier["on"], later["on"]),
        ("law-day", _law_day(earlier), _law_day(later)),
        ("known", _known(earlier), _known(later)),
        ("data", earlier["input"]["sha256"], later["input"]["sha256"]),
        ("assumed", _laid(earlier, "assumed"), _laid(later, "assumed")),
        ("judged", _laid(earlier, "judged"), _laid(later, "judged")),
        ("engine", earlier["engine"], later["engine"]),
    ]
    before, after = earlier["versions"], later["versions"]
    asked += [(cause, before.get(name), after.get(name)) for name, cause in _VERSIONS.items()]
    return tuple(cause for cause, first, second in asked if first != second)


def _law_day(result: Result) -> str | None:
    """Return the day whose law was applied, where it is not the day itself."""
    told = result.get("lawOn", result["on"])
    return None if told == result["on"] else str(told)


def _laid(result: Result, kind: str) -> list[str]:
    """Return the digests of the files that were laid over the description."""
    return sorted(file["sha256"] for file in result.get(kind, ()))


def _known(result: Result) -> str | None:
    """Return the day known as of, where it is not the day itself."""
    return None if result["knownOn"] == result["on"] else str(result["knownOn"])
