"""The store of the shipped data beside the snapshots: a short process opens it and need not read a hundred files."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

import pyoxigraph

from hyte_graph.settings import cache_folder
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.published import publish
from hyte_graph.store.snapshot import is_usable

_KEPT: Final = 2  # stores: of this version of the data and of the one before


def store_beside(knowledge: Knowledge) -> Path | None:
    """Return the folder of a store with the data of a knowledge, built where there is none.

    None where nothing is kept: then the data are read anew, which is slower and nothing else (decision 25).
    """
    folder = cache_folder()
    if folder is None:
        return None
    home = Path(folder) / "stores"
    with suppress(OSError):  # a full or read-only disk costs time, and nothing else
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if is_usable(str(home)) and is_usable(folder):
            kept = publish(Dataset(knowledge), f"{knowledge.digest}-{pyoxigraph.__version__}", home)
            _tidy(home, kept)
            return kept
    return None


def _tidy(home: Path, kept: Path) -> None:
    """Remove all stores but the one that is used and the newest others."""
    others = sorted((path for path in home.glob("graph-*") if path != kept), key=lambda path: path.stat().st_mtime)
    for path in others[: max(0, len(others) + 1 - _KEPT)]:
        shutil.rmtree(path, ignore_errors=True)
