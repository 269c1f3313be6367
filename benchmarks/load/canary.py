"""A server on this machine that nobody may call: it answers nobody, keeps callers waiting, and counts them."""

from __future__ import annotations

import socket
from types import TracebackType

_WAITING = 1024  # callers that the system takes on for it between two counts


class Canary:
    """A listener whose callers are connected by the system and never heard."""

    def __enter__(self) -> Canary:
        self._server = socket.create_server(("127.0.0.1", 0), backlog=_WAITING)
        self._server.setblocking(False)
        self._callers: list[socket.socket] = []
        self.address = f"http://127.0.0.1:{self._server.getsockname()[1]}/data"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for line in (*self._callers, self._server):
            line.close()

    def calls(self) -> int:
        """Return how many have called until now, whether they have left or still wait."""
        while True:
            try:
                self._callers.append(self._server.accept()[0])
            except BlockingIOError:
                return len(self._callers)
