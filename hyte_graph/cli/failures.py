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
    except BrokenPipeError:  # the reader of our output has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        failure.code = 0
    except Exception as error:  # a defect must not look like a verdict
        import logging

        from hyte_graph.messages import say

        logging.getLogger(__name__).debug("defect", exc_info=True)
        print(say("defect", detail=f"{type(error).__name__}: {error}").within(language), file=sys.stderr)
        failure.code = 70
    except KeyboardInterrupt:
        failure.code = 130


def tell(error: HyteError, language: str) -> None:
    """Print the sentences of an error on stderr, each with its code where it has one."""
    messages = error.messages if isinstance(error, FilingError) else (error.message,)
    for message in messages:
        code = f" [{message.code}]" if message.code else ""
        print(message.within(language) + code, file=sys.stderr)
