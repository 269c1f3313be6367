"""Work for the children of the tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph

from hyte_graph.errors import FilingError, UsageError
from hyte_graph.isolation import Message
from hyte_graph.languages import Text


def doing(state: Message) -> Callable[[Message], Message]:
    return lambda call: Message({"pid": os.getpid(), "state": state.head}, _DEEDS[call.head["do"]](call.body) or b"")


def tarrying(state: Message) -> Callable[[Message], Message]:
    time.sleep(1)
    return doing(state)


def failing(_: Message) -> Callable[[Message], Message]:
    raise UsageError(Text.same("nothing to load"))


def dying(_: Message) -> Callable[[Message], Message]:
    os._exit(3)


def _sleep(body: bytes) -> bytes:
    time.sleep(float(body))
    return body


def _service(body: bytes) -> bytes:
    rows = pyoxigraph.Store().query(f"SELECT * {{ SERVICE <{body.decode()}> {{ ?s ?p ?o }} }}")
    return str(len(list(rows))).encode()  # type: ignore[arg-type]


def _refuse(body: bytes) -> bytes:
    raise FilingError(Text.same("first"), Text("second", "second", "second", "a-code"))


def _print(body: bytes) -> bytes:
    print("a library that prints")
    sys.stdout.flush()
    return body


_DEEDS: dict[str, Callable[[bytes], object]] = {
    "echo": lambda body: body,
    "sleep": _sleep,
    "die": lambda _: os._exit(1),
    "devour": lambda _: bytes(2**40),
    "refuse": _refuse,
    "break": lambda _: 1 // 0,
    "print": _print,
    "connect": lambda body: socket.create_connection(("127.0.0.1", int(body)), 2),
    "service": _service,
    "run": lambda _: subprocess.run([sys.executable, "-V"]),
    "write": lambda body: Path(body.decode()).write_text("x"),
    "read": lambda body: Path(body.decode()).read_bytes(),
}
