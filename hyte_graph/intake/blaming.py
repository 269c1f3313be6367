"""Whatever a parser written by others raises while it reads a file is a fault of the file, but for what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hyte_graph.errors import FilingError, HyteError
from hyte_graph.languages import Text

_NOT_THE_FILE = (HyteError, KeyboardInterrupt, SystemExit, GeneratorExit)


@contextmanager
def blaming_the_file(fault: Callable[[BaseException], Text], *but: type[BaseException]) -> Iterator[None]:
    """Turn what is raised within, a panic of a parser too, into an error that says what is wrong with the file.

    Args:
        fault: what is wrong, by what was raised.
        but: what else this parser raises that is no fault of the file. Oxigraph raises MemoryError for a token that is
            longer than it takes; for others it is a lack of memory.

    Raises:
        FilingError: with what `fault` says.
    """
    passed: tuple[type[BaseException], ...] = (*_NOT_THE_FILE, *but)
    try:
        yield
    except passed:
        raise
    except BaseException as error:
        raise FilingError(fault(error)) from error
