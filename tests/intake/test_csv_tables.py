"""CSV files of a folder or an archive are a workbook too, and what they hold too much of is refused in one sentence."""

from __future__ import annotations

import io
import zipfile

import pytest

from hyte_graph.intake.archives import PARTS, UNPACKED
from hyte_graph.intake.convert import convert
from hyte_graph.intake.reader import read_stated
from hyte_graph.intake.workbook.csv_tables import guarded
from tests.intake.test_workbook import SMALL, refused


@pytest.fixture(scope="module")
def parts(knowledge) -> dict[str, bytes]:
    content = convert(SMALL.encode(), "a.yaml", "a.zip", "en", knowledge).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def with_bodies(parts: dict[str, bytes], old: str, new: str) -> bytes:
    """Return the archive with a change in the file on bodies."""
    text = parts["Bodies.csv"].decode()
    assert old in text
    return zipped({**parts, "Bodies.csv": text.replace(old, new).encode()})


def graph(content: bytes, knowledge) -> set:
    return set(read_stated(content, "a.zip", knowledge).graph)


def test_each_sheet_is_a_file_with_its_keys_in_the_second_row(parts):
    assert {"Guide.csv", "Organisation.csv", "Bodies.csv", "_codes.csv", "_meta.csv"} <= set(parts)
    lines = parts["Bodies.csv"].decode("utf-8-sig").splitlines()
    assert lines[1].startswith("bodies.id;bodies.kind;bodies.name_fi")
    assert lines[2].startswith("b1;steering group · steering_group;ohjausryhmä")


@pytest.mark.parametrize("divider", [",", "\t"])
def test_another_divider_is_found_out(divider, parts, knowledge):
    import csv

    changed = {}
    for name, content in parts.items():
        target = io.StringIO()
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
        csv.writer(target, delimiter=divider).writerows(rows)
        changed[f"folder/{name}"] = target.getvalue().encode()
    assert graph(zipped(changed), knowledge) == graph(zipped(parts), knowledge)


def test_moved_columns_and_new_names_change_nothing(parts, knowledge):
    import csv

    rows = list(csv.reader(io.StringIO(parts["Bodies.csv"].decode("utf-8-sig"), newline=""), delimiter=";"))
    target = io.StringIO()
    csv.writer(target, delimiter=";").writerows(row[::-1] for row in rows)
    moved = {name: content for name, content in parts.items() if name != "Bodies.csv"}
    moved |= {"Our groups.CSV": target.getvalue().encode(), "__MACOSX/._x": b"x", ".DS_Store": b"x"}
    assert graph(zipped(moved), knowledge) == graph(zipped(parts), knowledge)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("steering group · steering_group", "stearing group", 'cell B3: "stearing group" is not in the list'),
        ("2023-01-09", "9.1.2023", 'not "9.1.2023"'),
        ("ohjausryhmä", "=A1", "cell C3: the cell holds a formula"),
        ("ohjausryhmä", '"ohjausryhmä', "Bodies.csv, line 3: the line cannot be divided into cells"),
        ("ohjausryhmä", "ohjaus\0ryhmä", "Bodies.csv, line 3: the line cannot be divided into cells"),
        ("bodies.kind", "bodies.kinds", 'hidden key "bodies.kinds" of the column is not of this sheet'),
    ],
)
def test_what_cannot_be_taken_is_named_with_its_file_and_cell(old, new, said, parts, knowledge):
    [message, *_] = refused(with_bodies(parts, old, new), knowledge, "a.zip")
    assert message.startswith("a.zip, ")
    assert "Bodies.csv" in message
    assert said in message


@pytest.mark.parametrize("line", [0, 2])
def test_an_empty_line_of_the_organisation_changes_nothing(line, parts, knowledge):
    lines = parts["Organisation.csv"].decode("utf-8-sig").splitlines()
    lines[line:line] = [""] if line else []
    lines[0] = lines[0] if line else ""
    changed = {**parts, "Organisation.csv": "\r\n".join(lines).encode()}
    assert graph(zipped(changed), knowledge) == graph(zipped(parts), knowledge)


def test_a_file_in_another_encoding_is_named_with_its_line(parts, knowledge):
    old = parts["Bodies.csv"].decode("utf-8-sig").encode("cp1252")
    [said] = refused(zipped({**parts, "Bodies.csv": old}), knowledge, "a.zip")
    assert said == "a.zip, file Bodies.csv, line 3: the text is not UTF-8; save the file as CSV UTF-8."


@pytest.mark.parametrize(("rows", "columns"), [(10_001, 1), (1, 201)])
def test_a_table_that_reaches_too_far_is_refused(rows, columns, parts, knowledge):
    table = "\n".join([";".join(["x"] * columns)] * rows).encode()
    [said] = refused(zipped({**parts, "Bodies.csv": table}), knowledge, "a.zip")
    assert "a sheet may have at most 10000 rows and 200 columns" in said


def test_a_missing_file_and_one_of_another_version_are_named(parts, knowledge):
    [said] = refused(zipped({name: text for name, text in parts.items() if name != "Bodies.csv"}), knowledge, "a.zip")
    assert "sheet Bodies: the sheet is missing (Bodies)" in said
    other = {**parts, "_meta.csv": parts["_meta.csv"].replace(b"template-version;1.0", b"template-version;9.0")}
    [said] = refused(zipped(other), knowledge, "a.zip")
    assert 'version "9.0" of the template is not known' in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../outside.csv", 'the path "../outside.csv" leads out of the folder'),
        ("/etc/outside.csv", 'the path "/etc/outside.csv" leads out of the folder'),
        ("C:\\outside.csv", "leads out of the folder"),
        ("notes.docx", '"notes.docx" is no .csv file of the description'),
        ("folder/Bodies.csv", "not in one folder with the others"),
    ],
)
def test_a_file_that_does_not_belong_to_the_archive_is_refused(name, said, parts, knowledge):
    [message] = refused(zipped({**parts, name: b"x"}), knowledge, "a.zip")
    assert said in message


def test_an_archive_that_swells_or_has_too_many_files_is_refused_before_it_is_unpacked(parts, knowledge):
    [said] = refused(zipped({**parts, "x.csv": b" " * (UNPACKED + 1)}), knowledge, "a.zip")
    assert said.startswith("a.zip: unpacked, it is larger than 50 MiB")
    many = {f"{at}.csv": b"" for at in range(PARTS + 1)}
    assert refused(zipped(many), knowledge, "a.zip")[0].startswith("a.zip: more than 100 files")


@pytest.mark.parametrize("content", [b"no zip at all", b"PK\x03\x04broken"])
def test_what_is_no_archive_is_refused(content, knowledge):
    assert refused(content, knowledge, "a.zip")[0].startswith("a.zip: the CSV files cannot be read")


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "+358", "-", "@a", "\tx"])
def test_text_like_a_formula_gets_one_apostrophe(text):
    assert guarded(text, text) == f"'{text}"


@pytest.mark.parametrize(("text", "value"), [("'quoted", "'quoted"), ("-5", -5), ("a=b", "a=b")])
def test_other_text_and_numbers_stay_as_they_are(text, value):
    assert guarded(text, value) == text
