"""A pool of child processes: a deadline for each call, a fresh child after each death, and two lanes.

A call that is not done at once moves to the slow lane as soon as that has room, and leaves its place to others. Heavy
work thus hardly keeps light work waiting, and soon has a low priority; when the slow lane is still full after `brief`
seconds, it is refused.
"""

from __future__ import annotations

import logging
import math
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty
from types import TracebackType

from hyte_graph.errors import BusyError, DiedError, TooBigError, TooSlowError
from hyte_graph.isolation.fences import FENCES, Limits
from hyte_graph.isolation.process import GoneError, Process
from hyte_graph.isolation.wire import Message, error_of
from hyte_graph.messages import say

_LOG = logging.getLogger(__name__)
_LOADING = 120.0  # seconds that a child may take to load, which are not those of the call
_LOADS = 3  # children that may end while they load before a call is given up
_AT_ONCE = 0.25  # seconds
_PATIENCE = 0.1  # seconds in which a child may come back before another is started in its place
_USUAL = 0.5  # seconds after which a call yields the processor to others
_LOOKS = 0.01  # seconds between two looks at children that load


class _Place:
    """The place that a call has in one of the lanes."""

    def __init__(self, lane: threading.Semaphore, began: float) -> None:
        self.lane = lane
        self.began = began
        self.is_slow = False


