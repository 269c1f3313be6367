"""The data as a store on disk that many processes can read at once: built once for each content, never changed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Store

from hyte_graph.store.dataset import Dataset
from hyte_graph.store.knowledge import Knowledge

_LAYOUT = "1"  # changes when stores of this project are built in another way


class ReadOnly(Dataset):
    """The data of a store on disk."""

    def __init__(self, folder: Path | str) -> None:
        """Open a folder that `publish` made."""
        self.store = Store.read_only(str(folder))


def publish(dataset: Dataset, key: str, folder: Path) -> Path:
    """Return the folder of a store with the data; it is built if there is none yet, beside its place and then moved.

    Args:
        dataset: the data.
        key: what tells these data from others.
        folder: where stores are kept.
    """
    home = folder / f"graph-{key}"
    if home.is_dir():
        return home
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    building = Path(tempfile.mkdtemp(prefix="building-", dir=folder))
    _build(dataset.store, building)
    with suppress(OSError):  # another process was quicker
        building.rename(home)
    shutil.rmtree(building, ignore_errors=True)
    return home


def key_of(knowledge: Knowledge) -> str:
    """Return what tells the data of a knowledge from others: a digest of its files."""
    digest = sha256(_LAYOUT.encode())
    for root in (knowledge.ontology, knowledge.rules):
        for path in _files(root):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]


def _files(root: Path) -> Iterable[Path]:
    return sorted(root.rglob("*.ttl"))


def _build(source: Store, folder: Path) -> None:
    store = Store(str(folder))
    for name in source.named_graphs():
        store.add_graph(name)  # an empty graph too
    store.bulk_extend(source)
    store.optimize()
    store.flush()
