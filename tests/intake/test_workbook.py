"""A workbook says what the YAML of the same content says, and a spoiled one is refused in one clear sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from html import escape

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from rdflib.compare import isomorphic

from hyte_graph.errors import FilingError
from hyte_graph.intake import read_description
from hyte_graph.intake.convert import convert, losses
from hyte_graph.intake.reader import read_stated
from hyte_graph.intake.workbook.layout import sheets
from hyte_graph.intake.workbook.package import UNPACKED
from hyte_graph.intake.workbook.scan import position
from hyte_graph.intake.workbook.words import truths
from hyte_graph.languages import LANGUAGES
from hyte_graph.store.knowledge import Knowledge
from tests.conftest import EXAMPLES, HARD

NAMES = sorted(path.stem for path in EXAMPLES.glob("*.yaml"))
SMALL = """
schema_version: "1.0"
reference_date: "2025-12-31"
organisation: {id: kainuu, type: wellbeing_services_county, languages: [fi]}
bodies:
  - {id: b1, kind: steering_group, name_fi: ohjausryhmä, permanent: true, set_up_on: "2023-01-09", sources: [s1]}
  - {id: b2, kind: network, name_fi: verkosto, sources: [s1, s2], members: [kunnat, "a;b"]}
documents:
  - {id: d1, kind: welfare_report, council_term: t1, deliveries: [{to: ministry, date: "2024-02"}], goals: [{id: g1}]}
council_terms:
  - {id: t1, start: "2022-03-01", end: "2025-05-31", basis: statute}
sources:
  - {id: s1, title: Sivu, url: "https://example.org/"}
  - {id: s2, title: Toinen}
"""


def book_of(text: str, knowledge: Knowledge, language: str = "en") -> bytes:
    return convert(text.encode(), "a.yaml", "a.xlsx", language, knowledge).content


@pytest.fixture(scope="module")
def small(knowledge) -> bytes:
    return book_of(SMALL, knowledge)


def changed(content: bytes, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    """Return a workbook as another program saves it after a change."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def column(page, key: str) -> int:
    return next(cell.column for cell in page[2] if cell.value == key)


def put(sheet: str, key: str, row: int, value: object) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        page = book[sheet]
        page.cell(row, column(page, key)).value = value

    return change


def refused(content: bytes, knowledge: Knowledge, name: str = "a.xlsx") -> list[str]:
    with pytest.raises(FilingError) as found:
        read_description(content, name, knowledge)
    assert found.value.exit_code == 3
    for message in found.value.messages:
        assert all(message.within(language) for language in LANGUAGES)
    return [message.en for message in found.value.messages]


@pytest.mark.parametrize("name", NAMES)
def test_the_workbook_of_an_example_gives_the_graph_of_its_yaml(name, knowledge):
    content = (EXAMPLES / f"{name}.yaml").read_bytes()
    made = convert(content, f"{name}.yaml", f"{name}.xlsx", "fi", knowledge)
    assert made.losses == ()
    wanted = read_description(content, f"{name}.yaml", knowledge).graph
    assert isomorphic(read_description(made.content, f"{name}.xlsx", knowledge).graph, wanted)


@pytest.mark.parametrize("name", ["lansi-uusimaa", "kitee"])
def test_the_workbooks_of_three_languages_give_the_same_graph(name, knowledge):
    content = (EXAMPLES / f"{name}.yaml").read_bytes()
    books = [convert(content, "a.yaml", "a.xlsx", language, knowledge).content for language in LANGUAGES]
    graphs = [set(read_description(book, "a.xlsx", knowledge).graph) for book in books]
    assert graphs[0] == graphs[1] == graphs[2]
    assert len(set(books)) == 3


@pytest.mark.parametrize("name", NAMES if HARD else ["raahe", "kauniainen"])
def test_the_swedish_workbook_gives_the_verdicts_of_the_finnish_one(name, knowledge):
    from hyte_graph.compliance.assess import assess
    from hyte_graph.compliance.engines import engine

    content = (EXAMPLES / f"{name}.yaml").read_bytes()
    found = []
    for language in ("fi", "sv"):
        book = convert(content, "a.yaml", "a.xlsx", language, knowledge).content
        made = assess(
            read_description(book, "a.xlsx", knowledge), knowledge, on=date(2025, 12, 31), checker=engine("shacl")
        )
        found.append([(item.norm.slug, item.period and item.period.slug, item.outcome) for item in made.verdicts])
    assert found[0] == found[1]
    assert found[0]


def test_a_workbook_saved_by_another_program_reads_the_same(small, knowledge):
    again = changed(small, lambda _: None)
    assert again != small
    assert losses(small, "a.xlsx", again, "b.xlsx", knowledge)[1:] == ()
    assert set(read_stated(again, "a.xlsx", knowledge).graph) == set(
        read_stated(SMALL.encode(), "a.yaml", knowledge).graph
    )


