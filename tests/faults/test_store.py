"""What a disk, another program or a clock can do to saved assessments, and what is said of it (rows G2 to G13)."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hyte_graph.cli.main import main
from hyte_graph.errors import FilingError, HyteError, UsageError
from hyte_graph.isolation import Message, Pool
from hyte_graph.store.archive import FILE, Archive
from hyte_graph.store.linking import VERSION
from hyte_graph.store.published import ReadOnly, publish
from tests.conftest import HARD, ROOT, lacks
from tests.threats.test_b_a import Chained

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
threat = pytest.mark.threat
posix = pytest.mark.skipif(os.name == "nt", reason="limits and signals as POSIX has them")


def result(number: int) -> dict[str, Any]:
    return {"organisation": {"id": "raahe"}, "on": "2025-12-31", "number": number, "text": "ä" * 200}


def saved(folder: Path, count: int = 3) -> Archive:
    archive = Archive(folder)
    for number in range(count):
        archive.save(result(number), f"content {number}".encode(), NOW)
    return archive


def code_of(archive: Archive) -> str:
    with pytest.raises(FilingError) as caught:
        archive.save(result(9), b"more", NOW)
    assert all(caught.value.message.within(language) for language in ("fi", "sv", "en"))
    return caught.value.message.code


FILL = """
import resource, sys
from pathlib import Path
from tests.faults.test_store import *
archive, kept, told = Archive(Path(sys.argv[1])), [], ""
if sys.argv[2] != "0":
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    for number in range(100_000):
        kept.append(archive.save(result(number), bytes([number % 256]) * 40_000, NOW))
except HyteError as error:
    told = error.message.code
found = archive.soundness()
print(len(kept), told or "store-failed", len(found.records), found.broken, len(archive.history("raahe")))
if sys.argv[2] != "0":
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
for path in Path(sys.argv[1]).glob("ballast"):
    path.unlink()
