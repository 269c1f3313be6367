"""The other process of `ahead`: a script that imports nothing else of this project, so that it starts at once.

It writes the lines into slots of a file in memory that both processes have open, and tells on stdout which slot has how
many bytes. On stdin it is told which slots are free again; it waits for one when all are full.
"""

from __future__ import annotations

import io
import os
import sys
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SLOTS = 16
STRIDE = 1 << 40  # bytes from slot to slot; those that are not written take no room
TOLD = 9  # bytes: a slot, and how many bytes it has; none at the end

_BLOCK = 1 << 16  # bytes


class Part(io.RawIOBase):
    """Some bytes, then those of a file from where it stands, so many at most."""

    def __init__(self, file: BinaryIO, size: int = sys.maxsize, head: bytes = b"") -> None:
        self._file, self._left, self._head = file, size, head

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill a buffer with what comes next, of the head or of the file, and return how many bytes it got."""
        room = memoryview(buffer)
        if self._head:
            found, self._head = self._head[: len(room)], self._head[len(room) :]
        else:
            found = self._file.read(min(len(room), self._left))
            self._left -= len(found)
        room[: len(found)] = found
        return len(found)


def part_of(file: BinaryIO, size: int = sys.maxsize, head: bytes = b"") -> io.BufferedReader:
    """Return some bytes and then those of a file, as a file."""
    return io.BufferedReader(Part(file, size, head), _BLOCK)


def main(packages: str, head: str, extension: str, *numbers: str) -> None:
    """Hand on a file from where it stands."""
    sys.path.append(packages)
    from pyoxigraph import RdfFormat, parse, serialize

    source, shared, at_once = map(int, numbers)
    form = RdfFormat.from_extension(extension)
    free = list(range(SLOTS))
    with os.fdopen(source, "rb") as file:
        quads = parse(part_of(file, head=head.encode()), format=form)
        while text := serialize(islice(quads, at_once), format=RdfFormat.N_TRIPLES):
            slot = free.pop() if free else os.read(0, 1)[0]
            _write(shared, text, slot * STRIDE)
            os.write(1, bytes([slot]) + len(text).to_bytes(TOLD - 1, "big"))
    os.write(1, bytes(TOLD))


def _write(shared: int, text: bytes, start: int) -> None:
    done = 0
    while done < len(text):
        done += os.pwrite(shared, text[done:] if done else text, start + done)


if __name__ == "__main__":
    main(*sys.argv[1:])
