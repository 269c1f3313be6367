"""A Dask scheduler and workers of it as processes of this machine, for tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.conftest import ROOT

_PATIENCE = 30.0
QUICK = {
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
}


@contextmanager
def program(*words: str, home: Path = ROOT, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a module of Dask with the code of a checkout, and end it with all that it started."""
    environment = {**os.environ, **QUICK, "PYTHONPATH": f"{home}{os.pathsep}{home / 'web'}", **more}
    process = subprocess.Popen(
        [sys.executable, "-m", *words], env=environment, cwd=home, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()  # a nanny then ends its worker
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def scheduler(folder: Path, *words: str, home: Path = ROOT, **more: str) -> Iterator[str]:
    """Run a scheduler on a free port, and yield its address."""
    told = folder / "scheduler.json"
    call = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show", "--scheduler-file", str(told))
    with program("distributed.cli.dask_scheduler", *call, *words, home=home, **more):
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            try:
                yield json.loads(told.read_text())["address"]
                return
            except (OSError, ValueError):
                time.sleep(0.05)
        raise TimeoutError("the scheduler did not start")


@contextmanager
def worker(address: str, *words: str, home: Path = ROOT, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker with one thread."""
    call = (address, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", *words)
    with program("distributed.cli.dask_worker", *call, home=home, **more) as process:
        yield process


@contextmanager
def cluster(folder: Path, count: int) -> Iterator[str]:
    """Run a scheduler with some workers, each watched by a nanny that starts it again; yield the address."""
    with scheduler(folder) as address, ExitStack() as stack:
        for _ in range(count):
            stack.enter_context(worker(address))
        yield address
