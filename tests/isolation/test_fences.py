"""The fences around children hold against code outside Python, and where one is missing it is said."""

from __future__ import annotations

import errno
import os
import subprocess
import sys

import pytest

from hyte_graph.isolation import Message, Pool, fences_here
from hyte_graph.isolation.fences import FENCES
from hyte_graph.isolation.filter import program
from hyte_graph.messages import say
from tests.conftest import ROOT, lacks

linux = pytest.mark.skipif(sys.platform != "linux", reason="the filter is that of Linux")
CALLS = """
import ctypes, sys
from hyte_graph.isolation.filter import refuse_calls
stands, system = refuse_calls(), ctypes.CDLL(None, use_errno=True)
numbers = [int(word) for word in sys.argv[1:]]
print(stands, [(system.syscall(number, 2, 1, 0), ctypes.get_errno())[1] for number in numbers], flush=True)
"""


def test_every_fence_has_a_sentence_for_where_it_is_missing() -> None:
    assert all(say(f"fence-{name}").fi for name in FENCES)
    assert set(fences_here()) == set(FENCES)


@linux
def test_the_filter_refuses_sockets_io_uring_and_programs_to_code_outside_python() -> None:
    numbers = {"x86_64": [41, 42, 425, 426, 59, 322], "aarch64": [198, 203, 425, 426, 221, 281]}.get(os.uname().machine)
    if numbers is None:
        lacks("No filter is written for this machine.")
    call = [sys.executable, "-c", CALLS, *map(str, numbers)]
    told = subprocess.run(call, capture_output=True, text=True, cwd=ROOT, timeout=60).stdout
    assert told == f"True {[errno.EPERM] * len(numbers)}\n"


def test_the_filter_lets_through_only_what_is_not_on_its_list() -> None:
    code = program(0xC000003E, (41, 42))
    runs = {number: _run(code, 0xC000003E, number) for number in (0, 40, 41, 42, 43, 0x40000000 + 1)}
    assert {number for number, found in runs.items() if found == 0x7FFF0000} == {0, 40, 43}
    assert _run(code, 0x40000003, 0) & 0xFFFF == errno.EPERM


def _run(code: bytes, machine: int, number: int) -> int:
    """Return what the instructions answer, worked out here."""
    at, held = 0, 0
    while True:
        jump, skip = code[at * 8 + 2], code[at * 8 + 3]
        kind = int.from_bytes(code[at * 8 : at * 8 + 2], sys.byteorder)
        value = int.from_bytes(code[at * 8 + 4 : at * 8 + 8], sys.byteorder)
        at += 1
        if kind == 0x06:
            return value
        if kind == 0x20:
            held = machine if value == 4 else number
        else:
            at += jump if (held == value if kind == 0x15 else held >= value) else skip


def test_what_is_weaker_is_logged_once(monkeypatch, caplog) -> None:
    with Pool("hyte_graph.isolation.weaker:idle") as one:
        monkeypatch.setattr("hyte_graph.isolation.process.frozenset", lambda *_: frozenset(), raising=False)
        for _ in range(2):
            one.call(Message(), 30)
    assert caplog.messages.count(say("fence-time").en) == 1


@linux
def test_a_child_outlives_the_thread_that_called_for_it() -> None:
    from concurrent.futures import ThreadPoolExecutor

    with Pool("hyte_graph.isolation.weaker:idle") as one:
        with ThreadPoolExecutor(1) as threads:
            threads.submit(one.warm).result()
        (child,) = one._idle
        one.call(Message(), 30)
        assert one._idle == [child]
