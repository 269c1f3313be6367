"""Checks of many descriptions, in this process or in several (`hyte check --jobs`), in the order in which they came."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hyte_graph.cli.stored import read_from
from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.engines import engine
from hyte_graph.errors import DiedError, FilingError, HyteError, UndecidedError, UsageError
from hyte_graph.intake.reader import read_description
from hyte_graph.isolation import Message, Pool
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.reports import piece
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.snapshot import frozen, restored

if TYPE_CHECKING:
    from hyte_graph.isolation.cluster import Cluster

_PATIENCE = 24 * 3600.0  # seconds for one organisation; who waits can interrupt
_AHEAD = 2  # how many organisations a process may be ahead of the output


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one file: an assessment, its piece of the report, or the error that kept it from either."""

    name: str
    content: bytes = b""
    made: Assessment | None = None
    piece: str = ""
    found: frozenset[str] = frozenset()  # the outcomes of its duties
    is_silent: bool = False  # it states nothing
    title: str = ""  # what the description is called
    notices: tuple[Text, ...] = ()
    error: HyteError | None = None


def in_order(
    names: Iterable[str],
    asked: dict[str, Any],
    form: str,
    knowledge: Knowledge,
    *,
    store: str | None,
    jobs: int,
    cluster: Cluster | None = None,
) -> Iterator[Checked]:
    """Yield what became of each file, in the order of the files.

    Args:
        names: files.
        asked: days, language, engine and the like, as they are sent to another process.
        form: a format of `STREAMED`, or nothing where the assessment itself is wanted.
        knowledge: the law and the rules.
        store: the address of a store that may hold the descriptions.
        jobs: how many processes; none but this where it is one.
        cluster: workers on other machines, in the place of processes of this one.
    """
    state = Message({"ontology": str(knowledge.ontology), "rules": str(knowledge.rules)})
    if jobs == 1 and not cluster:
        yield from (_read_and(name, store, lambda call: _check(call, knowledge), asked, form) for name in names)
        return
    jobs = cluster.size if cluster else jobs
    with (
        nullcontext(cluster) if cluster else _pool(state, jobs) as pool,
        ThreadPoolExecutor(jobs) as threads,
    ):
        waiting: deque[Future[Checked]] = deque()
        try:
            for name in names:
                waiting.append(threads.submit(_read_and, name, store, _in_pool(pool), asked, form))
                if len(waiting) >= _AHEAD * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def processes(wanted: int) -> int:
    """Return how many processes are to work; none is one for each processor.

    Raises:
        UsageError: the number is negative.
    """
    if wanted < 0:
        raise UsageError(say("jobs-negative", count=wanted))
    return wanted or os.cpu_count() or 1


def work(state: Message) -> Callable[[Message], Message]:
    """Return what answers the calls of a pool, with the law and the rules read."""
    knowledge = Knowledge(Path(state.head["ontology"]), Path(state.head["rules"]))
    return lambda call: _check(call, knowledge)


def _pool(state: Message, jobs: int) -> Pool:
    return Pool("hyte_graph.cli.jobs:work", state, size=jobs, is_heard=True)


def _in_pool(pool: Pool | Cluster) -> Callable[[Message], Message]:
    def asked(call: Message) -> Message:
        try:
            return pool.call(call, _PATIENCE)
        except DiedError as error:
            raise UndecidedError(say("job-died", name=call.head["name"])) from error

    return asked


def _read_and(
    name: str, store: str | None, work: Callable[[Message], Message], asked: dict[str, Any], form: str
) -> Checked:
    try:
        content, shown = read_from(name, store)
        answer = work(Message(asked | {"name": shown, "form": form}, content))
    except (FilingError, UndecidedError, UsageError) as error:
        return Checked(name, error=error)
    head = answer.head
    return Checked(
        name,
        content=content,
        made=None if form else restored(answer.body),
        piece=answer.body.decode() if form else "",
        found=frozenset(head["found"]),
        is_silent=head["is_silent"],
        title=head["title"],
        notices=tuple(Text.of(text) for text in head["notices"]),
    )


def _check(call: Message, knowledge: Knowledge) -> Message:
    """Return the piece of the report on one description, or the assessment itself."""
    asked = call.head
    days = {name: date.fromisoformat(asked[name]) if asked[name] else None for name in ("known_on", "law_on")}
    description = read_description(call.body, asked["name"], knowledge)
    made = assess(
        description,
        knowledge,
        on=date.fromisoformat(asked["on"]),
        include_drafts=asked["include_drafts"],
        checker=engine(asked["engine"]),
        **days,
    )
    told = piece(asked["form"], made, knowledge, asked["language"], verbose=asked["verbose"]) if asked["form"] else ""
    head = {
        "found": sorted({verdict.outcome for verdict in made.verdicts}),
        "is_silent": not made.states_facts,
        "title": made.name,
        "notices": [notice.as_dict() for notice in description.notices],
    }
    return Message(head, told.encode() if told else frozen(made))
