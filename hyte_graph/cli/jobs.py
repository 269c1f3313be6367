"""Checks of many descriptions, in this process or in several (`hyte check --jobs`), in the order in which they came.

Some descriptions go together, so that they share what the rules cost. A fault of one never falls on the others: where
the process that checks some ends, or breaks on one of them, each is tried again by itself.
"""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from hyte_graph.cli.piecework import pieces
from hyte_graph.cli.stored import read_from
from hyte_graph.compliance.assessment import Assessment
from hyte_graph.errors import DiedError, FilingError, HyteError, RemoteError, UndecidedError, UsageError
from hyte_graph.isolation import Message, Pool
from hyte_graph.isolation.wire import error_of, of_error, packed, unpacked
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.snapshot import restored

if TYPE_CHECKING:
    from hyte_graph.isolation.cluster import Cluster

_PATIENCE = 24 * 3600.0  # seconds for some organisations; who waits can interrupt
_AHEAD = 2  # how many batches a process may be ahead of the output
_TOGETHER = 8  # organisations that share a run of the rules; more share little more, and wait longer for each other
_TIDIED = 4  # batches after which garbage is collected
_TURNS = 4  # batches that each process should get, where there are few files


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
    together: int = 1,
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
        together: how many files go to a process at once (see `batch`).
        cluster: workers on other machines, in the place of processes of this one.
    """
    state = Message({"ontology": str(knowledge.ontology), "rules": str(knowledge.rules)})
    batches, told = _batches(names, together), asked | {"form": form}
    if jobs == 1 and not cluster:
        for at, some in enumerate(batches, 1):
            yield from _read_and(some, store, lambda call: pieces(call, knowledge), told)
            if not at % _TIDIED:  # graphs are circles, and the command has made the collector rare
                gc.collect()
        return
    jobs = cluster.size if cluster else jobs
    with (
        nullcontext(cluster) if cluster else _pool(state, jobs) as pool,
        ThreadPoolExecutor(jobs) as threads,
    ):
        waiting: deque[Future[list[Checked]]] = deque()
        try:
            for some in batches:
                waiting.append(threads.submit(_read_and, some, store, _in_pool(pool), told))
                if len(waiting) >= _AHEAD * jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
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


def batch(files: int, jobs: int) -> int:
    """Return how many files should go to a process at once: few enough that all processes have work to the end."""
    return max(1, min(_TOGETHER, files // (_TURNS * jobs)))


def _batches(names: Iterable[str], size: int) -> Iterator[list[str]]:
    left = iter(names)
    while some := list(islice(left, size)):
        yield some


_Work = Callable[[Message], Message]


def _pool(state: Message, jobs: int) -> Pool:
    return Pool("hyte_graph.cli.piecework:work", state, size=jobs, is_heard=True)


def _in_pool(pool: Pool | Cluster) -> _Work:
    def asked(call: Message) -> Message:
        parts = unpacked(call)
        try:
            return pool.call(call, _PATIENCE)
        except RemoteError:  # of a cluster that is gone: no other call would fare better
            raise
        except HyteError as error:
            if len(parts) > 1:  # whichever it was, the others must not suffer for it
                return packed({}, (_alone(pool, call, part) for part in parts))
            if isinstance(error, DiedError):
                error = UndecidedError(say("job-died", name=parts[0].head["name"]))
            return packed({}, [of_error(error)])

    return asked


def _alone(pool: Pool | Cluster, call: Message, part: Message) -> Message:
    return unpacked(_in_pool(pool)(packed(call.head, [part])))[0]


def _read_and(names: Sequence[str], store: str | None, work: _Work, asked: dict[str, Any]) -> list[Checked]:
    """Return what became of some files."""
    found: dict[int, Checked] = {}
    parts: dict[int, Message] = {}
    for at, name in enumerate(names):
        try:
            content, shown = read_from(name, store)
            parts[at] = Message({"name": shown}, content)
        except (FilingError, UndecidedError, UsageError) as error:
            found[at] = Checked(name, error=error)
    answers = unpacked(work(packed(asked, parts.values()))) if parts else []
    for (at, part), answer in zip(parts.items(), answers, strict=True):
        found[at] = _checked(names[at], part.body, answer, has_piece=bool(asked["form"]))
    return [found[at] for at in range(len(names))]


def _checked(name: str, content: bytes, answer: Message, *, has_piece: bool) -> Checked:
    head, error = answer.head, error_of(answer)
    if isinstance(error, FilingError | UndecidedError | UsageError):
        return Checked(name, error=error)
    if error:
        raise error
    return Checked(
        name,
        content=content,
        made=None if has_piece else restored(answer.body),
        piece=answer.body.decode() if has_piece else "",
        found=frozenset(head["found"]),
        is_silent=head["is_silent"],
        title=head["title"],
        notices=tuple(Text.of(text) for text in head["notices"]),
    )
