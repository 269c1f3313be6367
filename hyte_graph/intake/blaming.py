"""Whatever a parser written by others raises while it reads a file is a fault of the file, but for what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hyte_graph.errors import FilingError, HyteError
from hyte_graph.languages import Text

_NOT_THE_FILE = (HyteError, MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit)


@contextmanager
def blaming_the_file(fault: Callable[[BaseException], Text]) -> Iterator[None]:
    """Turn what is raised within, a panic of a parser too, into an error that says what is wrong with the file.

    Raises:
        FilingError: with what `fault` says of what was raised.
    """
    try:
        yield
    except _NOT_THE_FILE:
        raise
    except BaseException as error:
        raise FilingError(fault(error)) from error
