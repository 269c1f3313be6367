"""Files that commands read and write, stdin and stdout, with errors that name them."""

from __future__ import annotations

import sys
from pathlib import Path

from hyte_graph.errors import FilingError, UsageError
from hyte_graph.messages import say
from hyte_graph.store.files import write_whole


def read(name: str) -> bytes:
    """Return the bytes of a file, or of stdin if the name is "-".

    Raises:
        FilingError: there is no such file.
    """
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise FilingError(say("file-not-found", name=name)) from error


def write(content: str | bytes, output: str | None) -> None:
    """Write text or bytes to a file, or to stdout if there is none or it is "-".

    Raises:
        UsageError: the file cannot be written, or a binary form would go to a terminal.
    """
    if output is not None and output != "-":
        save(content.encode() if isinstance(content, str) else content, output)
    elif isinstance(content, str):
        sys.stdout.write(content)
    elif sys.stdout.isatty():
        raise UsageError(say("report-needs-file"))
    else:
        sys.stdout.buffer.write(content)


def save(content: bytes, name: str) -> None:
    """Write a file.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        write_whole(Path(name), content)
    except OSError as error:
        raise UsageError(say("report-not-written", name=Path(name).name)) from error