print(archive.save(result(1), b"again", NOW), archive.soundness().broken)
"""


@posix
@threat("G3")
def test_where_no_more_may_be_written_nothing_saved_is_lost_and_reading_goes_on(tmp_path):
    call = [sys.executable, "-c", FILL, str(tmp_path), str(400_000)]
    lines = subprocess.run(call, capture_output=True, text=True, cwd=ROOT, timeout=120, check=True).stdout.splitlines()
    count = int(lines[0].split()[0])
    assert count > 3
    assert lines == [f"{count} store-failed {count} None {count}", f"{count + 1} None"]


@posix
@threat("G3")
def test_on_a_full_disk_nothing_saved_is_lost_and_saving_goes_on_by_itself_once_there_is_room(tmp_path):
    inner = f"mount -t tmpfs -o size=1m none {tmp_path} && head -c 300000 /dev/zero > {tmp_path}/ballast && "
    inner += f'exec "{sys.executable}" -c "$0" {tmp_path} 0'
    call = ["unshare", "--map-root-user", "--mount", "sh", "-c", inner, FILL]
    if shutil.which("unshare") is None:
        lacks("There is no unshare on the path to mount a small file system with.")
    found = subprocess.run(call, capture_output=True, text=True, cwd=ROOT, timeout=120)
    if "unshare" in found.stderr or "mount:" in found.stderr:
        lacks("This system does not let an ordinary user mount a small file system.")
    lines = found.stdout.splitlines()
    count = int(lines[0].split()[0])
    assert count > 3
    assert lines == [f"{count} disk-full {count} None {count}", f"{count + 1} None"]


SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static void keep(int handle) {
    char name[64], path[4096], target[8192], block[65536];
    const char *folder = getenv("KEPT"), *last;
    snprintf(name, sizeof name, "/proc/self/fd/%d", handle);
    ssize_t size = readlink(name, path, sizeof path - 1);
    if (size < 0 || !folder) return;
    path[size] = 0;
    last = strrchr(path, '/');
    int from = open(name, O_RDONLY), to;
    if (from < 0 || !last) return;
    snprintf(target, sizeof target, "%s%s", folder, last);
    to = open(target, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    while (to >= 0 && (size = read(from, block, sizeof block)) > 0) if (write(to, block, size) < 0) break;
    close(from);
    if (to >= 0) close(to);
}
int fsync(int handle) { keep(handle); return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(handle); }
int fdatasync(int handle) { keep(handle); return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(handle); }
"""
POWER = """
import sqlite3, sys
from pathlib import Path
from tests.faults.test_store import *
from hyte_graph.store import archive as module
if sys.argv[2] == "unsynced":
    usual = module._prepare
    def unsynced(base, path):
        usual(base, path)
        base.execute("PRAGMA synchronous = OFF")
    module._prepare = unsynced
print(len([saved(Path(sys.argv[1]), 1) for _ in range(7)]), flush=True)
import os; os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the shim stands before the calls of Linux")
@threat("G2")
@pytest.mark.parametrize("way", ["synced", "unsynced"])
def test_after_a_power_cut_what_had_reached_the_disk_holds_all_that_was_acknowledged(tmp_path, way):
    """Only what was synchronised survives: the shim keeps each file as it was at its last synchronisation."""
    if shutil.which("cc") is None:
        lacks("There is no C compiler on the path to build the shim with.")
    source, shim, kept, folder = (tmp_path / name for name in ("shim.c", "shim.so", "kept", "store"))
    kept.mkdir()
    source.write_text(SHIM)
    subprocess.run(["cc", "-shared", "-fPIC", "-o", shim, source, "-ldl"], check=True, timeout=60)
    call, told = [sys.executable, "-c", POWER, str(folder), way], {"LD_PRELOAD": str(shim), "KEPT": str(kept)}
    ran = subprocess.run(call, capture_output=True, text=True, cwd=ROOT, timeout=120, env=os.environ | told)
    assert ran.stdout.split() == ["7"]
    for made in kept.glob(f".{FILE}.*.new"):
        if not (kept / FILE).exists():
            made.rename(kept / FILE)
    found = Archive(kept).soundness()
    assert found.broken is None
    assert (len(found.records) == 7) == (way == "synced")


@threat("G4")
def test_a_second_writer_is_told_to_wait_and_a_reader_is_not_held_up(tmp_path, monkeypatch):
    monkeypatch.setattr("hyte_graph.store.archive._PATIENCE", 0.2)
    archive = saved(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert code_of(archive) == "store-busy"
        assert len(archive.history("raahe")) == 3
        other.execute("ROLLBACK")
    assert archive.save(result(4), b"more", NOW) == 4


@threat("G7")
def test_every_bit_that_flips_in_what_was_saved_is_found(tmp_path):
    saved(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole, chance = (tmp_path / FILE).read_bytes(), random.Random(3)  # noqa: S311
    places = [at for text in (b"content 1", "ääää".encode(), b"raahe") for at in _places(whole, text)]
    assert len(places) >= 9
    for at in places if HARD else chance.sample(places, 9):
        target = tmp_path / "flipped"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        (target / FILE).write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
        assert _is_found(target), at


def _places(whole: bytes, text: bytes) -> list[int]:
    """Return where a text stands in the rows of the tables, which is not in an index."""
    found, at = [], whole.find(text)
    while at >= 0:
        found.append(at + 2)
        at = whole.find(text, at + 1)
    return found[: 50 if HARD else 6]


def _is_found(folder: Path) -> bool:
    try:
        found = Archive(folder).soundness()
    except HyteError:
        return True
    if found.broken is not None:
        return True
    with closing(sqlite3.connect(folder / FILE)) as base:  # a flip in an index changes no record, only how it is found
        return bool(base.execute("PRAGMA integrity_check").fetchone()[0] != "ok")


@threat("G8", "G9")
def test_a_damaged_foreign_or_lost_file_is_named_and_never_replaced_by_an_empty_store(tmp_path, capsys):
    saved(tmp_path / "a")
    whole = (tmp_path / "a" / FILE).read_bytes()
    for content, code in [(b"", "store-empty"), (b"PK\x03\x04" * 4000, ""), (whole[: len(whole) // 2], None)]:
        (tmp_path / "a" / FILE).write_bytes(content)
        for log in (tmp_path / "a").glob("*-*"):
            log.unlink()
        assert main(["store", "verify", str(tmp_path / "a")]) != 0
        assert code is None or code_of(Archive(tmp_path / "a")) == code
        assert (tmp_path / "a" / FILE).read_bytes() == content
        assert FILE in capsys.readouterr().err
    missing = Archive(tmp_path / "none")
    with pytest.raises(UsageError, match="no saved assessments"):
        missing.soundness()
    assert not (tmp_path / "none").exists()


@threat("G8")
def test_a_log_without_its_file_is_a_lost_file(tmp_path):
    (tmp_path / f"{FILE}-wal").write_bytes(b"x" * 100)
    assert code_of(Archive(tmp_path)) == "store-lost"


@threat("G2", "G5", "G6", "G8")
def test_a_published_index_that_is_not_as_it_was_built_is_built_anew_before_anyone_reads_it(tmp_path):
    home = publish(Chained(300), "key", tmp_path)
    made = home.stat().st_mtime_ns
    assert publish(Chained(300), "key", tmp_path).stat().st_mtime_ns == made
    for spoil in (lambda file: file.write_bytes(file.read_bytes()[:-1]), lambda file: file.unlink()):
        spoil(next(home.glob("*.sst")))
        assert publish(Chained(300), "key", tmp_path) == home
        assert len(ReadOnly(home).store) == 1200
    assert home.stat().st_mtime_ns != made
    assert [path.name for path in tmp_path.iterdir()] == [home.name]


@threat("G2")
def test_the_index_is_built_anew_on_request_but_not_where_there_is_no_folder(tmp_path, capsys):
    assert main(["store", "rebuild", str(tmp_path / "none"), "--lang", "en"]) == 2
    assert "There is no folder none" in capsys.readouterr().err
    assert main(["store", "rebuild", str(tmp_path), "--lang", "en"]) == 0
    assert "was built anew" in capsys.readouterr().out
    assert len(list(tmp_path.glob("graph-*/hyte-sha256.json"))) == 1


@threat("G10")
def test_a_backup_taken_while_others_save_is_whole_and_is_never_laid_over_another(tmp_path):
    archive = saved(tmp_path / "a", 20)
    call = [sys.executable, "-c", FILL, str(tmp_path / "a"), str(3_000_000)]
    with subprocess.Popen(call, stdout=subprocess.DEVNULL, cwd=ROOT) as other:
        time.sleep(0.5)
        archive.copy(tmp_path / "b" / FILE)
        other.kill()
    copied = Archive(tmp_path / "b").soundness()
    assert copied.broken is None
    assert copied.chain is not None
    assert copied.chain.parts_from(archive.soundness().chain) is None  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="there already"):
        archive.copy(tmp_path / "b" / FILE)


@threat("G11")
def test_a_store_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path):
    archive = saved(tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE)) as base:
        base.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(FilingError, match="newer version"):
        archive.save(result(4), b"more", NOW)
    assert (tmp_path / FILE).read_bytes() == before


@posix
@threat("G12")
def test_paths_with_spaces_letters_and_links_work_and_a_folder_that_may_not_be_written_is_one_sentence(tmp_path):
    odd = tmp_path / "kansio ä & 100 % #?"
    saved(odd)
    (tmp_path / "link").symlink_to(odd)
    assert len(saved(tmp_path / "link").history("raahe")) == 6
    (tmp_path / "file").write_text("x")
    with pytest.raises(FilingError):
        Archive(tmp_path / "file" / "below").save(result(1), b"x", NOW)
    if os.geteuid() != 0:
        odd.chmod(0o500)
        (odd / FILE).chmod(0o400)
        assert code_of(Archive(odd)) == "store-unwritable"
        odd.chmod(0o700)


@threat("G13")
def test_a_clock_that_jumps_back_changes_no_order(tmp_path):
    archive = Archive(tmp_path)
    for number, hours in enumerate((0, -48, 3), 1):
        archive.save(result(number), b"x", NOW + timedelta(hours=hours))
    assert [item.number for item in archive.history("raahe")] == [1, 2, 3]
    assert archive.soundness().broken is None


@posix
@threat("G14", "G15")
def test_a_frozen_child_is_replaced_and_one_that_eats_memory_ends_alone() -> None:
    with Pool("tests.isolation.work:doing") as pool:
        child = pool.call(Message({"do": "echo"}), 20).head["pid"]
        os.kill(child, signal.SIGSTOP)
        with pytest.raises(HyteError, match="not done"):
            pool.call(Message({"do": "echo"}), 0.5)
        with pytest.raises(HyteError, match="memory"):
            pool.call(Message({"do": "devour"}), 20)
        assert pool.call(Message({"do": "echo"}, b"x"), 20).body == b"x"
