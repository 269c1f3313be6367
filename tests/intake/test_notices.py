"""What people do not see in a workbook, or the checker does not read, is said in one sentence a kind and sheet."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from hyte_graph.intake.convert import convert
from hyte_graph.intake.reader import read_stated
from hyte_graph.intake.workbook.scan import OWN_AUTHOR
from hyte_graph.languages import LANGUAGES
from tests.intake.test_workbook import SMALL, changed, zipped

COMMENT = "<office:annotation><text:p>remember</text:p></office:annotation>"


@pytest.fixture(scope="module")
def books(knowledge) -> dict[str, bytes]:
    return {form: convert(SMALL.encode(), "a.yaml", f"a{form}", "en", knowledge).content for form in (".xlsx", ".ods")}


def notices(content: bytes, name: str, knowledge) -> list[str]:
    description = read_stated(content, name, knowledge)
    assert set(description.graph) == set(read_stated(SMALL.encode(), "a.yaml", knowledge).graph)
    assert all(text.within(language) for text in description.notices for language in LANGUAGES)
    return [text.en for text in description.notices]


@pytest.mark.parametrize("form", [".xlsx", ".ods"])
def test_nothing_is_said_of_what_the_template_itself_hides(form, books, knowledge):
    assert notices(books[form], f"a{form}", knowledge) == []


def test_comments_are_announced_but_for_those_of_a_check(books, knowledge):
    def comment(book: openpyxl.Workbook) -> None:
        book["Bodies"]["C3"].comment = Comment("remember", "Somebody")
        book["Bodies"]["B3"].comment = Comment("x", OWN_AUTHOR)
        book["Guide"]["A1"].comment = Comment("y", "Somebody")

    assert notices(changed(books[".xlsx"], comment), "a.xlsx", knowledge) == [
        "a.xlsx, sheet Guide: comments are not read (cells: A1); move what is needed into a cell.",
        "a.xlsx, sheet Bodies: comments are not read (cells: C3); move what is needed into a cell.",
    ]


def test_what_is_hidden_is_read_and_announced(books, knowledge):
    def hide(book: openpyxl.Workbook) -> None:
        book["Bodies"].row_dimensions[4].hidden = True
        book["Bodies"].row_dimensions[40].hidden = True
        book["Bodies"].column_dimensions["C"].hidden = True
        book["Sources"].sheet_state = "veryHidden"
        book["Roles"].sheet_state = "hidden"

    assert notices(changed(books[".xlsx"], hide), "a.xlsx", knowledge) == [
        "a.xlsx, sheet Bodies: there are contents on hidden rows (4); they were read like the rest.",
        "a.xlsx, sheet Bodies: there are contents in hidden columns (C); they were read like the rest.",
        "a.xlsx, sheet Sources: the sheet is hidden; its contents were read like the rest.",
    ]


def with_content(content: bytes, *changes: tuple[str, str]) -> bytes:
    """Return an ODS file with changes in the sheet of bodies, each made once."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        before, start, text = archive.read("content.xml").decode().partition('<table:table table:name="Bodies"')
    assert start
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return zipped(content, "content.xml", (before + start + text).encode())


def test_an_ods_tells_its_comments_and_what_it_hides(books, knowledge):
    content = with_content(
        books[".ods"],
        ("<text:p>b1</text:p>", f"{COMMENT}<text:p>b1</text:p>"),
        (' table:style-name="sheet"', ' table:style-name="sheet-hidden"'),
        ("<table:table-column ", '<table:table-column table:visibility="collapse" '),
    )
    assert notices(content, "a.ods", knowledge) == [
        "a.ods, sheet Bodies: comments are not read (cells: A3); move what is needed into a cell.",
        "a.ods, sheet Bodies: the sheet is hidden; its contents were read like the rest.",
        "a.ods, sheet Bodies: there are contents in hidden columns (A); they were read like the rest.",
    ]


def test_convert_and_check_say_it_on_stderr(books, tmp_path, capsys):
    from hyte_graph.cli.main import main

    def hide(book: openpyxl.Workbook) -> None:
        book["Bodies"].row_dimensions[4].hidden = True

    (tmp_path / "a.xlsx").write_bytes(changed(books[".xlsx"], hide))
    assert main(["convert", str(tmp_path / "a.xlsx"), str(tmp_path / "a.yaml"), "--lang", "fi"]) == 0
    said = "a.xlsx, taulukko Bodies: tietoja on piilotetuilla riveillä (4); ne luettiin kuten muutkin."
    assert said in capsys.readouterr().err.splitlines()
    main(["check", str(tmp_path / "a.xlsx"), "--on", "2025-12-31", "--lang", "fi", "--engine", "shacl"])
    assert said in capsys.readouterr().err.splitlines()