def test_the_days_of_a_workbook_that_counts_from_1904_are_the_same(small, knowledge):
    def shift(book: openpyxl.Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    again = changed(small, shift)
    assert b'date1904="1"' in zipfile.ZipFile(io.BytesIO(again)).read("xl/workbook.xml")
    assert set(read_stated(again, "a.xlsx", knowledge).graph) == set(read_stated(small, "a.xlsx", knowledge).graph)


def test_the_same_description_gives_the_same_bytes(small, knowledge):
    assert book_of(SMALL, knowledge) == small


def test_moved_columns_and_sheets_and_new_names_change_nothing(small, knowledge):
    def move(book: openpyxl.Workbook) -> None:
        page = book["Bodies"]
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        for row, values in enumerate(rows, 1):
            for at, value in enumerate(reversed(values), 1):
                page.cell(row, at).value = value
        page.title = "Our groups"
        book["Guide"].title = "Read me"
        book.move_sheet("Sources", -10)

    moved = changed(small, move)
    wanted = set(read_stated(small, "a.xlsx", knowledge).graph)
    assert set(read_stated(moved, "a.xlsx", knowledge).graph) == wanted


def test_a_deleted_sheet_is_named(small, knowledge):
    spoiled = changed(small, lambda book: book.remove(book["Bodies"]))
    [said] = refused(spoiled, knowledge)
    assert said.startswith("a.xlsx, sheet Bodies: the sheet is missing (Bodies); put it back, even empty")


def test_a_wrong_type_is_named_with_its_cell(small, knowledge):
    spoiled = changed(small, put("Council terms", "council_terms.number", 3, "first"))
    [said] = refused(spoiled, knowledge)
    assert said.startswith("a.xlsx, sheet Council terms, cell ")
    assert said.endswith('"number" is a whole number, not "first".')


def test_a_word_that_is_neither_yes_nor_no_is_named_with_its_cell(small, knowledge):
    [said] = refused(changed(small, put("Bodies", "bodies.permanent", 3, "perhaps")), knowledge)
    assert said.startswith("a.xlsx, sheet Bodies, cell ")
    assert 'write yes or no, not "perhaps"' in said


def test_an_unknown_code_is_named_with_the_nearest_label(small, knowledge):
    [said] = refused(changed(small, put("Bodies", "bodies.kind", 3, "stearing group")), knowledge)
    assert (
        said
        == 'a.xlsx, sheet Bodies, cell B3: "stearing group" is not in the list; the nearest known is "steering group".'
    )


def test_merged_cells_are_refused(small, knowledge):
    [said] = refused(changed(small, lambda book: book["Bodies"].merge_cells("B3:B4")), knowledge)
    assert said == (
        "a.xlsx, sheet Bodies, cell B3: merged cells cannot be read for certain; unmerge them and fill in each."
    )


@pytest.mark.parametrize("value", ["31.12.2024", "5/2024", "last autumn"])
def test_a_date_in_another_form_is_refused_and_never_guessed(value, small, knowledge):
    [said] = refused(changed(small, put("Bodies", "bodies.set_up_on", 3, value)), knowledge)
    assert said.startswith("a.xlsx, sheet Bodies, cell ")
    assert f'not "{value}"' in said


def test_a_formula_is_refused_and_never_worked_out(small, knowledge):
    [said] = refused(changed(small, put("Bodies", "bodies.name_fi", 3, '="a"&"b"')), knowledge)
    assert said.endswith("the cell holds a formula, and formulas are never worked out; paste the bare value instead.")


class _PanicError(BaseException):
    """What a reader written in Rust raises when it meets a state that its authors took for impossible."""


def raising(error: type[BaseException]) -> type:
    """Return a reader of workbooks that raises an error when it is used."""

    class Reader:
        @staticmethod
        def from_filelike(_):
            raise error

    return Reader


def test_a_panic_of_the_reader_is_a_fault_of_the_file(small, knowledge, monkeypatch):
    monkeypatch.setattr("python_calamine.CalamineWorkbook", raising(_PanicError))
    [said] = refused(small, knowledge)
    assert said == "a.xlsx: this is no workbook that can be read; save it as .xlsx or .ods without a password."


@pytest.mark.parametrize("error", [MemoryError, KeyboardInterrupt])
def test_a_lack_of_memory_and_a_wish_to_stop_are_not_blamed_on_the_workbook(error, small, knowledge, monkeypatch):
    monkeypatch.setattr("python_calamine.CalamineWorkbook", raising(error))
    with pytest.raises(error):
        read_stated(small, "a.xlsx", knowledge)


def test_another_version_of_the_template_is_refused(small, knowledge):
    def change(book: openpyxl.Workbook) -> None:
        book["_meta"]["B1"].value = "9.0"

    [said] = refused(changed(small, change), knowledge)
    assert said.startswith('a.xlsx, sheet _meta, cell B1: version "9.0" of the template is not known')


@pytest.mark.parametrize("cell", ["A20000", "XFD1048576", "ZZ5"])
def test_a_sheet_that_reaches_too_far_is_refused_at_once(cell, small, knowledge):
    def change(book: openpyxl.Workbook) -> None:
        book["Bodies"][cell].value = "x"

    [said] = refused(changed(small, change), knowledge)
    assert said.startswith(f"a.xlsx, sheet Bodies, cell {cell}: a sheet may have at most 10000 rows")


MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def ods_of(content: bytes, **attributes: str) -> bytes:
    """Return the values of a workbook as ODS; an attribute is added to the first cell of the first row of bodies."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    tables = "".join(
        f'<table:table table:name="{page.title}">{ods_rows(page, attributes)}</table:table>' for page in book
    )
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    text = f"<office:document-content{spaces}>{body}</office:document-content>"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", text)
    return target.getvalue()


def ods_rows(page, attributes: dict[str, str]) -> str:
    rows = []
    for row in page.iter_rows():
        marked = attributes if page.title == "Bodies" and row[0].row == 3 else {}
        extra = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in marked.items())
        cells = [ods_cell(cell.value, extra if at == 0 else "") for at, cell in enumerate(row)]
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return "".join(rows) + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'


def ods_cell(value: object, extra: str) -> str:
    if value is None:
        return f"<table:table-cell{extra}/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value:%Y-%m-%d}"/>'
    text = escape(str(value)).replace("\n", "</text:p><text:p>")
    return f'<table:table-cell office:value-type="string"{extra}><text:p>{text}</text:p></table:table-cell>'


def test_the_same_workbook_as_ods_reads_the_same(small, knowledge):
    wanted = set(read_stated(small, "a.xlsx", knowledge).graph)
    assert set(read_stated(ods_of(small), "a.ods", knowledge).graph) == wanted


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({"formula": "of:=1+1"}, "a.ods, sheet Bodies, cell A3: the cell holds a formula"),
        ({"number_columns_spanned": "2"}, "a.ods, sheet Bodies, cell A3: merged cells cannot be read"),
        ({"number_columns_repeated": "900"}, "a.ods, sheet Bodies, cell AHP3: a sheet may have at most 10000 rows"),
    ],
)
def test_what_an_ods_may_not_hold_is_refused(attributes, said, small, knowledge):
    assert refused(ods_of(small, **attributes), knowledge, "a.ods")[0].startswith(said)


def test_a_calculation_error_is_never_taken_for_a_value(small, knowledge):
    [said] = refused(changed(small, put("Bodies", "bodies.name_fi", 3, "#REF!")), knowledge)
    assert said.endswith("the cell shows an error of calculation; write the value or clear the cell.")


def test_check_gives_exit_code_3_for_a_spoiled_workbook(small, tmp_path, capsys):
    from hyte_graph.cli.main import main

    path = tmp_path / "a.xlsx"
    path.write_bytes(changed(small, put("Bodies", "bodies.kind", 3, "stearing group")))
    assert main(["check", str(path), "--on", "2025-12-31", "--lang", "sv"]) == 3
    said = capsys.readouterr().err
    assert said == (
        "a.xlsx, blad Bodies, cell B3: ”stearing group” finns inte i listan; "
        "närmaste kända är ”steering group”. [unknown-code]\n"
    )


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
@pytest.mark.parametrize("content", [b"no zip at all", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook_is_refused(name, content, knowledge):
    assert refused(content, knowledge, name) == [
        f"{name}: this is no workbook that can be read; save it as .xlsx or .ods without a password."
    ]


def test_a_workbook_of_somebody_else_is_refused(knowledge):
    target = io.BytesIO()
    openpyxl.Workbook().save(target)
    [said] = refused(target.getvalue(), knowledge)
    assert "was not made by hyte template" in said


def zipped(content: bytes, part: str, text: bytes) -> bytes:
    """Return an archive with one part replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return target.getvalue()


def test_a_file_that_unpacks_to_much_is_refused_before_it_is_unpacked(small, knowledge):
    [said] = refused(zipped(small, "xl/styles.xml", b" " * (UNPACKED + 1)), knowledge)
    assert said.startswith("a.xlsx: unpacked, the workbook is larger than 50 MiB")


def test_a_part_that_is_larger_than_it_says_is_refused(small, knowledge):
    lying = bytearray(zipped(small, "xl/styles.xml", b"<a>" + b" " * 100_000 + b"</a>"))
    entry = lying.rindex(b"xl/styles.xml") - 46  # of the central directory; the size unpacked stands at 24
    lying[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    [said] = refused(bytes(lying), knowledge)
    assert "a part of it is larger than it says" in said


def test_entities_in_the_xml_of_a_sheet_are_refused(small, knowledge):
    text = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'
    [said] = refused(zipped(small, "xl/worksheets/sheet3.xml", text), knowledge)
    assert "XML entities" in said


def test_a_value_in_a_column_without_a_key_is_never_passed_over(small, knowledge):
    def change(book: openpyxl.Workbook) -> None:
        book["Bodies"].cell(3, 60).value = "my own note"

    [said] = refused(changed(small, change), knowledge)
    assert said.startswith("a.xlsx, sheet Bodies, cell BH3: the column or line has no key")


def test_a_sheet_of_ones_own_is_never_passed_over(small, knowledge):
    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet("Notes")["A1"].value = "remember"

    [said] = refused(changed(small, change), knowledge)
    assert said.startswith("a.xlsx, sheet Notes, cell A1: the sheet is not of the template")


def test_a_row_that_belongs_to_nothing_is_refused(small, knowledge):
    spoiled = changed(small, put("Deliveries of documents", "documents.deliveries.@of", 3, "d9"))
    [said] = refused(spoiled, knowledge)
    assert said.startswith('a.xlsx, sheet Deliveries of documents, cell A3: there is no id "d9" (Documents)')


def test_an_id_used_twice_names_both_cells(small, knowledge):
    [said] = refused(changed(small, put("Bodies", "bodies.id", 4, "b1")), knowledge)
    assert said.startswith('a.xlsx, sheet Bodies, cell A4: the id "b1" stands already in cell A3 of the sheet Bodies')


@pytest.mark.parametrize(("word", "value"), [("Kyllä", "true"), ("nej", "false"), ("not known", ""), ("TRUE", "true")])
def test_yes_and_no_are_understood_in_three_languages(word, value):
    assert truths()[word.casefold()] == value


def test_not_known_says_nothing(small, knowledge):
    silent = changed(small, put("Bodies", "bodies.permanent", 3, "not known"))
    wanted = SMALL.replace("permanent: true, ", "")
    assert set(read_stated(silent, "a.xlsx", knowledge).graph) == set(
        read_stated(wanted.encode(), "a.yaml", knowledge).graph
    )


@pytest.mark.parametrize("gone", ["id: d1, ", "id: b1, ", "id: g1"])
def test_a_thing_without_an_id_keeps_what_belongs_to_it(gone, knowledge):
    text = SMALL.replace(gone, "name_fi: y" if gone == "id: g1" else "")
    assert convert(text.encode(), "a.yaml", "a.xlsx", "en", knowledge).losses == ()


def test_text_that_begins_like_a_formula_stays_text(knowledge):
    text = SMALL.replace("ohjausryhmä", "'=1+1'").replace("verkosto", "'@SUM(A1)'")
    book = openpyxl.load_workbook(io.BytesIO(book_of(text, knowledge)))
    types = {cell.value: cell.data_type for row in book["Bodies"].iter_rows() for cell in row}
    assert types["@SUM(A1)"] == "s"
    assert "f" not in {cell.data_type for page in book for row in page.iter_rows() for cell in row if cell.value}


def test_what_no_cell_can_hold_is_said_and_not_cut(knowledge):
    text = SMALL.replace("ohjausryhmä", "x" * 40_000)
    with pytest.raises(FilingError) as found:
        book_of(text, knowledge)
    assert "longer than a cell can hold" in found.value.messages[0].en


def test_a_statement_that_the_workbook_cannot_hold_is_reported(knowledge):
    made = convert(SMALL.replace("ohjausryhmä", "''").encode(), "a.yaml", "a.xlsx", "en", knowledge)
    assert [text.en for text in made.losses] == ["Left out: b1 hyte:hasName "]


def test_an_independent_reader_finds_headings_lists_and_hidden_sheets(knowledge):
    book = openpyxl.load_workbook(io.BytesIO(book_of(SMALL, knowledge, "sv")))
    assert book.sheetnames[0] == "Anvisning"
    assert [page.title for page in book if page.sheet_state == "hidden"] == ["_codes", "_meta"]
    page = book["Organ"]
    assert page["C1"].value == "namn på finska | nimi suomeksi"
    assert page.row_dimensions[2].hidden
    assert page.freeze_panes == "B3"
    lists = {item.formula1 for item in page.data_validations.dataValidation if item.type == "list"}
    assert lists <= {*book.defined_names}
    assert isinstance(page.cell(3, column(page, "bodies.set_up_on")).value, date)
    assert len(book.sheetnames) == len(sheets()) + 3


@pytest.mark.parametrize(("cell", "wanted"), [("A1", (1, 1)), ("XFD1048576", (1048576, 16384)), ("$B$3", (3, 2))])
def test_the_name_of_a_cell_is_its_row_and_column(cell, wanted):
    assert position(cell) == wanted
