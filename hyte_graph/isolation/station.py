"""The side of a Dask worker: each call goes to a child process, as in a pool on one machine.

The worker itself reads nothing and computes nothing. It keeps answering its scheduler while the children work, and a
child that dies is a failed call, not a lost worker.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from hyte_graph.errors import HyteError, RemoteError
from hyte_graph.isolation.pool import Pool
from hyte_graph.isolation.wire import Message, of_error
from hyte_graph.messages import say
from hyte_graph.versions import versions_here

_POOLS: dict[str, Pool] = {}
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Job:
    """One call as it travels: names, JSON values and bytes."""

    target: str  # "module:function" for the children
    state: Message  # what each child loads
    call: Message
    seconds: float


def answered(job: Job) -> Message:
    """Return what a child of this worker answers; an error comes back as a message too."""
    try:
        return _pool(job).call(job.call, job.seconds)
    except HyteError as error:
        return of_error(error)


def check_versions(worker: str, theirs: Mapping[str, str], ours: Mapping[str, str]) -> None:
    """Raise an error if a worker has other versions than the machine that asks.

    Raises:
        RemoteError: some differ.
    """
    differing = [f"{name} {theirs.get(name, '-')} ≠ {told}" for name, told in ours.items() if theirs.get(name) != told]
    if differing:
        raise RemoteError(say("worker-foreign", worker=worker, detail=", ".join(differing)))


def check_own_versions(ours: Mapping[str, str]) -> None:
    """Raise an error if this process has other versions than the machine that asks.

    Raises:
        RemoteError: some differ.
    """
    check_versions(os.uname().nodename if hasattr(os, "uname") else "", versions_here(), ours)


def _pool(job: Job) -> Pool:
    """Return the children that do a kind of work, one for each thread of the worker; they stay for the next run."""
    key = json.dumps([job.target, job.state.head], sort_keys=True)
    with _LOCK:
        if key not in _POOLS:
            _POOLS[key] = Pool(job.target, job.state, size=_threads(), is_heard=True)
        return _POOLS[key]


def _threads() -> int:
    from distributed import get_worker

    return int(get_worker().state.nthreads)
