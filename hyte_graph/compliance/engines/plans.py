"""Plans kept in a folder by the content of the shapes and by the code that compiled them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from hyte_graph.compliance.engines.compiled.plan import Plan
from hyte_graph.store.snapshot import frozen, is_usable, restored

_ENDING = ".plan"
_DIGEST = 32  # bytes
_CODE = Path(__file__).parent / "compiled"


def kept_plan(paths: Sequence[Path], folder: Path, make: Callable[[], Plan]) -> Plan:
    """Return the plan of shapes in files, out of the folder where it is there already; else it is made and kept.

    A plan is read only from a folder of the user's own, into which nobody else may write (decision 25). Where none can
    be kept, the work goes on without.

    Raises:
        OSError: a file cannot be read.
    """
    place = folder / f"{_name(paths)}{_ENDING}"
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not is_usable(str(folder)):
        return make()
    with suppress(Exception):  # there is none, or it is broken
        content = place.read_bytes()
        if sha256(content[_DIGEST:]).digest() == content[:_DIGEST]:
            return restored(memoryview(content)[_DIGEST:])  # type: ignore[no-any-return]
    plan = make()
    with suppress(OSError):
        _keep(frozen(plan), place)
    return plan


def _name(paths: Sequence[Path]) -> str:
    """Return what names the shapes, the code that reads them as it lies there, and Python."""
    found = sha256(f"{sys.implementation.cache_tag} {sys.version_info[:3]}".encode())
    for path in paths:
        found.update(path.suffix.encode() + sha256(path.read_bytes()).digest())
    for home, _, files in os.walk(_CODE):
        for file in sorted(name for name in files if name.endswith(".py")):
            told = os.stat(os.path.join(home, file))  # noqa: PTH116, PTH118 (twice as fast, at each start)
            found.update(f"{file} {told.st_size} {told.st_mtime_ns}".encode())
    return found.hexdigest()[:40]


def _keep(content: bytes, place: Path) -> None:
    """Write a plan beside its place and then move it there, so that nobody sees half of one."""
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile(dir=place.parent, delete=False) as file:
        beside = Path(file.name)
    try:
        beside.write_bytes(sha256(content).digest() + content)
        beside.replace(place)
    except BaseException:
        beside.unlink()
        raise
