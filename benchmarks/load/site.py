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
class Taken:
    """What the server and its children take."""

    server: float  # MiB resident, of the processes that answer HTTP
    children: float  # MiB resident, of the processes for queries and checks
    handles: int  # open files and sockets of the processes that answer HTTP
    processes: int


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
        front, back = self._processes()
        return Taken(
            sum(_resident(item) for item in front),
            sum(_resident(item) for item in back),
            sum(_handles(item) for item in front),
            len(front) + len(back),
        )

    def children(self) -> set[int]:
        """Return the numbers of the processes for queries and checks."""
        return {item.pid for item in self._processes()[1]}

    def _processes(self) -> tuple[list[psutil.Process], list[psutil.Process]]:
        """Return the processes that answer HTTP, and those that work for them."""
        top = psutil.Process(self._process.pid)
        front = [top, *(top.children() if self.server == "gunicorn" else ())]
        back = [child for item in front for child in item.children() if child not in front]
        return front, back

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


def _resident(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss / 2**20)
    except psutil.Error:
        return 0.0


def _handles(process: psutil.Process) -> int:
    try:
        return int(process.num_fds())
    except psutil.Error:
        return 0
