"""What is said of a bundle: each check with its state, the part that it is about, and a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from hyte_graph.languages import Text
from hyte_graph.messages import say

State = Literal["intact", "differs", "unknown", "note"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    state: State
    text: Text
    part: str = ""  # path in the bundle, or "" for the file as a whole


def intact(key: str, /, **values: object) -> Check:
    """Return a check that found everything as it was."""
    return Check("intact", say(key, **values))


def note(key: str, /, **values: object) -> Check:
    """Return something that a reader should know and that is no fault."""
    return Check("note", say(key, **values))


def unknown(key: str, /, **values: object) -> Check:
    """Return a check that could not be carried out with what is here."""
    return Check("unknown", say(key, **values))


def differs(key: str, part: str = "", /, **values: object) -> Check:
    """Return a check that found a difference; the sentence may name the part."""
    return Check("differs", say(key, part=part, **values), part)


def exit_code(checks: Iterable[Check]) -> int:
    """Return 1 where anything differs, 4 where something could not be repeated here, else 0."""
    states = {check.state for check in checks}
    return 1 if "differs" in states else 4 if "unknown" in states else 0
