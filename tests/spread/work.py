"""Work for the children of Dask workers that kills: its own child, or the worker that started it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from hyte_graph.cli import elsewhere
from hyte_graph.isolation import Message

DEADLY = b"id: kitee"


def ends(state: Message) -> Callable[[Message], Message]:
    """Return work whose process ends at one of the descriptions."""
    return _deadly(state, lambda: os._exit(9))


def kills_worker(state: Message) -> Callable[[Message], Message]:
    """Return work that kills the worker that handed it on, each time anew."""
    return _deadly(state, lambda: signal.pidfd_send_signal(os.pidfd_open(os.getppid()), signal.SIGKILL))


def _deadly(state: Message, deed: Callable[[], object]) -> Callable[[Message], Message]:
    work = elsewhere.work(state)

    def answer(call: Message) -> Message:
        if DEADLY in call.body:
            deed()
        return work(call)

    return answer
