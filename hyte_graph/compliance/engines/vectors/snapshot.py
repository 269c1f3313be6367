"""Tables kept in a folder by the content of the files that they were read from."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import pyoxigraph
from numpy.typing import NDArray

from hyte_graph.compliance.engines.vectors.reading import read_table
from hyte_graph.compliance.engines.vectors.table import Kinds, Table
from hyte_graph.compliance.engines.vectors.terms import Found, Stored, Terms, sums_of

_FORM = f"hyte-columns-1 pyoxigraph-{pyoxigraph.__version__}"  # a snapshot of another form has another name


def kept_table(paths: Sequence[Path], folder: Path) -> Table:
    """Return the table of files, out of the folder where it is there already; else it is read and kept.

    Raises:
        SyntaxError: a file is not sound RDF.
        OSError: a file cannot be read, or the folder not be written.
    """
    place = folder / digest(paths)
    if not place.is_dir():
        table = read_table(paths)
        _keep(table, place)
        return table
    return _kept(place)


def digest(paths: Sequence[Path]) -> str:
    """Return what names the content of files, with their formats and the form of a snapshot."""
    found = hashlib.blake2b(_FORM.encode(), digest_size=20)
    for path in paths:
        with path.open("rb") as file:
            found.update(path.suffix.encode() + hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()


def _keep(table: Table, place: Path) -> None:
    """Write a snapshot beside its place and then move it there, so that nobody sees half of one."""
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=place.parent))
    known = table.kinds
    size = len(known.letters)
    terms = [table.terms[at] for at in range(size)]
    sums, places = sums_of(terms, size)
    with (beside / "terms.txt").open("w", encoding="utf-8", newline="") as file:
        file.writelines(terms)
    names = list(table.columns)
    arrays: dict[str, NDArray[Any]] = {
        "ends": np.fromiter(accumulate(map(len, terms), initial=0), np.int64, size + 1),
        "sums": sums,
        "places": places,
        "letters": known.letters,
        "suffixes": known.suffixes,
        "predicates": np.array(names, np.int32),
        "sizes": np.array([len(table.columns[name][0]) for name in names], np.int64),
        "subjects": np.concatenate([table.columns[name][0] for name in names] or [places[:0]]),
        "things": np.concatenate([table.columns[name][1] for name in names] or [places[:0]]),
    }
    for name, array in arrays.items():
        np.save(beside / f"{name}.npy", array)
    (beside / "names.json").write_text(json.dumps(known.names), encoding="utf-8")
    try:
        os.rename(beside, place)  # noqa: PTH104 - the folder may be there by now, from another process
    except OSError:
        for file_ in beside.iterdir():
            file_.unlink()
        beside.rmdir()


def _kept(place: Path) -> Table:
    def array(name: str) -> NDArray[Any]:
        found: NDArray[Any] = np.load(place / f"{name}.npy", mmap_mode="r")
        return found

    with (place / "terms.txt").open(encoding="utf-8", newline="") as file:
        stored = Stored(file.read(), array("ends"))
    terms = Terms(stored, Found(stored, array("sums"), array("places")))
    subjects, things = np.asarray(array("subjects")), np.asarray(array("things"))
    bounds = np.concatenate([[0], np.cumsum(array("sizes"))]).tolist()
    columns = {
        name: (subjects[start:end], things[start:end])
        for name, start, end in zip(array("predicates").tolist(), bounds, bounds[1:], strict=False)
    }
    names = tuple(json.loads((place / "names.json").read_text(encoding="utf-8")))
    return Table(terms, columns, Kinds(np.asarray(array("letters")), np.asarray(array("suffixes")), names))
