"""What the tests of threats share: whether the whole is run, and a canary that hears every call to the network."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest


@dataclass
class Canary:
    """A listener on this machine; `heard` counts those who called it."""

    address: str
    calls: list[bytes] = field(default_factory=list)

    @property
    def heard(self) -> int:
        return len(self.calls)


@pytest.fixture(scope="session")
def _canary() -> Iterator[Canary]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        canary = Canary(f"http://127.0.0.1:{server.getsockname()[1]}/data")
        threading.Thread(target=_listen, args=(server, canary), daemon=True).start()
        yield canary


@pytest.fixture
def canary(_canary: Canary) -> Iterator[Canary]:
    """A canary that must have heard nothing when the test ends."""
    _canary.calls.clear()
    yield _canary
    assert not _canary.calls, f"The canary heard {_canary.calls[:3]}"


def _listen(server: socket.socket, canary: Canary) -> None:
    """Take calls, note what they send, and answer with one triple, so that a fetch would show in the answer too."""
    body = b"<urn:canary> <urn:canary> <urn:canary> .\n"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/n-triples\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    while True:
        try:
            caller, _ = server.accept()
        except OSError:
            return
        with caller:
            caller.settimeout(1)
            canary.calls.append(b"")
            try:
                canary.calls[-1] = caller.recv(400)
                caller.sendall(head + body)
            except OSError:
                continue
