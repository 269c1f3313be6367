"""A filter of system calls: after it no thread of the process can make a socket or start a program, in any language.

It is a small program for the kernel of Linux (seccomp), written here for the two machines that are in use; on any other
it is left out, and `fences` tells so.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from dataclasses import dataclass

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # instructions of BPF
_NUMBER_AT, _MACHINE_AT = 0, 4  # offsets in what the kernel hands over
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
_FOREIGN = 0x40000000  # numbers from here on are those of another way to call the same (x32)
_NO_NEW_RIGHTS, _SET_FILTER, _BY_PROGRAM = 38, 22, 2  # PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER
_IO_URING = (425, 426, 427)  # does with sockets and files what the calls below do, past any filter on those


@dataclass(frozen=True, slots=True)
class _Machine:
    mark: int  # AUDIT_ARCH of the kernel
    refused: tuple[int, ...]


# socket, connect, accept, sendto, recvfrom, sendmsg, recvmsg, bind, listen, socketpair, accept4, recvmmsg, sendmmsg;
# execve, execveat; ptrace, process_vm_readv, process_vm_writev; bpf
_MACHINES = {
    "x86_64": _Machine(
        0xC000003E, (41, 42, 43, 44, 45, 46, 47, 49, 50, 53, 288, 299, 307, 59, 322, 101, 310, 311, 321, *_IO_URING)
    ),
    "aarch64": _Machine(
        0xC00000B7,
        (198, 203, 202, 206, 207, 211, 212, 200, 201, 199, 242, 243, 269, 221, 281, 117, 270, 271, 280, *_IO_URING),
    ),
}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def refuse_calls() -> bool:
    """Set the filter for good; return whether it stands."""
    machine = _MACHINES.get(platform.machine()) if sys.platform == "linux" else None
    if machine is None or sys.maxsize < 2**32:
        return False
    code = program(machine.mark, machine.refused)
    prepared = _Program(len(code) // 8, code)
    control = ctypes.CDLL(None, use_errno=True).prctl
    if control(_NO_NEW_RIGHTS, 1, 0, 0, 0) != 0:
        return False
    return bool(control(_SET_FILTER, _BY_PROGRAM, ctypes.byref(prepared), 0, 0) == 0)


def program(mark: int, refused: tuple[int, ...]) -> bytes:
    """Return the instructions: refuse what is called in the manner of another machine, and what is on the list."""
    tests = [(_EQUAL, number) for number in refused]
    steps = [(_LOAD, 0, 0, _MACHINE_AT), (_EQUAL, 0, len(tests) + 3, mark), (_LOAD, 0, 0, _NUMBER_AT)]
    for at, (kind, number) in enumerate([(_AT_LEAST, _FOREIGN), *tests]):
        steps.append((kind, len(tests) - at + 1, 0, number))
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
