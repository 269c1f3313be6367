"""Files read as arrays hold what the same files hold read triple by triple, and snapshots hold the same again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hyte_graph.compliance.engines.compiled.columns import Columns
from hyte_graph.compliance.engines.compiled.terms import text
from hyte_graph.compliance.engines.files import read
from hyte_graph.compliance.engines.vectors import ahead, words
from hyte_graph.compliance.engines.vectors.reading import read_table
from hyte_graph.compliance.engines.vectors.snapshot import kept_table
from hyte_graph.compliance.engines.vectors.table import Table

LONG = "pitkä teksti " * 5000
FILES = {
    "empty.ttl": "",
    "only-a-remark.ttl": "# nothing\n",
    "blanks.ttl": '<urn:a> <urn:p> "a b  c "@fi, " ", "", "x . y"^^<urn:t>, "b"@sv-FI .',
    "escapes.ttl": r'<urn:a> <urn:p> "a\"b\\c\nd\u00e4 \U0001F600 ."@FI, "\\u0041", "\t\r\b\f", "\"", "\\" .',
    "names.ttl": '<urn:ä> <urn:p\u00f6> <urn:\u20ac>, _:b, _:c . _:b <urn:q> _:c, "x"^^<urn:t\u00e4> .',
    "long.ttl": f'<urn:a> <urn:p> "{LONG}1", "{LONG}2", "{LONG}1"@fi . <urn:{"x" * 9000}> <urn:p> "{LONG}1" .',
    "same.ttl": "<urn:a> <urn:p> <urn:a>, 1, 01, 1.0, true . <urn:p> <urn:p> <urn:p> . <urn:a> <urn:p> 1 .",
    "dataset.trig": "<urn:g> { <urn:a> <urn:p> 1 } <urn:h> { <urn:a> <urn:p> 1, 2 }",
    "quads.nq": "<urn:a> <urn:p> <urn:b> <urn:g> .\n<urn:a> <urn:p> <urn:c> .\n",
    "tree.rdf": '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
    '<r:Description r:about="urn:a"><u:p>a &lt; b\n</u:p></r:Description></r:RDF>',
}


def triples(table: Table) -> list[tuple[str, str, str]]:
    return sorted(table.triples(table.columns))


@pytest.fixture(params=FILES)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    found = tmp_path / str(request.param)
    found.write_text(FILES[request.param], encoding="utf-8")
    return found


@pytest.fixture
def expected(path: Path) -> list[tuple[str, str, str]]:
    return sorted(Columns.of_quads(read(path, apart=False)).triples())


def test_arrays_hold_what_the_file_says(path: Path, expected: list[tuple[str, str, str]]):
    assert triples(read_table([path])) == expected


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_lots_of_any_size_give_the_same(path: Path, expected: list[tuple[str, str, str]], at_once: int, monkeypatch):
    monkeypatch.setattr(ahead, "AT_ONCE", at_once)
    assert triples(read_table([path])) == expected


def test_sums_that_tell_nothing_apart_give_the_same(path: Path, expected: list[tuple[str, str, str]], monkeypatch):
    monkeypatch.setattr(words, "_SPREAD", np.uint64(0))
    assert triples(read_table([path])) == expected


def test_a_snapshot_holds_the_same(path: Path, expected: list[tuple[str, str, str]], tmp_path: Path):
    found = [kept_table([path], tmp_path / "cache") for _ in range(2)]
    assert [triples(table) for table in found] == [expected, expected]
    for table in found:
        assert [table.terms.number(term) for term in table.terms] == list(range(len(table.terms)))
        every = np.arange(len(table.terms), dtype=np.int32)
        assert table.terms.several(every) == list(table.terms)
        assert [table.kinds.letters[at] for at in every] == ['<_"'.index(term[0]) for term in table.terms]
        told = [table.kinds.names[at] if at >= 0 else None for at in table.kinds.suffixes.tolist()]
        assert told == [term[term.rindex('"') + 1 :] if term[0] == '"' else None for term in table.terms]


def test_blank_nodes_of_several_files_are_kept_apart(tmp_path: Path):
    for name in ("one.ttl", "two.ttl"):
        (tmp_path / name).write_text("_:b <urn:p> 1 .", encoding="utf-8")
    table = read_table([tmp_path / "one.ttl", tmp_path / "two.ttl"])
    assert len(table) == 2
    assert len({subject for subject, _, _ in triples(table)}) == 2


def test_a_fault_far_down_in_a_file_is_told(tmp_path: Path):
    path = tmp_path / "late.ttl"
    path.write_text("<urn:a> <urn:p> 1 .\n" * 50_000 + "<urn:a> <urn:p> .\n", encoding="utf-8")
    with pytest.raises(SyntaxError, match="50001"):
        read_table([path])


@pytest.mark.parametrize("left", [0, 1, 100, -1, -9, -100])
def test_a_broken_snapshot_is_made_again(left: int, tmp_path: Path):
    path, cache = tmp_path / "data.ttl", tmp_path / "cache"
    path.write_text(FILES["same.ttl"], encoding="utf-8")
    expected = triples(kept_table([path], cache))
    (place,) = cache.iterdir()
    place.write_bytes(place.read_bytes()[:left])
    assert triples(kept_table([path], cache)) == expected
    assert list(cache.iterdir()) == [place]
    assert len(place.read_bytes()) > 100


def test_nothing_is_left_in_the_folder_where_reading_fails(tmp_path: Path):
    path = tmp_path / "bad.ttl"
    path.write_text("<urn:a> <urn:p>", encoding="utf-8")
    with pytest.raises(SyntaxError):
        kept_table([path], tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_letters_are_counted_as_the_text_has_them(path: Path):
    table = read_table([path])
    extra = [table.terms.number(term) for term in ('"ää"@fi', "<urn:ö>", '"€"^^<urn:t>', "_:b1")]
    every = np.arange(len(table.terms), dtype=np.int32)
    for nodes in (every, every[: -len(extra)]):
        assert table.sizes(nodes).tolist() == [len(text(term)) for term in table.terms.several(nodes)]


@pytest.fixture
def several(tmp_path: Path) -> list[Path]:
    """Files that share names, texts and labels of blank nodes."""
    texts = {
        "one.ttl": '_:b <urn:p> "a"@fi, <urn:c> . <urn:c> <urn:q> _:b .',
        "two.ttl": '_:b <urn:p> "a"@fi . <urn:c> <urn:q> <urn:p>, "a" .',
        "three.nt": '<urn:c> <urn:q> <urn:p> .\n<urn:d> <urn:q> "\\"" .\n',
        "four.ttl": "",
    }
    for name, text_ in texts.items():
        (tmp_path / name).write_text(text_, encoding="utf-8")
    return [tmp_path / name for name in texts]


def shape_of(table: Table) -> tuple[list[tuple[str, ...]], int]:
    """Return the triples without the labels of blank nodes, and how many blank nodes there are."""
    found = triples(table)
    blanks = {term for triple in found for term in triple if term[0] == "_"}
    return sorted(tuple("_" if term in blanks else term for term in triple) for triple in found), len(blanks)


def test_files_kept_by_themselves_make_the_same_table(several: list[Path], tmp_path: Path):
    expected = shape_of(read_table(several))
    assert [shape_of(kept_table(several, tmp_path / "cache")) for _ in range(2)] == [expected, expected]


def test_only_the_file_that_changed_is_read_again(several: list[Path], tmp_path: Path, monkeypatch):
    kept_table(several, tmp_path / "cache")
    several[1].write_text("_:b <urn:p> 7 .", encoding="utf-8")
    expected, read = shape_of(read_table(several)), list[Path]()
    monkeypatch.setattr(
        "hyte_graph.compliance.engines.vectors.snapshot.read_table",
        lambda paths, apart: read.extend(paths) or read_table(paths, apart=apart),
    )
    assert shape_of(kept_table(several, tmp_path / "cache")) == expected
    assert read == [several[1]]


def test_a_file_that_is_given_twice_has_its_blank_nodes_twice(tmp_path: Path):
    path = tmp_path / "one.ttl"
    path.write_text("_:b <urn:p> 1 .", encoding="utf-8")
    for _ in range(2):
        assert shape_of(kept_table([path, path], tmp_path / "cache"))[1] == 2
        assert triples(kept_table([path], tmp_path / "cache")) == triples(read_table([path]))


def test_nothing_is_left_in_the_folder_where_keeping_fails(tmp_path: Path, monkeypatch):
    path, cache = tmp_path / "data.ttl", tmp_path / "cache"
    path.write_text(FILES["same.ttl"], encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hyte_graph.compliance.engines.vectors.snapshot._write", full)
    assert triples(kept_table([path], cache)) == triples(read_table([path]))
    assert list(cache.iterdir()) == []
