"""Two processes read what one reads, wherever they divide a file and whatever happens to either."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from random import Random

import pytest

from hyte_graph.compliance.engines.files import Validation
from hyte_graph.compliance.engines.vectors import ahead, reading, rest
from hyte_graph.compliance.engines.vectors.ahead import begun_reading
from hyte_graph.compliance.engines.vectors.reading import read_table
from hyte_graph.compliance.engines.vectors.table import Table

pytestmark = pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="files in memory as Linux has them")

HEAD = "# data\nPREFIX u: <urn:x:>\n@prefix v: <urn:y:> .\n\n"
PLAIN = HEAD + "".join(f'u:a{at} u:p v:b , "text {at}"@fi , {at} .\n' for at in range(400))
TOLD = {
    "plain.ttl": PLAIN,
    "windows.ttl": PLAIN.replace("\n", "\r\n"),
    "labels.ttl": HEAD + "".join(f"_:n{at % 7} u:p _:n{at % 5} ; u:q {at} .\n" for at in range(300)),
    "lines.nt": "".join(f'<urn:a{at}> <urn:p> "t.\\n{at}" .\n' for at in range(300)),
    "base.ttl": "BASE <http://a.example/>\n" + "".join(f"<s{at}> <p> <#o> .\n" for at in range(300)),
}
"""Texts that two processes can read, each of more lots than there are slots."""
UNSURE = {
    "long-text.ttl": HEAD + 'u:a u:p """' + "A sentence.\nu:b u:p u:c .\n" * 200 + '""" .\n' + "u:d u:p u:e .\n" * 3,
    "remark-within.ttl": HEAD + "u:a u:p u:b , # and this .\nu:c , # .\nu:d .\n" * 100,
    "other-prefix.ttl": HEAD + "u:a u:p u:b .\n" * 60 + "PREFIX u: <urn:z:>\n" + "u:a u:p u:c .\n" * 60,
    "other-base.ttl": "BASE <http://a.example/>\n<s> <p> <o> .\n" * 100,
    "new-prefix.ttl": HEAD + "u:a u:p u:b .\n" * 20 + "PREFIX w: <urn:z:>\n" + "w:a u:p u:c .\n" * 300,
    "triple-in-the-head.ttl": "PREFIX u: <urn:x:> u:s u:p [] .\n" + "".join(f"u:a{at} u:p [] .\n" for at in range(99)),
    "mark-before-all.ttl": "\ufeff" + PLAIN,
    "no-lines.ttl": HEAD + "u:a u:p u:b . " * 300,
    "fault-early.ttl": HEAD + "u:a u:p .\n" + PLAIN.removeprefix(HEAD),
    "fault-late.ttl": PLAIN + "u:a u:p .\n",
    "no-letters.ttl": PLAIN + 'u:a u:p "\udcff" .\n',
}
"""Texts that can be divided in no place, or in some places only, and texts that are no Turtle."""


SAFE = (
    "u:a u:p u:b , 1.5 , 1.\n",
    "_:n u:p [ u:q ( 1 [] ) ] .\n",
    "u:c v:p 'x'@fi , \"y\" .\r\n",
    "# a remark .\n",
    "<urn:a.> u:p u:b.c .\n",
    "\n",
)
SLY = (
    'u:a u:p """\nIt ends .\nu:b u:p u:c .\n""" .\n',
    "u:a u:p u:b , # not yet .\n u:c ;\n# here .\nu:q u:d .\n",
    "u:a u:p '''\n.\n# ''' .\n",
    "PREFIX u: <urn:z:>\n",
    "@prefix w: <urn:w:> .\n",
    "BASE <http://a.example/>\n",
    "u:a u:p [\nu:q 1 ;\n] .\n",
)
"""Statements on lines of their own, and those that look as if they ended within."""


def by_one(*_: object, **__: object) -> None:
    """Take the place of what lets two processes read."""


def shape_of(table: Table) -> list[tuple[str, ...]]:
    """Return the triples, without the labels of blank nodes that have random ones."""
    every = table.triples(table.columns)
    return sorted(tuple("_" if len(term) > 20 and term[0] == "_" else term for term in triple) for triple in every)


def found(path: Path) -> list[tuple[str, ...]] | str:
    try:
        return shape_of(read_table([path]))
    except (SyntaxError, ValueError) as error:
        return str(error)


@pytest.fixture
def used(monkeypatch) -> list[int]:
    """Divide small files too, and return where from the lots come that are read in two parts."""
    parts = list[int]()
    monkeypatch.setattr(ahead, "WORTH", 0)
    monkeypatch.setattr(ahead, "AT_ONCE", 3)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})  # whatever this machine has
    lots = ahead.Ahead.lots

    def noted(begun: ahead.Ahead):
        for part, text in lots(begun):
            parts.append(part)
            yield part, text

    monkeypatch.setattr(ahead.Ahead, "lots", noted)
    return parts


def written(tmp_path: Path, name: str) -> Path:
    path = tmp_path / name
    path.write_bytes((TOLD | UNSURE)[name].encode("utf-8", "surrogateescape"))
    return path


@pytest.mark.parametrize("name", [*TOLD, *UNSURE])
@pytest.mark.parametrize("first", [0.0, 0.35, 0.9])
def test_two_processes_read_what_one_reads(name, first, tmp_path, used, monkeypatch):
    path = written(tmp_path, name)
    monkeypatch.setattr(reading, "begun_reading", by_one)
    expected = found(path)
    assert not used
    monkeypatch.setattr(reading, "begun_reading", begun_reading)
    monkeypatch.setattr(ahead, "_FIRST", first)
    assert found(path) == expected


@pytest.mark.parametrize("name", TOLD)
def test_a_file_that_can_be_divided_is(name, tmp_path, used):
    table = read_table([written(tmp_path, name)])
    assert set(used) == {0, 1}
    assert used.count(1) > rest.SLOTS
    assert used.count(1) > used.count(0)
    assert len(table) > 0


@pytest.mark.parametrize("seed", range(40))
def test_any_statements_divided_anywhere_are_the_same(seed, tmp_path, used, monkeypatch):
    chosen = Random(seed)  # noqa: S311
    path = tmp_path / "any.ttl"
    path.write_text(random_text(chosen, SAFE * (10 if seed % 2 else 1)), encoding="utf-8")
    monkeypatch.setattr(ahead, "_FIRST", chosen.random())
    divided = found(path)
    monkeypatch.setattr(reading, "begun_reading", by_one)
    assert divided == found(path)


def random_text(chosen: Random, safe: tuple[str, ...]) -> str:
    return HEAD + "".join(chosen.choices([*safe, *SLY], k=80))


def test_numbers_do_not_depend_on_who_is_quicker(tmp_path, used):
    path = written(tmp_path, "plain.ttl")
    assert len({tuple(read_table([path]).terms) for _ in range(5)}) == 1


@pytest.mark.parametrize("lots", [0, 1, 40])
def test_a_process_that_is_killed_costs_time_and_nothing_else(lots, tmp_path, used, monkeypatch):
    path = written(tmp_path, "plain.ttl")
    expected = found(path)
    begun = begun_reading([path], apart=False)
    assert begun
    following = begun._next

    def killing() -> bytes:
        if used.count(1) >= lots:
            begun._process.kill()
            begun._process.wait()
        return following()

    monkeypatch.setattr(begun, "_next", killing)
    assert shape_of(read_table([path], begun=begun)) == expected


@pytest.fixture
def started(monkeypatch) -> list[subprocess.Popen[bytes]]:
    """Return the processes that are started."""
    processes, start = list[subprocess.Popen[bytes]](), ahead._started
    monkeypatch.setattr(ahead, "_started", lambda *words: processes.append(start(*words)) or processes[-1])
    return processes


@pytest.mark.parametrize("name", ["plain.ttl", "long-text.ttl", "fault-early.ttl", "fault-late.ttl"])
def test_no_process_and_no_open_file_is_left(name, tmp_path, used, started):
    path = written(tmp_path, name)
    found(path)
    before = sorted(Path("/proc/self/fd").iterdir())
    found(path)
    assert sorted(Path("/proc/self/fd").iterdir()) == before
    assert len(started) == 2
    assert all(process.returncode is not None for process in started)


def test_a_plan_that_fails_ends_the_other_process(tmp_path, used, started):
    def fails():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Validation([written(tmp_path, "plain.ttl")], fails, large=0)
    assert [process.returncode is None for process in started] == [False]


@pytest.mark.parametrize(
    "told",
    [(os, "sched_getaffinity", lambda _: {0}), (ahead, "WORTH", 10**6), (ahead.sys, "executable", "/nowhere/python")],
    ids=["one processor", "a small file", "no interpreter"],
)
def test_where_it_is_of_no_use_or_impossible_one_process_reads(told, tmp_path, used, monkeypatch):
    monkeypatch.setattr(*told)
    path = written(tmp_path, "plain.ttl")
    assert begun_reading([path], apart=False) is None
    assert len(found(path)) == 1200
    assert not used


def test_only_a_file_alone_whose_blank_nodes_keep_their_labels_is_divided(tmp_path, used):
    path = written(tmp_path, "labels.ttl")
    assert begun_reading([path, path], apart=True) is None
    assert begun_reading([path], apart=True) is None
    assert begun_reading([tmp_path / "nowhere.ttl"], apart=False) is None


def test_a_system_without_files_in_memory_reads_with_one_process(tmp_path, used, monkeypatch):
    monkeypatch.delattr(os, "memfd_create")
    assert begun_reading([written(tmp_path, "plain.ttl")], apart=False) is None
