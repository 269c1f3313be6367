"""The processes in which descriptions are read and checked: they can be killed, and reach nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask, current_app

from hyte_graph.isolation import Limits, Message, Pool
from hyte_graph.store.knowledge import Knowledge

_MEMORY = 2 * 2**30


@dataclass(frozen=True, slots=True)
class Judged:
    """The result of a check as the documented JSON, and in the other format that was asked for."""

    result: str
    data: str


@dataclass(frozen=True)
class Checker:
    """What reads and checks descriptions for the site; safe to share between threads."""

    pool: Pool
    seconds: float

    @classmethod
    def of(cls, knowledge: Knowledge, workers: int, seconds: float, memory: int = _MEMORY) -> Checker:
        """Return a checker; its processes start with the first call."""
        state = Message({"ontology": str(knowledge.ontology), "rules": str(knowledge.rules)})
        return cls(Pool("hyte_web.check.judging:judging", state, size=workers, limits=Limits(memory)), seconds)

    def judged(self, content: bytes, name: str, on: date, known_on: date | None = None, form: str = "") -> Judged:
        """Return the result of a check.

        Args:
            content: the bytes of a description.
            name: what the file is called; its ending tells the format.
            on: law and facts as of.
            known_on: known as of; the same day if None.
            form: a format that cannot be made from the JSON, one of `judging.DATA`.

        Raises:
            UsageError: an unknown ending.
            FilingError: the description cannot be read or is not sound.
            LimitError: it takes too long, or nobody is free.
            UndecidedError: the checks could not be carried out.
        """
        head = {"do": "check", "name": name, "on": on.isoformat(), "form": form}
        head["known_on"] = known_on.isoformat() if known_on else ""
        answer = self.pool.call(Message(head, content), self.seconds)
        size = answer.head["bytes"]
        return Judged(answer.body[:size].decode(), answer.body[size:].decode())

    def tree(self, content: bytes, name: str) -> dict[str, Any]:
        """Return the tree of a description in any format; raises as `judged` does."""
        value: dict[str, Any] = json.loads(
            self.pool.call(Message({"do": "tree", "name": name}, content), self.seconds).body
        )
        return value


def checker(app: Flask) -> Checker:
    """Return the checker of an application; CHECK_WORKERS, CHECK_SECONDS and CHECK_MEMORY are its settings."""
    made = app.extensions.get("hyte-checker")
    if made is None:
        known: Knowledge = app.extensions["hyte"].knowledge
        told = app.config
        new = Checker.of(known, told["CHECK_WORKERS"], told["CHECK_SECONDS"], told["CHECK_MEMORY"] * 2**20)
        made = app.extensions.setdefault("hyte-checker", new)
    found: Checker = made
    return found


def judged(content: bytes, name: str, on: date, known_on: date | None = None, form: str = "") -> Judged:
    """Return the result of a check by the running application; arguments and errors as of `Checker.judged`."""
    return checker(current_app).judged(content, name, on, known_on, form)


def tree_read(content: bytes, name: str) -> dict[str, Any]:
    """Return the tree of a description, read by the running application; errors as of `Checker.judged`."""
    return checker(current_app).tree(content, name)
