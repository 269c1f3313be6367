"""What runs in a child can hang, die, devour memory or reach out without harm to its parent."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hyte_graph.errors import BusyError, DiedError, FilingError, HyteError, LimitError, TooSlowError, UndecidedError
from hyte_graph.isolation import Limits, Message, Pool

WORK = "tests.isolation.work:doing"


def do(pool: Pool, what: str, body: bytes = b"", seconds: float = 20) -> Message:
    return pool.call(Message({"do": what}, body), seconds)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(WORK, Message({"loaded": "once"})) as made:
        yield made


@pytest.fixture
def canary() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        made.settimeout(0.2)
        yield made


def test_a_child_loads_once_and_answers_many_calls(pool: Pool) -> None:
    large = bytes(range(256)) * 10_000
    answers = [do(pool, "echo", large) for _ in range(3)]
    assert {answer.body for answer in answers} == {large}
    assert len({answer.head["pid"] for answer in answers}) == 1
    assert answers[0].head["state"] == {"loaded": "once"}
    assert answers[0].head["pid"] != os.getpid()


def test_a_fault_is_told_as_one_though_the_child_may_not_write_it_to_a_file(capfd) -> None:
    with Pool(WORK, is_heard=True) as heard, pytest.raises(UndecidedError, match="unexpected error"):
        do(heard, "what nobody can do")  # pytest lets the standard error go to a file


def test_a_call_past_its_deadline_is_killed_and_the_next_one_answered(pool: Pool) -> None:
    late, began = do(pool, "echo").head["pid"], time.monotonic()
    with pytest.raises(TooSlowError, match=r"not done in 0\.3 seconds"):
        do(pool, "sleep", b"60", seconds=0.3)
    assert time.monotonic() - began < 5
    while is_alive(late):
        assert time.monotonic() - began < 15
        time.sleep(0.01)
    assert do(pool, "echo", b"next").body == b"next"


def test_a_call_whose_children_die_is_tried_twice_and_then_given_up(pool: Pool, caplog) -> None:
    with pytest.raises(DiedError, match="ended twice"):
        do(pool, "die")
    assert len(caplog.records) == 2
    assert do(pool, "echo", b"next").body == b"next"


def test_a_child_that_was_killed_while_it_waited_is_replaced_unnoticed(pool: Pool) -> None:
    os.kill(do(pool, "echo").head["pid"], 9)
    assert do(pool, "echo", b"again").body == b"again"


def test_memory_is_refused_before_the_system_lacks_it(pool: Pool) -> None:
    with pytest.raises(LimitError, match="more memory"):
        do(pool, "devour")


def test_errors_cross_with_all_their_sentences(pool: Pool) -> None:
    with pytest.raises(FilingError) as caught:
        do(pool, "refuse")
    assert [text.fi for text in caught.value.messages] == ["first", "second"]
    assert [text.code for text in caught.value.messages] == ["", "a-code"]
    with pytest.raises(UndecidedError, match="unexpected error"):
        do(pool, "break")


def test_what_a_library_prints_does_not_mix_with_the_answer(pool: Pool) -> None:
    assert do(pool, "print", b"clean").body == b"clean"


@pytest.mark.parametrize("deed", ["connect", "run", "write"])
def test_a_child_reaches_no_server_starts_no_program_and_writes_no_file(pool: Pool, canary, tmp_path, deed) -> None:
    body = str(canary.getsockname()[1]) if deed == "connect" else str(tmp_path / "made")
    with pytest.raises(UndecidedError, match="unexpected error"):
        do(pool, deed, body.encode())
    assert not list(tmp_path.iterdir())
    with pytest.raises(TimeoutError):
        canary.accept()


def test_a_child_may_read_files_unless_it_may_not(pool: Pool) -> None:
    here = str(Path(__file__)).encode()
    assert do(pool, "read", here).body.startswith(b'"""')
    with Pool(WORK, limits=Limits(opens_files=False)) as closed, pytest.raises(UndecidedError):
        do(closed, "read", here)


@pytest.mark.skipif(sys.platform != "linux", reason="the fences against code outside Python are those of Linux")
def test_not_even_an_engine_outside_python_reaches_a_server(canary) -> None:
    address = f"http://127.0.0.1:{canary.getsockname()[1]}/".encode()
    with Pool(WORK, limits=Limits(opens_files=False)) as closed, pytest.raises(HyteError):
        do(closed, "service", address)
    with pytest.raises(TimeoutError):
        canary.accept()


