"""What a process takes is told exactly, and one that takes too long is stopped with all that it started."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from benchmarks import stopwatch
from benchmarks.peers import Timed, timed

FILE = stopwatch.__file__
SLEEPLESS = "import runpy, sys, time; time.sleep = None; runpy.run_path(sys.argv.pop(1), run_name='__main__')"
BUSY = """
import json, time
start, held, total = time.perf_counter(), b"x" * (200 * 2**20), sum(range(3_000_000))
print(json.dumps([time.perf_counter() - start, time.process_time()]), flush=True)
"""


def told(*words: str, limit: str = "60", starting: tuple[str, ...] = (FILE,)) -> tuple[list[float], str]:
    """Return the figures of a command and what it printed; that ends when nobody can print any more."""
    call = [sys.executable, *starting, limit, *words]
    done = subprocess.run(call, capture_output=True, text=True, timeout=120)
    return json.loads(done.stderr.splitlines()[-1]), done.stdout


def test_a_wait_that_sleeps_between_looks_is_seen(tmp_path):
    polling = tmp_path / "polling.py"
    polling.write_text("import subprocess, sys; subprocess.run(['sleep', '1'], timeout=60)")
    done = subprocess.run([sys.executable, "-c", SLEEPLESS, polling], capture_output=True, text=True)
    assert "'NoneType' object is not callable" in done.stderr


def test_the_end_of_a_process_is_awaited_without_looking_again_and_again():
    (code, *_), printed = told("sh", "-c", "sleep 1; echo done", starting=("-c", SLEEPLESS, FILE))
    assert (code, printed) == (0, "done\n")


def test_a_process_that_takes_too_long_is_stopped_with_its_children():
    (code, *_, elapsed), printed = told("sh", "-c", "sleep 600 & echo begun; wait", limit="1")
    assert (code, printed) == (stopwatch.STOPPED, "begun\n") == (124, "begun\n")
    assert elapsed >= 1


@pytest.mark.parametrize("heard", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_behind_when_the_stopwatch_itself_is_stopped(heard):
    call = [sys.executable, FILE, "600", "sh", "-c", "sleep 600 & echo begun; wait"]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout.readline() == "begun\n"
        running.send_signal(heard)
        assert running.communicate(timeout=60)[0] == ""  # which ends when nobody can print any more
    assert running.returncode == 128 + heard


@pytest.mark.parametrize("code", [0, 1, 3])
def test_the_exit_code_is_that_of_the_process(code):
    assert told("sh", "-c", f"exit {code}")[0][0] == code


def test_the_figures_are_those_of_the_process_and_lie_within_what_was_waited(tmp_path):
    report, start = tmp_path / "report", time.perf_counter()
    found = timed([sys.executable, "-c", BUSY], dict(os.environ), report, 60)
    waited, (elapsed, processor) = time.perf_counter() - start, json.loads(report.read_text())
    assert isinstance(found, Timed)
    assert elapsed <= found.elapsed <= waited
    assert processor <= found.processor
    assert 200 <= found.peak < 400


def test_a_peer_that_is_stopped_or_fails_has_a_reason_in_the_place_of_figures(tmp_path):
    report = tmp_path / "report"
    assert timed(["sleep", "600"], dict(os.environ), report, 1) == "took too long"
    assert timed(["sh", "-c", "echo why >&2; exit 3"], dict(os.environ), report, 60) == "failed: why"
