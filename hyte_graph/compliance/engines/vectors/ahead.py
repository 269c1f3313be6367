"""One large file of Turtle, read by two processes: the second takes what follows some full stop a third into it.

Whether that full stop ends a statement is not guessed. If what stands before it is a whole document, then a parser that
comes through the file is between two statements there; and before the second part are put the directives that hold at
that place. Where this is not so, or the second process fails, the file is read from its beginning by one process, which
also says what is wrong and where.
"""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pyoxigraph
from pyoxigraph import RdfFormat

from hyte_graph.compliance.engines.vectors import rest

WORTH = 2_000_000
"""Bytes of a file from which on a second process takes less time than it costs."""
AT_ONCE = 16_000
"""Triples on the way at a time."""

_FIRST = 0.35  # of the file; this process also imports numpy and numbers what both have read
_LOOK = 1_000_000  # bytes in which a full stop is looked for
_HEAD = 64_000  # bytes in which all directives must stand
_STOP = re.compile(rb"\.[ \t]*\r?\n(?=\S)")
_DIRECTIVES = re.compile(rb"(?:[ \t]*(?:#[^\n]*|@?(?:prefix|base)\b[^\n]*)?\n)*", re.IGNORECASE)
_FORMATS = (RdfFormat.TURTLE, RdfFormat.N_TRIPLES)


class NotDividedError(Exception):
    """The file cannot be read in two parts."""


class Ahead:
    """A file that another process has begun to read in its second part."""

    def __init__(self, path: Path, at: int, head: bytes, form: RdfFormat) -> None:
        """Start the other process.

        Args:
            path: the file.
            at: where the second part begins, in bytes.
            head: the directives at the beginning of the file.
            form: Turtle or N-Triples.

        Raises:
            OSError: there is no such file, or no process can be started.
        """
        self._head, self._form = head, form
        self._own = path.open("rb")
        self._at = at
        self._shared = os.memfd_create("hyte-lines")
        try:
            with path.open("rb") as file:
                os.lseek(file.fileno(), at, os.SEEK_SET)
                self._process = _started(file, self._shared, head, form)
        except (OSError, ValueError):
            self._close()
            raise
        assert self._process.stdin is not None  # noqa: S101
        assert self._process.stdout is not None  # noqa: S101
        self._free, self._told = self._process.stdin, self._process.stdout

    def close(self) -> None:
        """End the other process; to close again does nothing."""
        if self._own.closed:
            return
        self._process.kill()
        self._free.close()
        self._told.close()
        self._process.wait()
        self._close()

    def _close(self) -> None:
        self._own.close()
        os.close(self._shared)

    def lots(self) -> Iterator[tuple[int, bytes]]:
        """Yield lines of N-Triples, some at a time, each with the part of the file (0 or 1) that they come from.

        Raises:
            NotDividedError: what was yielded is of no use, since the file has no two parts or one could not be read.
        """
        try:
            yield from self._lots()
        except (SyntaxError, ValueError, EOFError, OSError, MemoryError) as error:
            raise NotDividedError from error

    def _lots(self) -> Iterator[tuple[int, bytes]]:
        quads = pyoxigraph.parse(rest.part_of(self._own, self._at), format=self._form)
        is_ended = False
        while text := pyoxigraph.serialize(islice(quads, AT_ONCE), format=RdfFormat.N_TRIPLES):
            yield 0, text
            while not is_ended and self._is_ready():
                other = self._next()
                is_ended = not other
                if other:
                    yield 1, other
        self._check_directives(quads)
        while not is_ended and (other := self._next()):
            yield 1, other

    def _check_directives(self, quads: pyoxigraph.QuadParser) -> None:
        """Look whether the directives of the head, and no others, hold where the first part ends."""
        head = pyoxigraph.parse(self._head, format=self._form)
        if any(head) or (head.prefixes, head.base_iri) != (quads.prefixes, quads.base_iri):
            raise ValueError

    def _is_ready(self) -> bool:
        return bool(select.select([self._told], [], [], 0)[0])

    def _next(self) -> bytes:
        """Return what the other process has read next; nothing at the end."""
        told = self._told.read(rest.TOLD)
        if not told:
            raise EOFError
        slot, size = told[0], int.from_bytes(told[1:], "big")
        text = os.pread(self._shared, size, slot * rest.STRIDE)
        if len(text) < size:
            raise EOFError
        with suppress(BrokenPipeError):  # it has ended, and needs no room for more
            self._free.write(told[:1])
        return text


def begun_reading(paths: Sequence[Path], *, apart: bool) -> Ahead | None:
    """Return a file that another process has begun to read; None where that is not worth it, or cannot be done.

    Args:
        paths: the files; only one alone is divided.
        apart: whether blank nodes get other labels, which two processes would choose differently.
    """
    if len(paths) != 1 or apart or not _has_help():
        return None
    form = RdfFormat.from_extension(paths[0].suffix[1:])
    try:
        size = paths[0].stat().st_size
        return _begun(paths[0], size, form) if form in _FORMATS and size >= WORTH else None
    except (OSError, ValueError):  # no such file, no process, or directives that are no UTF-8
        return None


def _begun(path: Path, size: int, form: RdfFormat) -> Ahead | None:
    first = int(size * _FIRST)
    with path.open("rb") as file:
        head = _DIRECTIVES.match(file.read(_HEAD))
        file.seek(first)
        stop = _STOP.search(file.read(_LOOK))
    if not head or not stop or first + stop.end() <= head.end():
        return None
    return Ahead(path, first + stop.end(), head.group(), form)


def _has_help() -> bool:
    return hasattr(os, "memfd_create") and len(os.sched_getaffinity(0)) > 1


def _started(file: BinaryIO, shared: int, head: bytes, form: RdfFormat) -> subprocess.Popen[bytes]:
    """Start the script of the other process, with no more than it needs of Python and its packages."""
    packages = str(Path(pyoxigraph.__file__).parents[1])
    numbers = (file.fileno(), shared, AT_ONCE)
    words = [packages, head.decode(), form.file_extension, *map(str, numbers)]
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-S", rest.__file__, *words],
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        pass_fds=(file.fileno(), shared),
    )
