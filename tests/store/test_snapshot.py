from __future__ import annotations

import os
import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from hyte_graph.languages import Text
from hyte_graph.settings import cache_folder
from hyte_graph.store import snapshot
from hyte_graph.store.knowledge import Knowledge

_VALUE = {"a": (Text("yksi", "ett", "one"), date(2025, 1, 1)), "b": frozenset({"x"})}


class Maker:
    """Counts how often a value had to be made."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> object:
        self.count += 1
        return _VALUE


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("HYTE_CACHE", str(folder))
    return folder


@pytest.fixture
def maker() -> Maker:
    return Maker()


def _only_file(folder: Path) -> Path:
    [path] = folder.iterdir()
    return path


def test_a_value_is_made_once_and_then_read(cache, maker):
    assert [snapshot.kept("part", "content", maker) for _ in range(3)] == [_VALUE] * 3
    assert maker.count == 1


def test_other_content_and_another_part_are_made_anew(cache, maker):
    for part, content in (("part", "content"), ("part", "other"), ("other", "content")):
        snapshot.kept(part, content, maker)
    assert maker.count == 3


def test_other_code_makes_a_value_anew(cache, maker, monkeypatch):
    snapshot.kept("part", "content", maker)
    monkeypatch.setattr(snapshot, "_code", lambda: "another program")
    snapshot.kept("part", "content", maker)
    assert maker.count == 2


def test_folder_and_file_are_private(cache, maker):
    snapshot.kept("part", "content", maker)
    assert cache.stat().st_mode & 0o777 == 0o700
    assert _only_file(cache).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "broken", [b"", b"short", b"\0" * 100, pytest.param(None, id="a byte turned"), pytest.param(-1, id="cut off")]
)
def test_a_broken_snapshot_is_silently_rebuilt(cache, maker, broken, capfd):
    snapshot.kept("part", "content", maker)
    path = _only_file(cache)
    whole = path.read_bytes()
    if broken is None:
        broken = whole[:-1] + bytes([whole[-1] ^ 1])
    path.write_bytes(whole[:-1] if broken == -1 else broken)
    assert snapshot.kept("part", "content", maker) == _VALUE
    assert maker.count == 2
    assert path.read_bytes() == whole
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no owners and modes here")
@pytest.mark.parametrize("mode", [0o602, 0o620])
def test_a_snapshot_that_others_may_write_is_not_trusted(cache, maker, mode):
    snapshot.kept("part", "content", maker)
    _only_file(cache).chmod(mode)
    snapshot.kept("part", "content", maker)
    assert maker.count == 2


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no owners and modes here")
def test_a_folder_that_others_may_write_is_neither_read_nor_written(cache, maker):
    snapshot.kept("part", "content", maker)
    cache.chmod(0o777)
    before = _only_file(cache).stat().st_mtime_ns
    snapshot.kept("part", "content", maker)
    assert maker.count == 2
    assert _only_file(cache).stat().st_mtime_ns == before


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no owners and modes here")
def test_a_snapshot_of_another_user_is_not_trusted(cache, maker, monkeypatch):
    snapshot.kept("part", "content", maker)
    owner = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    snapshot.kept("part", "content", maker)
    assert maker.count == 2


def test_a_link_in_the_place_of_a_snapshot_is_not_followed(cache, maker, tmp_path):
    snapshot.kept("part", "content", maker)
    path = _only_file(cache)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    snapshot.kept("part", "content", maker)
    assert maker.count == 2


def test_a_snapshot_can_hold_values_of_the_project_only(cache, maker):
    class Evil:
        def __reduce__(self):
            return os.system, ("true",)

    snapshot.kept("part", "content", maker)
    content = snapshot.frozen([Evil()])
    _only_file(cache).write_bytes(snapshot.sha256(content).digest() + content)
    assert snapshot.kept("part", "content", maker) == _VALUE
    assert maker.count == 2


@pytest.mark.parametrize("name", ["os.system", "os", "cache_folder", "Path"])
def test_a_module_of_the_project_is_no_way_to_what_it_imports_or_does(name):
    written = pickle.dumps(0, 4)[:2] + f"\x8c\x19hyte_graph.store.snapshot\x8c{chr(len(name))}{name}\x93.".encode()
    with pytest.raises(pickle.UnpicklingError):
        snapshot.restored(written)


def test_without_a_place_to_write_the_work_goes_on(tmp_path, monkeypatch, maker):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("HYTE_CACHE", str(tmp_path / "file" / "cache"))
    assert snapshot.kept("part", "content", maker) == _VALUE


def test_a_full_disk_leaves_nothing_behind(cache, maker, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert snapshot.kept("part", "content", maker) == _VALUE
    assert list(cache.iterdir()) == []


def test_only_the_newest_snapshots_of_a_part_are_kept(cache, maker):
    for number in range(7):
        snapshot.kept("part", str(number), maker)
    assert len(list(cache.iterdir())) == 4


def test_the_cache_can_be_set_moved_and_turned_off(monkeypatch):
    monkeypatch.setenv("HYTE_CACHE", "off")
    assert cache_folder() is None
    monkeypatch.setenv("HYTE_CACHE", "/somewhere")
    assert cache_folder() == "/somewhere"
    monkeypatch.delenv("HYTE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/caches")
    assert cache_folder() == "/caches/hyte-graph"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "/elsewhere/x")
    assert cache_folder() == "/elsewhere/x/.cache/hyte-graph"


def test_knowledge_from_a_snapshot_is_the_same_and_parses_nothing(cache, monkeypatch):
    first = Knowledge.shipped()
    made = first.norms, first.actors, first.terms, first.outline
    monkeypatch.setattr("hyte_graph.store.knowledge.parse_file", lambda path: pytest.fail(f"{path} was parsed"))
    second = Knowledge.shipped()
    assert (second.norms, second.actors, second.terms, second.outline) == made


def test_a_snapshot_is_read_without_rdf_libraries(cache, maker):
    code = (
        "import sys; from hyte_graph.store import snapshot;"
        "snapshot.kept('part', 'content', dict);"
        "sys.exit(bool({'rdflib', 'pyshacl', 'pyoxigraph'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
