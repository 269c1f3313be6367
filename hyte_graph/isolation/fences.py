"""What a child may not do: take more memory than it was given, reach the network, start a program, write a file.

Several fences stand behind each other, because none is there on every system: limits of the system (not on Windows),
a filter of system calls (Linux, see `filter`), a network of its own with nothing in it (Linux, where user namespaces
are allowed), an audit hook of Python (which code outside Python does not heed), and no file handle left to make a
socket of (where the work opens no files). Which of them stand is told, see `FENCES`.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import sys
import time
from dataclasses import dataclass
from typing import Any

from hyte_graph.isolation.filter import refuse_calls

try:
    import resource
except ImportError:  # Windows has none
    resource = None  # type: ignore[assignment]

_PARENT_DEATH, _KILL = 1, 9  # PR_SET_PDEATHSIG and SIGKILL of Linux
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # CLONE_NEWUSER and CLONE_NEWNET of Linux
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = frozenset(
    {
        "os.chmod",
        "os.chown",
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.kill",
        "os.link",
        "os.mkdir",
        "os.posix_spawn",
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.spawn",
        "os.startfile",
        "os.symlink",
        "os.system",
        "os.truncate",
        "pty.spawn",
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.sendmsg",
        "socket.sendto",
        "sqlite3.connect",
        "subprocess.Popen",
        "webbrowser.open",
    }
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a child may take."""

    memory: int = 2 * 2**30  # bytes of address space
    opens_files: bool = True  # whether the work itself, once the child has loaded, may open files for reading


FENCES = ("memory", "time", "orphans", "network", "filter", "files")
"""The fences that may be missing on a system: each has a sentence `fence-…` that tells what is weaker without it."""


def before_loading(limits: Limits) -> frozenset[str]:
    """Limit memory and cut the network off, for what is loaded afterwards too; return which fences stand."""
    _limit("RLIMIT_CORE", 0)
    standing = {"memory": _limit("RLIMIT_AS", limits.memory), "time": hasattr(resource, "RLIMIT_CPU")}
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # a system that does not allow it keeps the other fences
            system = ctypes.CDLL(None)
            standing["orphans"] = system.prctl(_PARENT_DEATH, _KILL, 0, 0, 0) == 0
            standing["network"] = system.unshare(_NEW_USER | _NEW_NETWORK) == 0
            standing["filter"] = refuse_calls()
    return frozenset(name for name, stands in standing.items() if stands)


def before_work(limits: Limits) -> frozenset[str]:
    """Forbid what loading may need and the work may not; return which fences stand."""
    is_limited = _limit("RLIMIT_FSIZE", 0)
    if not limits.opens_files:
        _limit("RLIMIT_NOFILE", _first_free_handle())
    sys.addaudithook(_watch)
    return frozenset({"files"} if is_limited else ())


def before_call(seconds: float) -> None:
    """Bound the time on the processor, for the case that the parent dies and nobody watches the clock."""
    _limit("RLIMIT_CPU", math.ceil(time.process_time() + 2 * seconds + 5))


def _limit(name: str, wanted: int) -> bool:
    """Set a limit of the system; return whether it stands."""
    if resource is None or not hasattr(resource, name):
        return False
    kind = getattr(resource, name)
    hard = resource.getrlimit(kind)[1]
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(kind, (soft, hard))
    return bool(resource.getrlimit(kind)[0] == soft)


def _first_free_handle() -> int:
    handle = os.dup(0)
    os.close(handle)
    return handle


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _FORBIDDEN or (event == "open" and _is_writing(*arguments[1:3])):
        raise PermissionError(f"{event} is not allowed here")


def _is_writing(mode: str | None, flags: int) -> bool:
    return any(sign in mode for sign in "wax+") if mode else bool(flags & _WRITING)
