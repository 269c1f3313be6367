"""Where errors become sentences on stderr and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hyte_graph.errors import FilingError, HyteError


@dataclass
class Failure:
    """The exit code of a command."""

    code: int = 0


@contextmanager
def told(language: str) -> Iterator[Failure]:
    """Turn an error into its sentence on stderr and its exit code."""
    failure = Failure()
    try:
        yield failure
        sys.stdout.flush()
    except HyteError as error:
        tell(error, language)
        failure.code = error.exit_code
    except KeyboardInterrupt:
        failure.code = 130
    except BrokenPipeError:  # the reader of our output has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        failure.code = 0


def tell(error: HyteError, language: str) -> None:
    """Print the sentences of an error on stderr."""
    messages = error.messages if isinstance(error, FilingError) else (error.message,)
    for message in messages:
        print(message.within(language), file=sys.stderr)
