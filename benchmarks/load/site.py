"""The site as it is served in earnest, in a process of its own, and what that process takes of the machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType

import psutil

ROOT = Path(__file__).resolve().parents[2]
SERVERS = ("gunicorn", "waitress")
_STARTING = 120.0  # seconds until it must be ready


@dataclass(frozen=True, slots=True)
class OfProcess:
    """What one process takes."""

    kind: str  # "child" works for the others, which answer HTTP or, as the master of gunicorn does, start those
    identity: int  # of its number and its start, since a number is given again
    memory: float  # MiB resident
    handles: int  # open files and sockets


@dataclass(frozen=True, slots=True)
class Taken:
    """What the server and its children take: those that answer HTTP, and those for queries and checks."""

    processes: tuple[OfProcess, ...]

    @property
    def server(self) -> float:
        """Return the MiB of the processes that answer HTTP."""
        return sum(item.memory for item in self.processes if item.kind != "child")

    @property
    def children(self) -> float:
        """Return the MiB of the processes for queries and checks."""
        return sum(item.memory for item in self.processes if item.kind == "child")

    @property
    def handles(self) -> int:
        """Return the open files and sockets of the processes that answer HTTP."""
        return sum(item.handles for item in self.processes if item.kind != "child")

    @property
    def handles_of_children(self) -> int:
        """Return the open files and sockets of the processes for queries and checks."""
        return sum(item.handles for item in self.processes if item.kind == "child")


class Served:
    """The site on a free port of this machine, until it is left; no limit of rates, since all requests are ours."""

    def __init__(self, server: str, settings: Mapping[str, str] | None = None) -> None:
        self.server = server
        self.settings = {"HYTE_WEB_RATE_LIMITS": "0", **(settings or {})}
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]

    def __enter__(self) -> Served:
        self._folder = tempfile.TemporaryDirectory()
        self._log = (Path(self._folder.name) / "log").open("wb")
        environment = {**os.environ, **self.settings, "HYTE_WEB_STORE_FOLDER": self._folder.name}
        environment |= {"HYTE_BIND": f"127.0.0.1:{self.port}", "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'web'}"}
        self._process = subprocess.Popen(self._call(), cwd=ROOT, env=environment, stdout=self._log, stderr=self._log)
        self._await()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        children = psutil.Process(self._process.pid).children(recursive=True) if self._process.poll() is None else []
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(40)
        except subprocess.TimeoutExpired:
            self._process.kill()
        for child in psutil.wait_procs(children, timeout=5)[1]:
            child.kill()
        self._log.close()
        self._folder.cleanup()

    def taken(self) -> Taken:
        """Return what the server takes now; a process that has just ended takes nothing."""
        found = (_of_process(kind, item) for kind, item in self._processes())
        return Taken(tuple(item for item in found if item is not None))

    def children(self) -> set[int]:
        """Return the numbers of the processes for queries and checks."""
        return {item.pid for kind, item in self._processes() if kind == "child"}

    def _processes(self) -> list[tuple[str, psutil.Process]]:
        """Return the processes that answer HTTP, then those that work for them, with what they are."""
        top = psutil.Process(self._process.pid)
        if self.server != "gunicorn":
            return [("server", top), *(("child", item) for item in _started_by(top))]
        workers = _started_by(top)
        children = [("child", child) for item in workers for child in _started_by(item)]
        return [("master", top), *(("worker", item) for item in workers), *children]

    def _call(self) -> list[str]:
        if self.server == "gunicorn":
            return [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "hyte_web.wsgi:app"]
        entry = "import sys; sys.argv[0] = 'hyte'; from hyte_graph.cli.main import entry; entry()"
        return [sys.executable, "-c", entry, "serve", "--port", str(self.port)]

    def _await(self) -> None:
        end = time.monotonic() + _STARTING
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError((Path(self._folder.name) / "log").read_text(errors="replace"))
            time.sleep(0.3)

    def _is_ready(self) -> bool:
        line = HTTPConnection("127.0.0.1", self.port, timeout=_STARTING)
        try:
            line.request("GET", "/readyz")
            return line.getresponse().status == 200
        except OSError:
            return False
        finally:
            line.close()


def _started_by(process: psutil.Process) -> list[psutil.Process]:
    try:
        return list(process.children())
    except psutil.Error:
        return []


def _of_process(kind: str, process: psutil.Process) -> OfProcess | None:
    try:
        with process.oneshot():
            return OfProcess(kind, hash(process), process.memory_info().rss / 2**20, process.num_fds())
    except psutil.Error:
        return None
