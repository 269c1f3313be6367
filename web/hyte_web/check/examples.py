"""The descriptions that come with the project, assessed for a day when somebody first asks."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

from flask import current_app

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.errors import HyteError
from hyte_graph.intake.tree import read_tree
from hyte_graph.reports.stored import read_results
from hyte_graph.resources import root
from hyte_graph.store.knowledge import Knowledge
from hyte_web.check.isolated import Checker, checker
from hyte_web.site import site

Key = tuple[str, date]

_LOG = logging.getLogger(__name__)
_KEPT = 200  # assessments: the examples for some nine days
_PATIENCE = 2.0  # seconds in which a page waits for the rest


@dataclass(frozen=True, slots=True)
class Example:
    """A shipped description: the slug of its organisation, and the day on which it was true."""

    slug: str
    path: Path
    on: date


@cache
def examples() -> Mapping[str, Example]:
    """Return the shipped examples by the slugs of their organisations."""
    found = (_example(path) for path in sorted(root("examples").glob("*.yaml")))
    return {example.slug: example for example in found}


def _example(path: Path) -> Example:
    told = read_tree(path.read_text(encoding="utf-8"), path.name).value
    return Example(told["organisation"]["id"], path, date.fromisoformat(told["reference_date"]))


def usual_day() -> date:
    """Return the day on which the examples were true: a later one would ask of them what they cannot know."""
    return max(example.on for example in examples().values())


@dataclass
class Assessed:
    """The assessments of the examples, each made once for a day, by one thread, while the site goes on answering."""

    knowledge: Knowledge
    checker: Checker
    _worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "examples"))
    _made: OrderedDict[Key, Future[Assessment]] = field(default_factory=OrderedDict)  # begun or done
    _queue: dict[Key, Future[None]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def one(self, slug: str, on: date) -> Assessment:
        """Return the assessment of one example, made here and now unless it is made or under way.

        Raises:
            HyteError: it could not be made; the next call tries again.
        """
        with self._lock:
            known = self._made.get((slug, on))
            mine = None if known else self._promised((slug, on))
        if mine:
            self._fulfil(mine, (slug, on))
        return (known or cast("Future[Assessment]", mine)).result()

    def ready(self, on: date, patience: float = _PATIENCE) -> dict[str, Assessment]:
        """Return the assessments that are made within some seconds; the rest are on their way."""
        keys = [(slug, on) for slug in examples()]
        with self._lock:
            for key in keys:
                if key not in self._made and key not in self._queue:
                    self._queue[key] = self._worker.submit(self._in_turn, key)
            waiting = [self._queue[key] for key in keys if key in self._queue]
        wait(waiting, timeout=patience)
        with self._lock:
            found = {slug: self._made.get((slug, on)) for slug in examples()}
        return {slug: made.result() for slug, made in found.items() if made and made.done() and not made.exception()}

    def _in_turn(self, key: Key) -> None:
        try:
            self.one(*key)
        except HyteError as error:
            _LOG.warning("The example %s could not be assessed: %s", key[0], error)
        finally:
            with self._lock:
                self._queue.pop(key, None)

    def _promised(self, key: Key) -> Future[Assessment]:
        """Return the promise of an assessment; the oldest ones are forgotten."""
        while len(self._made) >= _KEPT:
            self._made.popitem(last=False)
        return self._made.setdefault(key, Future())

    def _fulfil(self, promise: Future[Assessment], key: Key) -> None:
        try:
            promise.set_result(self._assess(*key))
        except BaseException as error:  # whoever waits must not wait for ever
            with self._lock:
                self._made.pop(key, None)
            promise.set_exception(error)

    def _assess(self, slug: str, on: date) -> Assessment:
        path = examples()[slug].path
        told = self.checker.judged(path.read_bytes(), path.name, on)
        return read_results(told.result.encode(), path.name, self.knowledge).assessments[0]


def assessed() -> Assessed:
    """Return the assessments of the running application."""
    made = current_app.extensions.get("hyte-examples")
    if made is None:
        new = Assessed(site().knowledge, checker(current_app))
        made = current_app.extensions.setdefault("hyte-examples", new)
    found: Assessed = made
    return found