def test_slow_calls_leave_their_place_to_others_and_too_many_are_refused() -> None:
    with Pool(WORK, size=1, slow=1, brief=1) as two, ThreadPoolExecutor(1) as threads:
        two.warm()
        slow = threads.submit(do, two, "sleep", b"4")
        time.sleep(0.5)
        began = time.monotonic()
        assert do(two, "echo", b"light").body == b"light"
        assert time.monotonic() - began < 1.5
        with pytest.raises(BusyError, match="busy"):
            do(two, "sleep", b"5")
        assert slow.result().body == b"4"


def test_eight_threads_may_call_a_cold_pool_at_once() -> None:
    with Pool(WORK, size=2) as cold, ThreadPoolExecutor(8) as threads:
        bodies = [str(number).encode() for number in range(32)]
        found = list(threads.map(lambda body: do(cold, "echo", body), bodies))
    assert [answer.body for answer in found] == bodies
    assert len({answer.head["pid"] for answer in found}) <= 2


def test_what_cannot_be_loaded_is_said_and_not_tried_for_ever() -> None:
    with Pool("tests.isolation.work:failing") as broken, pytest.raises(HyteError, match="nothing to load"):
        do(broken, "echo")
    with Pool("tests.isolation.work:dying") as broken, pytest.raises(DiedError):
        do(broken, "echo")


def test_children_end_with_their_parent_even_in_the_middle_of_work() -> None:
    code = (
        "import os, threading, time; from hyte_graph.isolation import *; "
        f"p = Pool({WORK!r}); print(p.call(Message({{'do': 'echo'}}), 20).head['pid'], flush=True); "
        "threading.Thread(target=p.call, args=(Message({'do': 'sleep'}, b'60'), 90), daemon=True).start(); "
        "time.sleep(0.3); os._exit(0)"
    )
    root = Path(__file__).parents[2]
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, timeout=60)
    ended = threading.Event()
    for _ in range(50):
        if not is_alive(int(found.stdout)):
            ended.set()
            break
        time.sleep(0.1)
    assert ended.is_set()


def test_children_that_are_killed_while_they_load_cost_no_call_its_answer() -> None:
    with Pool(WORK, size=2) as cold, ThreadPoolExecutor(1) as threads:
        for _ in range(2):
            cold._keep(cold._fresh())
            cold._idle[-1].kill()
        waiting = threads.submit(do, cold, "echo", b"light")
        assert waiting.result().body == b"light"


def test_children_that_are_killed_after_they_loaded_and_before_they_were_heard_cost_no_call_its_answer() -> None:
    with Pool(WORK, size=8) as cold:
        for _ in range(7):
            cold._keep(cold._fresh())
        while not all(child.is_ready for child in cold._idle):
            time.sleep(0.01)
        for child in cold._idle:
            os.kill(child.pid, signal.SIGKILL)
        while any(child.is_alive for child in cold._idle):
            time.sleep(0.01)
        assert do(cold, "echo", b"light").body == b"light"


def test_a_call_does_not_wait_for_a_child_that_loads_while_another_comes_free() -> None:
    with Pool("tests.isolation.work:tarrying", size=2) as two, ThreadPoolExecutor(1) as threads:
        first = do(two, "echo").head["pid"]
        busy = threads.submit(do, two, "sleep", b"0.2")
        time.sleep(0.05)
        assert do(two, "echo").head["pid"] == first
        busy.result()


@pytest.mark.skipif(sys.platform == "win32", reason="priorities as POSIX has them")
def test_a_long_call_yields_the_processor_and_its_child_is_not_used_again() -> None:
    with Pool(WORK, size=1, slow=1) as two, ThreadPoolExecutor(1) as threads:
        first = do(two, "echo").head["pid"]
        assert os.getpriority(os.PRIO_PROCESS, first) == os.getpriority(os.PRIO_PROCESS, 0)
        long = threads.submit(do, two, "sleep", b"3")
        began = time.monotonic()
        while os.getpriority(os.PRIO_PROCESS, first) <= os.getpriority(os.PRIO_PROCESS, 0):
            assert time.monotonic() - began < 3
            time.sleep(0.05)
        assert long.result().head["pid"] == first
        assert do(two, "echo").head["pid"] != first
