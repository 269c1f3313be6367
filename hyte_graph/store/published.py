"""The data as a store on disk that many processes can read at once: built once for each content, never changed."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Store

from hyte_graph.store.dataset import Dataset
from hyte_graph.store.files import write_whole
from hyte_graph.store.knowledge import Knowledge

_SEAL, _NOTES = "hyte-sha256.json", ("LOG", "LOCK")
_LAYOUT = "2"  # changes when stores of this project are built in another way


class ReadOnly(Dataset):
    """The data of a store on disk."""

    def __init__(self, folder: Path | str) -> None:
        """Open a folder that `publish` made."""
        self.store = Store.read_only(str(folder))


def publish(dataset: Dataset, key: str, folder: Path) -> Path:
    """Return the folder of a store with the data; it is built beside its place and then moved there.

    One that is there already is taken if every file in it is as it was built, and otherwise built anew.

    Args:
        dataset: the data.
        key: what tells these data from others.
        folder: where stores are kept.
    """
    home = folder / f"graph-{key}"
    if home.is_dir() and _is_whole(home):
        return home
    return rebuild(dataset, key, folder)


def rebuild(dataset: Dataset, key: str, folder: Path) -> Path:
    """Return the folder of a store that was built now; arguments as of `publish`."""
    home = folder / f"graph-{key}"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    building = Path(tempfile.mkdtemp(prefix="building-", dir=folder))
    _build(dataset.store, building)
    write_whole(building / _SEAL, json.dumps(_digests(building)).encode())
    for place, target in ((home, Path(f"{building}.old")), (building, home)):
        with suppress(OSError):  # there is none, or another process was quicker
            place.rename(target)
    for rest in (building, Path(f"{building}.old")):
        shutil.rmtree(rest, ignore_errors=True)
    return home


def _is_whole(home: Path) -> bool:
    try:
        return bool(json.loads((home / _SEAL).read_bytes()) == _digests(home))
    except (OSError, ValueError):
        return False


def _digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file; the notes that the library writes for people are none of the data."""
    files = (path for path in folder.iterdir() if path.name != _SEAL and not path.name.startswith(_NOTES))
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(files)}


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
