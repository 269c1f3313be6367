"""hyte check FILE.xlsx --format xlsx: the auditor's own workbook back, annotated and otherwise as it was."""

from __future__ import annotations

import io
import zipfile
from itertools import product

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from hyte_graph.cli.main import main
from hyte_graph.intake.reader import read_stated
from hyte_graph.intake.workbook.scan import OWN_AUTHOR
from tests.conftest import EXAMPLES
from tests.intake.test_workbook import changed, column, put, zipped

CHECK = ("--on", "2025-12-31", "--engine", "shacl", "--format", "xlsx", "--lang", "en")
PARTS = ("number_format", "font", "border", "alignment", "protection")


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> bytes:
    """A filled template as an auditor left it: protected, with a comment, a hidden row and a fill of one's own."""
    path = tmp_path_factory.mktemp("own") / "t.xlsx"
    words = ("--actor", "raahe", "--prefill", str(EXAMPLES / "raahe.yaml"), "--lang", "en")
    assert main(["template", "--on", "2025-12-31", "-o", str(path), *words]) == 0

    def work(made: openpyxl.Workbook) -> None:
        page = made["Answers"]
        page["F3"].comment = Comment("ask the department", "Auditor")
        page["F4"].fill = PatternFill("solid", fgColor="FF123456")
        page.row_dimensions[9].hidden = True
        made["Bodies"].protection.sheet = True

    return changed(path.read_bytes(), work)


def checked(path, content: bytes, *words: str) -> int:
    (path / "in.xlsx").write_bytes(content)
    return main(["check", str(path / "in.xlsx"), *CHECK, "-o", str(path / "out.xlsx"), *words])


