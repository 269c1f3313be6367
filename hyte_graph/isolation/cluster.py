"""The workers of a Dask scheduler in the place of a pool: the same calls, the same errors, other machines.

Only `Job` and `Message` travel. Dask itself repeats a call whose worker was lost; this module says what is told when it
gives up, and never waits for workers that do not come.
"""

from __future__ import annotations

import time
from concurrent.futures import CancelledError
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any

from hyte_graph.errors import DiedError, MissingToolError, RemoteError, UsageError
from hyte_graph.isolation.station import Job, answered, check_versions
from hyte_graph.isolation.wire import Message, error_of
from hyte_graph.messages import say
from hyte_graph.versions import versions_here

if TYPE_CHECKING:
    from distributed import Client, Future

SCHEMES = ("tcp://", "tls://")
_REACHED = 10.0  # seconds in which the scheduler must answer
_STAFFED = 60.0  # seconds without any worker after which nobody waits any longer
_LOOK = 5.0  # seconds between two looks at whether there are workers
_EACH = 2  # calls for each thread of a worker: one that runs, and one that waits there


class Cluster:
    """The workers of a scheduler, which all do the same work; safe to share between threads."""

    def __init__(self, address: str, target: str, state: Message) -> None:
        """Reach the scheduler, and look at the versions of its workers.

        Args:
            address: such as tcp://127.0.0.1:8786, or tls:// with the certificates of Dask's own configuration.
            target: "module:function", as for a `Pool`.
            state: what each child of a worker loads.

        Raises:
            UsageError: the address is none.
            MissingToolError: Dask is not installed.
            RemoteError: the scheduler cannot be reached or has no workers, or it or one of them has other versions than
                this machine.
        """
        self._address, self._target, self._state = address, target, state
        self._client = _client(address)
        try:
            self.size = _EACH * self._threads()
            self._check_versions()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def call(self, message: Message, seconds: float) -> Message:
        """Return what a child of some worker answers.

        Raises:
            DiedError: the child died twice, or so did the worker more often than the scheduler allows.
            RemoteError: the scheduler or all its workers are gone, or a worker has other versions.
            HyteError: what the work itself raised.
        """
        from distributed import KilledWorker

        try:
            future = self._client.submit(answered, Job(self._target, self._state, message, seconds), pure=False)
            answer = self._waited(future)
        except KilledWorker as error:
            raise DiedError(say("work-died")) from error
        except (CancelledError, OSError) as error:
            raise RemoteError(say("scheduler-lost", address=self._address)) from error
        except (ImportError, AttributeError) as error:  # of a worker that came later
            raise self._foreign("", error) from error
        told = error_of(answer)
        if told:
            raise told
        return answer

    def close(self) -> None:
        """Leave the scheduler, which then drops what it was still asked."""
        self._client.close(timeout=_LOOK)

    def _waited(self, future: Future[Message]) -> Message:
        """Return a result, however long it takes, while there are workers."""
        staffed = time.monotonic()
        while True:
            try:
                answer: Message = future.result(timeout=_LOOK)
                return answer
            except TimeoutError:
                staffed = time.monotonic() if self._client.nthreads() else staffed
                if time.monotonic() - staffed > _STAFFED:
                    raise RemoteError(say("scheduler-idle", address=self._address)) from None

    def _threads(self) -> int:
        """Return how many calls can run at once."""
        try:
            self._client.wait_for_workers(1, timeout=_STAFFED)
        except TimeoutError:
            raise RemoteError(say("scheduler-idle", address=self._address)) from None
        return sum(self._client.nthreads().values())

    def _check_versions(self) -> None:
        """Look at the scheduler and every worker; one that comes later is looked at when its children load."""
        ours = versions_here()
        for worker, told in self._versions().items():
            if isinstance(told, BaseException):
                raise self._foreign(worker, told)
            check_versions(worker, told, ours)

    def _versions(self) -> dict[str, Any]:
        """Return the versions of the scheduler, which unpacks what is sent, and of the workers."""
        try:
            own: Any = self._client.run_on_scheduler(versions_here)
            told: dict[str, Any] = self._client.run(versions_here, on_error="return")
        except (ImportError, AttributeError, RuntimeError, ValueError) as error:  # one has no such function
            raise self._foreign("", error) from error
        return {self._address: own, **told}

    def _foreign(self, worker: str, error: BaseException) -> RemoteError:
        return RemoteError(say("worker-foreign", worker=worker or self._address, detail=" ".join(str(error).split())))


def _client(address: str) -> Client:
    if not address.startswith(SCHEMES):
        raise UsageError(say("scheduler-address-wrong", value=address))
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingToolError(say("dask-missing")) from error

    class Closing(Client):
        """A client that is closed at once if it cannot start.

        Left to the garbage collector, it would be closed whenever that runs, even while another client that starts
        holds the lock of all event loops, and both would wait for ever.
        """

        def __init__(self) -> None:
            try:
                Client.__init__(self, address, timeout=_REACHED, set_as_default=False)
            except BaseException:
                with suppress(AttributeError):  # where it failed before it had anything to close
                    Client.close(self)
                raise

    try:
        return Closing()
    except (
        OSError,
        TypeError,
        ValueError,
        RuntimeError,
    ) as error:  # the later three: what is no address, no certificate
        detail = " ".join(str(error).split()).rstrip(".")
        raise RemoteError(say("scheduler-unreachable", address=address, detail=detail)) from error
