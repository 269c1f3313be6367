"""One child process as its parent sees it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from queue import SimpleQueue

from hyte_graph.isolation.fences import Limits
from hyte_graph.isolation.wire import Message, error_of, receive, send

_GOING = 0.1  # seconds
_LOW = 5  # of 19, where 0 is usual
_STARTERS: dict[int, ThreadPoolExecutor] = {}
_CODE = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from hyte_graph.isolation.child import main; main()"


class GoneError(Exception):
    """The child has ended by itself; `lacked_memory` tells that it was refused more memory, and aborted."""

    def __init__(self, *, lacked_memory: bool = False) -> None:
        super().__init__()
        self.lacked_memory = lacked_memory


class Process:
    """A child that loads at once; a thread of its own writes to it and reads from it, so that no caller can hang."""

    def __init__(self, target: str, state: Message, limits: Limits, *, is_heard: bool) -> None:
        errors = None if is_heard else subprocess.DEVNULL
        self._process = _starter().submit(_start, errors).result()
        self.fences: frozenset[str] = frozenset()
        self._calls: SimpleQueue[Message | None] = SimpleQueue()
        self._answers: SimpleQueue[Message | None] = SimpleQueue()
        self.has_loaded = False  # and has been heard
        self.is_slowed = False
        first = Message({"target": target, "limits": asdict(limits)})
        threading.Thread(target=self._talk, args=(first, state), daemon=True).start()

    @property
    def pid(self) -> int:
        """Return the number of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Return whether the process has not ended."""
        return self._process.poll() is None

    @property
    def is_ready(self) -> bool:
        """Return whether it would answer at once."""
        return self.has_loaded or not self._answers.empty()

    def slow_down(self) -> None:
        """Let other processes of the machine go before this one, from now on."""
        self.is_slowed = True
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.pid, _LOW)

    def load(self, seconds: float) -> None:
        """Return when the child has loaded.

        Raises:
            HyteError: what it should load is wrong.
            GoneError: it ended.
            queue.Empty: it took longer than some seconds.
        """
        if not self.has_loaded:
            first = self.told(seconds)
            error = error_of(first)
            if error:
                raise error
            self.fences = frozenset(first.head["fences"])
            self.has_loaded = True

    def ask(self, message: Message, seconds: float) -> None:
        """Hand a call to the child."""
        self._calls.put(Message({"head": message.head, "seconds": seconds}, message.body))

    def told(self, seconds: float) -> Message:
        """Return the answer of the child.

        Raises:
            GoneError: it ended.
            queue.Empty: it took longer than some seconds.
        """
        answer = self._answers.get(timeout=max(seconds, 0.001))
        if answer is None:
            raise GoneError(lacked_memory=self._was_aborted())
        return answer

    def kill(self) -> None:
        """End the child, whatever it is doing; one with much memory takes a while to be gone, which nobody awaits."""
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_GOING)
        self._calls.put(None)

    def _was_aborted(self) -> bool:
        """Return whether the process aborted itself, which is what libraries in Rust do when memory is refused."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(1) == -signal.SIGABRT
        return False

    def _talk(self, *first: Message) -> None:
        source, target = self._process.stdout, self._process.stdin
        assert source is not None  # noqa: S101
        assert target is not None  # noqa: S101
        with contextlib.suppress(EOFError, OSError, ValueError):
            for message in first:
                send(target, message)
            self._answers.put(receive(source))
            while (call := self._calls.get()) is not None:
                send(target, call)
                self._answers.put(receive(source))
        self._answers.put(None)
        for stream in (source, target):
            with contextlib.suppress(OSError):
                stream.close()
        self._process.wait()


def _start(errors: int | None) -> subprocess.Popen[bytes]:
    call = [sys.executable, "-P", "-c", _CODE, json.dumps(sys.path)]
    return subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors)  # noqa: S603


def _starter() -> ThreadPoolExecutor:
    """Return the thread that starts all children of this process: on Linux they are killed when it ends, and it stays.

    A thread of a caller would not do, since it may end before the child; nor would one from before a fork.
    """
    return _STARTERS.setdefault(os.getpid(), ThreadPoolExecutor(1, "starts-children"))
