"""Where a command writes its report: to a file, or to stdout."""

from __future__ import annotations

import sys
from pathlib import Path

from hyte_graph.errors import UsageError
from hyte_graph.messages import say


def write(content: str | bytes, output: str | None) -> None:
    """Write a report to a file, or to stdout if there is none or it is "-".

    Raises:
        UsageError: the file cannot be written, or a binary form would go to a terminal.
    """
    if output is not None and output != "-":
        _save(content.encode() if isinstance(content, str) else content, Path(output))
    elif isinstance(content, str):
        sys.stdout.write(content)
    elif sys.stdout.isatty():
        raise UsageError(say("report-needs-file"))
    else:
        sys.stdout.buffer.write(content)


def _save(content: bytes, path: Path) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UsageError(say("report-not-written", name=path.name)) from error
