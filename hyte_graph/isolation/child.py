"""The child's side: it loads once, then answers until it is killed or its parent has gone."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import traceback
from collections.abc import Callable
from importlib import import_module
from queue import SimpleQueue
from typing import IO

from hyte_graph.errors import HyteError, TooBigError, UndecidedError
from hyte_graph.isolation import fences
from hyte_graph.isolation.wire import Message, of_error, receive, send
from hyte_graph.messages import say

Work = Callable[[Message], Message]


def main() -> None:
    """Serve the parent at the other end of the standard streams."""
    source, target = sys.stdin.buffer, _private_output()
    told, state = receive(source), receive(source)
    limits = fences.Limits(**told.head["limits"])
    standing = fences.before_loading(limits)
    waiting = _listening(source)
    try:
        module, _, name = told.head["target"].partition(":")
        work: Work = getattr(import_module(module), name)(state)
    except HyteError as error:
        send(target, of_error(error))
        return
    say("work-failed")  # reads the sentences while files can be opened
    standing |= fences.before_work(limits)
    send(target, Message({"fences": sorted(standing)}))
    while True:
        call = waiting.get()
        fences.before_call(call.head["seconds"])
        send(target, _answer(work, Message(call.head["head"], call.body)))


def _answer(work: Work, call: Message) -> Message:
    try:
        return work(call)
    except HyteError as error:
        return of_error(error)
    except MemoryError:
        return of_error(TooBigError(say("work-memory")))
    except Exception:
        with contextlib.suppress(OSError):  # a file as the standard error: the child may not write to it
            traceback.print_exc()
        return of_error(UndecidedError(say("work-failed")))


def _private_output() -> IO[bytes]:
    """Return the way to the parent, and let whatever a library prints go to the standard error."""
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return target


def _listening(source: IO[bytes]) -> SimpleQueue[Message]:
    """Return the calls as they come; when the parent has gone, the child ends at once, whatever it is doing."""
    waiting: SimpleQueue[Message] = SimpleQueue()

    def listen() -> None:
        try:
            while True:
                waiting.put(receive(source))
        except (EOFError, OSError):
            os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    return waiting
