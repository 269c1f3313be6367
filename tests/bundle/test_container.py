"""The file of a bundle: any ZIP tool reads it, and every byte of it is known."""

from __future__ import annotations

import io
import zipfile

import pytest

from hyte_graph.bundle.container import Fault, pack, readings

PARTS = {"mimetype": b"a/b", "manifest.json": b"{}\n" * 9, "a/b.json": b"hello" * 5, "empty": b""}
FILE = pack(PARTS)


def test_any_zip_tool_reads_it():
    with zipfile.ZipFile(io.BytesIO(FILE)) as archive:
        assert archive.testzip() is None
        assert {item.filename: archive.read(item) for item in archive.infolist()} == PARTS
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_was_packed_comes_out_without_faults():
    (found,) = readings(FILE)
    assert dict(found.parts) == PARTS
    assert found.faults == ()


@pytest.mark.parametrize("change", [0x01, 0x80, 0xFF])
def test_each_changed_byte_is_one_fault_at_its_place(change):
    for at in range(len(FILE)):
        spoiled = bytearray(FILE)
        spoiled[at] ^= change
        found = [reading.faults for reading in readings(bytes(spoiled))]
        assert (place(at),) in found, at
        assert all(found)


def place(at: int) -> Fault:
    """Return the fault that a change of a byte is, told by the ZIP reader of Python."""
    with zipfile.ZipFile(io.BytesIO(FILE)) as archive:
        items = archive.infolist()
        listing = archive.start_dir
    for item in items:
        start = item.header_offset + 30 + len(item.filename)
        if at < start:
            return Fault("header", item.filename)
        if at < start + item.file_size:
            return Fault("changed", item.filename)
    for item in items:
        listing += 46 + len(item.filename)
        if at < listing:
            return Fault("listing", item.filename)
    return Fault("end")


def test_a_cut_at_any_place_is_noticed():
    for length in range(len(FILE)):
        for found in readings(FILE[:length]):
            assert "cut" in {fault.kind for fault in found.faults}, length


def test_bytes_added_behind_are_noticed_and_bytes_before_leave_no_bundle():
    assert [found.faults for found in readings(FILE + b"x")] == [(Fault("tail"),)]
    assert readings(b"x" + FILE) == ()


def test_a_file_that_another_program_packed_is_noticed():
    for options in ({"compression": zipfile.ZIP_DEFLATED}, {}):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", **options) as archive:
            for name, content in PARTS.items():
                archive.writestr(name, content)
        assert all(found.faults for found in readings(stream.getvalue()))


@pytest.mark.parametrize("content", [b"", b"PK", b"%PDF-1.7", b"PK\x05\x06" + bytes(18), bytes(1000)])
def test_what_has_no_parts_is_nothing(content):
    assert readings(content) == ()


def test_a_file_that_names_its_bytes_many_times_over_is_not_unpacked():
    """Each of a thousand entries claims the same bytes: read one by one they would be a thousand times the file."""
    body = bytes(100_000)
    entry = pack({"a": body})
    listing = entry[len(pack({})) - 22 + 31 + len(body) : -22]
    end = entry[-22:]
    bomb = b"no" + entry[2 : 31 + len(body)] + listing * 1000 + end
    assert readings(bomb) == ()
