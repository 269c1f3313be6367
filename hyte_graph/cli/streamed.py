"""Reports that are written while the checks go on, so that a country takes no more memory than a county."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from hyte_graph.cli.jobs import Checked
from hyte_graph.cli.tally import Tally
from hyte_graph.errors import FilingError, HyteError, UsageError
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.reports import opening, refused_piece


def write_streamed(
    results: Iterable[Checked], form: str, output: str | None, language: str, level: frozenset[str]
) -> int:
    """Write each piece as soon as it is there, and return the exit code.

    Raises:
        UsageError: the file cannot be written.
    """
    tally = Tally(language, level)
    with _target(output) as target:
        target.write(opening(form))
        for result in results:
            tally.begin(result)
            target.write(piece_of(result, form))
            tally.end(result)
            target.flush()
    return tally.code


def piece_of(result: Checked, form: str) -> str:
    """Return what the report says of one file."""
    return refused_piece(form, shown(result.name), told(result.error)) if result.error else result.piece


@contextmanager
def _target(output: str | None) -> Iterator[TextIO]:
    if output is None or output == "-":
        yield sys.stdout
        return
    try:
        with Path(output).open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise UsageError(say("report-not-written", name=Path(output).name)) from error


def told(error: HyteError) -> tuple[Text, ...]:
    """Return the sentences of an error."""
    return error.messages if isinstance(error, FilingError) else (error.message,)


def shown(name: str) -> str:
    """Return what a file is called in reports: its name without its folders."""
    return "stdin.yaml" if name == "-" else Path(name).name
