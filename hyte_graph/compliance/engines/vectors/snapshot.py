"""Tables kept in a folder by the content of the files that they were read from.

A snapshot is one file: the text of the terms, the arrays, and at its end what stands where. It is mapped into memory,
so that only what is asked for is read. One that is broken is made again.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyoxigraph
from numpy.typing import NDArray

from hyte_graph.compliance.engines.vectors.kinds import Kinds
from hyte_graph.compliance.engines.vectors.merging import merged
from hyte_graph.compliance.engines.vectors.table import NOBODY, Table
from hyte_graph.compliance.engines.vectors.terms import Terms
from hyte_graph.compliance.engines.vectors.words import Words

_FORM = f"hyte-columns-3 pyoxigraph-{pyoxigraph.__version__}"  # a snapshot of another form has another name
_ENDING = ".columns"
_ALIGNED, _TAIL = 64, 8  # bytes


def read_table(paths: Sequence[Path], *, apart: bool | None = None) -> Table:
    """Return the table of files, see `reading`, which is imported only where something must be read."""
    from hyte_graph.compliance.engines.vectors import reading

    return reading.read_table(paths, apart=apart)


def kept_table(paths: Sequence[Path], folder: Path) -> Table:
    """Return the table of files, out of the folder where it is there already; else it is read and kept if it can be.

    Of several files each is kept by itself too, so that only those that have changed are read again.

    Raises:
        SyntaxError: a file is not sound RDF.
        OSError: a file cannot be read.
    """
    every = [_digest(path) for path in paths]
    if len(set(every)) < len(every):  # the blank nodes of a file that is given twice are not the same
        return read_table(paths)
    if len(paths) == 1:
        return _found_or(lambda: read_table(paths), folder / f"{every[0]}{_ENDING}")
    together = blake2b(" ".join(every).encode(), digest_size=20).hexdigest()
    alone = (_alone(path, folder / f"{name}.apart{_ENDING}") for path, name in zip(paths, every, strict=True))
    return _found_or(lambda: merged(list(alone)), folder / f"{together}{_ENDING}")


def _alone(path: Path, place: Path) -> Table:
    return _found_or(lambda: read_table([path], apart=True), place)


def _found_or(make: Callable[[], Table], place: Path) -> Table:
    with suppress(OSError, ValueError, KeyError, TypeError):  # there is none, or it is broken
        return _kept(place)
    table = make()
    with suppress(OSError):  # a full or read-only disk costs time, and nothing else
        _keep(table, place)
    return table


def _digest(path: Path) -> str:
    """Return what names the content of a file, with its format and the form of a snapshot."""
    found = blake2b(f"{_FORM} {path.suffix} ".encode(), digest_size=20)
    with path.open("rb") as file:
        found.update(file_digest(file, "sha256").digest())
    return found.hexdigest()


def _keep(table: Table, place: Path) -> None:
    """Write a snapshot beside its place and then move it there, so that nobody sees half of one."""
    from tempfile import NamedTemporaryFile

    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, delete=False) as file:
        beside = Path(file.name)
    try:
        with beside.open("wb") as file_:
            _write(table, file_)
        beside.replace(place)
    except BaseException:
        beside.unlink()
        raise


def _write(table: Table, file: BinaryIO) -> None:
    words, kinds, (sums, places) = table.terms.words, table.kinds, table.terms.known
    names = list(table.columns)
    arrays: dict[str, NDArray[Any]] = {
        "starts": words.starts,
        "ends": words.ends,
        "sums": sums,
        "places": places,
        "letters": kinds.letters,
        "suffixes": kinds.suffixes,
        "subjects": np.concatenate([NOBODY, *(table.columns[name][0] for name in names)]),
        "things": np.concatenate([NOBODY, *(table.columns[name][1] for name in names)]),
    }
    file.write(words.text)
    told: dict[str, tuple[int, int, str]] = {}
    for name, array in arrays.items():
        file.write(bytes(-file.tell() % _ALIGNED))
        told[name] = file.tell(), len(array), array.dtype.str
        file.write(array.data)
    sizes = [len(table.columns[name][0]) for name in names]
    tail = json.dumps({"arrays": told, "predicates": names, "sizes": sizes, "suffixes": kinds.names}).encode()
    file.write(tail + len(tail).to_bytes(_TAIL, "little"))


def _kept(place: Path) -> Table:
    """Return the table of a snapshot.

    Raises:
        OSError: there is none.
        ValueError: it is broken.
    """
    with place.open("rb") as file:
        whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    tail = int.from_bytes(whole[-_TAIL:], "little")
    told = json.loads(whole[-tail - _TAIL : -_TAIL])
    array = {name: np.frombuffer(whole, dtype, size, start) for name, (start, size, dtype) in told["arrays"].items()}
    terms = Terms(Words(whole, array["starts"], array["ends"]), (array["sums"], array["places"]))
    columns = _columns(told["predicates"], told["sizes"], array["subjects"], array["things"])
    return Table(terms, columns, Kinds(array["letters"], array["suffixes"], tuple(told["suffixes"])))


def _columns(
    names: Iterable[int], sizes: Sequence[int], subjects: NDArray[np.int32], things: NDArray[np.int32]
) -> dict[int, tuple[NDArray[np.int32], NDArray[np.int32]]]:
    bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(int).tolist()
    return {
        name: (subjects[start:end], things[start:end])
        for name, start, end in zip(names, bounds, bounds[1:], strict=False)
    }