@pytest.fixture(scope="module")
def copy(book, tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("copy")
    assert checked(path, book) == 0
    return (path / "out.xlsx").read_bytes()


def loaded(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_nothing_else_is_changed(book, copy):
    before, after = loaded(book), loaded(copy)
    assert after.sheetnames == ["Results", *before.sheetnames]
    assert {name: item.attr_text for name, item in after.defined_names.items()} == {
        name: item.attr_text for name, item in before.defined_names.items()
    }
    assert vars(after.properties) == vars(before.properties)
    for page in before:
        same = after[page.title]
        assert (page.dimensions, page.sheet_state, page.freeze_panes) == (
            same.dimensions,
            same.sheet_state,
            same.freeze_panes,
        )
        assert vars(page.protection) == vars(same.protection)
        assert page.print_title_rows == same.print_title_rows
        assert [
            (str(item.sqref), item.type, item.formula1, item.prompt, item.showErrorMessage)
            for item in page.data_validations.dataValidation
        ] == [
            (str(item.sqref), item.type, item.formula1, item.prompt, item.showErrorMessage)
            for item in same.data_validations.dataValidation
        ]
        assert {row: item.hidden for row, item in page.row_dimensions.items()} == {
            row: item.hidden for row, item in same.row_dimensions.items()
        }
        for cell in (cell for row in page.iter_rows() for cell in row):
            other = same[cell.coordinate]
            assert (cell.value, cell.data_type) == (other.value, other.data_type), cell
            for part in PARTS:
                assert repr(getattr(cell, part)) == repr(getattr(other, part)), (cell, part)
            if other.comment is None:
                assert repr(cell.fill) == repr(other.fill), cell


def test_the_cell_of_an_open_answer_says_what_is_missing_and_what_to_do(copy):
    page = loaded(copy)["Answers"]
    rows = {page.cell(row, column(page, "answers.norm")).value: row for row in range(3, page.max_row + 1)}
    row = next(row for name, row in rows.items() if name and name.endswith("mun-6-3-s2-annual-report"))
    cell = page.cell(row, column(page, "answers.answer"))
    assert cell.comment.author == OWN_AUTHOR
    assert cell.comment.text.startswith("? evidence missing: ")
    assert "612/2021" in cell.comment.text
    assert "Record, with its source" in cell.comment.text
    assert cell.fill.fgColor.rgb == "FFFFF4CE"


def test_a_fact_that_does_not_count_is_told_so_in_its_cell(copy):
    text = loaded(copy)["Bodies"]["A3"].comment.text
    assert "does not count" in text
    assert text.endswith(")")


def test_comments_and_fills_of_the_auditor_stay(copy):
    page = loaded(copy)["Answers"]
    assert page["F3"].comment.author == "Auditor"
    assert page["F3"].comment.text.startswith(f"ask the department\n\n— {OWN_AUTHOR} —\n? evidence missing")
    assert page["F4"].fill.fgColor.rgb == "FF123456"
    assert page["F4"].comment.author == OWN_AUTHOR


def test_the_sheet_in_front_leads_to_the_cells_and_the_law(copy):
    page = loaded(copy)["Results"]
    [head] = [row[0].row for row in page.iter_rows() if row[0].value == "Outcome"]
    rows = [row for row in page.iter_rows(min_row=head + 1) if row[0].value]
    assert len(rows) > 50
    assert all(row[3].value for row in rows)
    leading = [row[6] for row in rows if row[6].value]
    assert len(leading) > 50
    for cell in leading:
        sheet, _, place = cell.value.rpartition("!")
        assert cell.hyperlink.location == f"'{sheet}'!{place}"
    assert {row[3].hyperlink.target[:8] for row in rows if row[3].hyperlink} == {"https://"}
    assert not [cell for row in page.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_copy_reads_as_the_workbook_did_and_a_further_check_replaces_it(book, copy, tmp_path, capsys, knowledge):
    assert set(read_stated(copy, "a.xlsx", knowledge).graph) == set(read_stated(book, "a.xlsx", knowledge).graph)
    assert len(read_stated(copy, "a.xlsx", knowledge).notices) == 2  # the comment and the hidden row of the auditor
    assert checked(tmp_path, copy) == 0
    again = loaded((tmp_path / "out.xlsx").read_bytes())
    assert again.sheetnames == loaded(copy).sheetnames
    for page in loaded(copy).worksheets[1:]:
        for row, at in product(range(1, page.max_row + 1), range(1, page.max_column + 1)):
            one, two = page.cell(row, at), again[page.title].cell(row, at)
            assert (one.comment and one.comment.text, one.fill.fgColor.rgb) == (
                two.comment and two.comment.text,
                two.fill.fgColor.rgb,
            )


def test_the_same_workbook_gives_the_same_bytes(book, copy, tmp_path):
    checked(tmp_path, book)
    assert (tmp_path / "out.xlsx").read_bytes() == copy


def test_faults_are_commented_too_and_nothing_is_said_of_any_duty(book, tmp_path, capsys):
    spoiled = changed(book, put("Bodies", "bodies.kind", 3, "stearing group"))
    assert checked(tmp_path, spoiled) == 3
    said = 'in.xlsx, sheet Bodies, cell B3: "stearing group" is not in the list; the nearest known is "steering group".'
    assert said in capsys.readouterr().err
    made = loaded((tmp_path / "out.xlsx").read_bytes())
    assert made["Bodies"]["B3"].comment.text == said
    assert made["Bodies"]["B3"].fill.fgColor.rgb == "FFF8D7DA"
    assert [cell.value for cell in made["Results"]["A"]][-1] == said
    assert made["Results"]["B5"].hyperlink.location == "'Bodies'!B3"
    assert made["Results"]["A2"].value == "Nothing has been said of any duty."


def test_a_norm_that_does_not_exist_is_named_with_its_cell(book, tmp_path, capsys):
    spoiled = changed(book, put("Answers", "answers.norm", 3, "no-such-norm"))
    spoiled = changed(spoiled, put("Answers", "answers.answer", 3, "yes"))
    assert checked(tmp_path, spoiled) == 3
    assert 'in.xlsx, sheet Answers, cell B3: no norm "no-such-norm"' in capsys.readouterr().err
    assert loaded((tmp_path / "out.xlsx").read_bytes())["Answers"]["B3"].comment.author == OWN_AUTHOR


def test_what_the_copy_cannot_hold_is_said(book, tmp_path, capsys):
    target = io.BytesIO(book)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("customXml/item1.xml", "<a/>")
    assert checked(tmp_path, target.getvalue()) == 0
    assert "in.xlsx: the annotated copy lacks parts of the workbook" in capsys.readouterr().err


def test_other_descriptions_and_several_files_get_the_report_as_a_workbook(book, tmp_path):
    (tmp_path / "in.xlsx").write_bytes(book)
    source = str(EXAMPLES / "raahe.yaml")
    for files in ([source], [str(tmp_path / "in.xlsx"), source]):
        assert main(["check", *files, *CHECK, "-o", str(tmp_path / "out.xlsx")]) == 0
        assert loaded((tmp_path / "out.xlsx").read_bytes()).sheetnames[:2] == ["Summary", "Verdicts"]


def test_entities_in_any_part_are_refused_before_openpyxl_reads_them(book, tmp_path, capsys):
    styles = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><styleSheet/>'
    assert checked(tmp_path, zipped(book, "xl/styles.xml", styles)) == 3
    assert "XML entities" in capsys.readouterr().err
    assert not (tmp_path / "out.xlsx").exists()