class Pool:
    """Child processes that all do the same work; safe to share between threads, and after a fork."""

    def __init__(
        self,
        target: str,
        state: Message | None = None,
        *,
        size: int = 1,
        slow: int = 0,
        brief: float = 2.0,
        limits: Limits | None = None,
        is_heard: bool = False,
    ) -> None:
        """Describe the pool; children start with the first call, or with `warm`.

        Args:
            target: "module:function"; the function takes `state` and returns what answers each call.
            state: what each child loads.
            size: how many calls run at once.
            slow: how many more may run that were not done at once; with none, no call moves.
            brief: seconds after which a call that has not found room in the slow lane is refused.
            limits: what a child may take.
            is_heard: whether what a child writes to its standard error is shown.
        """
        self._target, self._state, self._limits = target, state or Message(), limits or Limits()
        self._size, self._slow, self._brief, self._is_heard = size, slow, brief, is_heard
        self._reserve = math.ceil(size / 2) if slow else 0
        self.standing: frozenset[str] | None = None
        """The fences that stand around the children; None before the first has loaded."""
        self._reset()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def call(self, message: Message, seconds: float) -> Message:
        """Return what a child answers.

        Raises:
            TooSlowError: it took longer than `seconds`; the child was killed. Up to half may go by until one is free.
            BusyError: no child became free in that time, or too many slow calls run already.
            TooBigError: the child was refused more memory.
            DiedError: the child ended by itself, and so did a second one.
            HyteError: what the work itself raised.
        """
        for _ in range(2):
            try:
                answer = self._tried(message, seconds)
            except GoneError as gone:
                if gone.lacked_memory:  # it would lack it again
                    raise TooBigError(say("work-memory")) from gone
                _LOG.warning("A child of %s ended by itself.", self._target)
                continue
            error = error_of(answer)
            if error:
                raise error
            return answer
        raise DiedError(say("work-died"))

    def warm(self) -> None:
        """Start all children, and return when they have loaded.

        Raises:
            HyteError: what they should load is wrong, or they cannot load it.
        """
        made = [self._fresh() for _ in range(self._size)]
        for child in made:
            try:
                child.load(_LOADING)
            except (GoneError, Empty) as error:
                child.kill()
                raise DiedError(say("work-died")) from error
            self._note(child)
            self._keep(child)

    def close(self) -> None:
        """End the children that wait; a later call starts new ones."""
        with self._lock:
            idle = list(self._idle)
            self._idle.clear()
        for child in idle:
            child.kill()

    def _reset(self) -> None:
        self._owner = os.getpid()
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._idle: list[Process] = []
        self._askers = 0  # calls for which no child was ready
        self._light, self._heavy = threading.Semaphore(self._size), threading.Semaphore(self._slow)

    def _tried(self, message: Message, seconds: float) -> Message:
        if self._owner != os.getpid():  # after a fork, the children are those of another process
            self._reset()
        with self._placed(seconds) as place:
            child = self._loaded()
            try:
                answer = self._asked(child, message, seconds, place)
            except BaseException:  # whatever it is: the answer of this child must not become that of the next call
                child.kill()
                if not place.is_slow:
                    self._keep(self._fresh())
                raise
            if child.is_slowed:  # it cannot become quick again
                child.kill()
            else:
                self._keep(child)
            return answer

    @contextmanager
    def _placed(self, seconds: float) -> Iterator[_Place]:
        began = time.monotonic()
        if not self._light.acquire(timeout=seconds):
            raise BusyError(say("work-busy"))
        place = _Place(self._light, began)
        try:
            yield place
        finally:
            place.lane.release()

    def _asked(self, child: Process, message: Message, seconds: float, place: _Place) -> Message:
        began = time.monotonic()
        left = max(seconds - (began - place.began), seconds / 2)
        child.ask(message, left)
        for until in self._looks(left):
            try:
                return child.told(until - (time.monotonic() - began))
            except Empty:
                if until < left:
                    self._slow_down(child, place, until)
        raise TooSlowError(say("work-too-slow", seconds=f"{seconds:g}"))

    def _looks(self, seconds: float) -> Iterator[float]:
        """Yield how long a call has run when it is looked at: in short steps while it may still move, then once."""
        brief = min(seconds, self._brief) if self._slow else 0.0
        steps = math.ceil(brief / _AT_ONCE)
        yield from (brief * step / steps for step in range(1, steps + 1))
        if brief < seconds:
            yield seconds

    def _slow_down(self, child: Process, place: _Place, ran: float) -> None:
        """Move a call to the slow lane if there is room, and see that there is a child for its old place."""
        if not place.is_slow and self._heavy.acquire(blocking=False):
            place.lane.release()
            place.lane, place.is_slow = self._heavy, True
            self._spare()
        if not place.is_slow and ran >= self._brief:
            raise BusyError(say("work-busy"))
        if place.is_slow and ran >= _USUAL and not child.is_slowed:
            child.slow_down()

    def _loaded(self) -> Process:
        """Return a child that has loaded: one that waits, or the first that comes back or is done with loading."""
        lost = 0
        while True:
            try:
                child = self._opened(self._ready() or self._awaited())
            except GoneError:  # somebody ended it while it loaded; one that cannot load ends again and again
                lost += 1
                if lost == _LOADS:
                    raise
                continue
            if child.is_alive:
                return child
            child.kill()  # it ended after it had loaded, before anybody had heard of either

    def _opened(self, child: Process) -> Process:
        try:
            child.load(_LOADING)
        except BaseException:
            child.kill()
            raise
        self._note(child)
        self._spare()
        return child

    def _spare(self) -> None:
        """See that some children wait or load, for those who come while all that were ready have long work."""
        if len(self._idle) < self._reserve:
            self._keep(self._fresh())

    def _awaited(self) -> Process:
        """Return the first child that is ready, while one loads for each call that waits so."""
        began = time.monotonic()
        self._ask(1)
        try:
            while (waited := time.monotonic() - began) < _LOADING:
                for _ in range(self._askers - len(self._idle) if waited > _PATIENCE else 0):
                    self._keep(self._fresh())
                with self._changed:
                    self._changed.wait(_LOOKS)
                child = self._ready()
                if child:
                    return child
        finally:
            self._ask(-1)
        raise GoneError

    def _ask(self, count: int) -> None:
        with self._lock:
            self._askers += count

    def _ready(self) -> Process | None:
        """Return a child that has loaded or failed to, if one waits; what has ended meanwhile is left behind."""
        with self._lock:
            found = [child for child in self._idle if child.is_ready]
            alive = [child for child in found if child.is_alive or not child.has_loaded]
            for child in (*(child for child in found if child not in alive), *alive[-1:]):
                self._idle.remove(child)
        for child in found:
            if child not in alive:
                child.kill()
        return alive[-1] if alive else None

    def _note(self, child: Process) -> None:
        """Tell once what is weaker on this system."""
        if self.standing is None:
            self.standing = child.fences
            for name in FENCES:
                if name not in child.fences:
                    _LOG.warning(say(f"fence-{name}").en)

    def _fresh(self) -> Process:
        return Process(self._target, self._state, self._limits, is_heard=self._is_heard)

    def _keep(self, child: Process) -> None:
        with self._lock:
            is_kept = len(self._idle) < self._size + self._reserve
            if is_kept:
                self._idle.append(child)
                self._changed.notify()
        if not is_kept:
            child.kill()
