"""YAML, JSON, CSV and workbooks that strangers hand in: nothing is guessed, nothing is lost, nothing swells."""

from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import datetime

import openpyxl
import pytest

from hyte_graph.errors import LimitError
from hyte_graph.intake.convert import convert
from hyte_graph.intake.workbook.csv_tables import guarded
from hyte_graph.reports.rows_book import write_text
from hyte_graph.store.terms import HYTE
from tests.conftest import ROOT
from tests.intake.test_workbook import SMALL, book_of, changed, put, zipped
from tests.threats.filings import JSON, YAML, codes_of, read

threat = pytest.mark.threat
REFUSED_WITHIN = 10.0  # seconds of the processor

BOMB = "".join(f"a{at}: &a{at} [{', '.join([f'*a{at - 1}' if at else 'x'] * 9)}]\n" for at in range(9))
MERGES = "".join(f"m{at}: &m{at} {{<<: [{', '.join([f'*m{at - 1}'] * 9)}]}}\n" for at in range(1, 8))


@pytest.fixture(scope="module")
def small(knowledge) -> bytes:
    return book_of(SMALL, knowledge)


@pytest.fixture(scope="module")
def tables(knowledge) -> dict[str, bytes]:
    content = convert(SMALL.encode(), "a.yaml", "a.zip", "en", knowledge).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        pytest.param("a.yaml", "!!python/object/apply:os.system ['true']", "tag-not-allowed", marks=threat("C1")),
        pytest.param("a.yaml", "a: !!binary aGk=", "tag-not-allowed", marks=threat("C1")),
        pytest.param("a.yaml", BOMB, "alias-not-allowed", marks=threat("C2")),
        pytest.param("a.yaml", f"m0: &m0 {{a: 1}}\n{MERGES}", "alias-not-allowed", marks=threat("C3")),
        pytest.param("a.yaml", YAML + "bodies:\n- {<<: {id: b1}, kind: committee}", "unknown-key", marks=threat("C3")),
        pytest.param("a.yaml", "&a [*a]", "alias-not-allowed", marks=threat("C4")),
        pytest.param("a.yaml", "[" * 100_000, "too-deep", marks=threat("C5")),
        pytest.param("a.yaml", "\n".join("  " * at + "-" for at in range(2000)), "too-deep", marks=threat("C5")),
        pytest.param("a.yaml", "- " * 100_000, "too-deep", marks=threat("C5")),
        pytest.param("a.yaml", YAML + "bodies: []\nbodies: []\n", "duplicate-key", marks=threat("C6")),
        pytest.param("a.yaml", YAML + "reference_date: 2023-02-29\n", "bad-lexical-form", marks=threat("C8")),
        pytest.param("a.yaml", YAML + "reference_date: 12:30\n", "bad-lexical-form", marks=threat("C8")),
        pytest.param(
            "a.yaml", YAML + "bodies: [{kind: committee, permanent: no}]\n", "bad-lexical-form", marks=threat("C8")
        ),
        pytest.param("a.yaml", "- a\n" * 2_500_000, "too-many-statements", marks=threat("C9")),
        pytest.param("a.yaml", "a: " + "x" * 10_600_000, "too-large", marks=threat("C9")),
        *(
            pytest.param(name, b"anything", "unsupported-spreadsheet", marks=threat("C19"))
            for name in ("a.xls", "a.xlsm", "a.xlsb", "a.docx", "a.fods")
        ),
        pytest.param(
            "a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported-spreadsheet", marks=threat("C19")
        ),
    ],
)
def test_hostile_text_is_refused_with_its_code(name, content, code, canary, knowledge):
    begun = time.process_time()
    assert code in codes_of(content, name, knowledge)
    assert time.process_time() - begun < REFUSED_WITHIN


@threat("C1")
def test_no_other_loader_of_yaml_stands_in_our_code():
    for path in [*(ROOT / "hyte_graph").rglob("*.py"), *(ROOT / "web").rglob("*.py")]:
        used = set(re.findall(r"yaml\.(\w*load\w*)\b", path.read_text(encoding="utf-8")))
        assert used <= ({"safe_load"} if path.name == "agreement.py" else set()), path  # a file of the project itself


@threat("C7", "C8")
@pytest.mark.parametrize("form", ["yaml", "json"])
def test_every_code_with_a_leading_zero_and_every_word_that_looks_like_a_value_stays_as_written(form, knowledge):
    words = [f"{number:03}" for number in range(100)] + ["no", "on", "12:30", "1_000", "=", "0x10", "1e3", "1.0", "~x"]
    if form == "yaml":
        text = YAML.replace("municipality}", f"municipality, municipalities: [{', '.join(words)}]}}")
    else:
        text = JSON % f', "municipalities": [{", ".join(f"{chr(34)}{word}{chr(34)}" for word in words)}]'
    graph = read(text, f"a.{form}", knowledge).graph
    assert {str(value) for value in graph.objects(None, HYTE.hasMunicipalityName)} == set(words)


def archive_of(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


@threat("C10")
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("ohjausryhmä", "x" * 200_000, "bad-syntax"),
        ("ohjausryhmä", '"ohjausryhmä', "bad-syntax"),
        ("ohjausryhmä", "ohjaus\0ryhmä", "bad-syntax"),
        ("bodies.kind", "bodies.id", "wrong-structure"),
        ("bodies.kind", "bodies.unknown", "unknown-column"),
        ("b1;steering group · steering_group", "b1;1,5", "unknown-code"),
    ],
)
def test_a_spoiled_table_is_refused_with_its_row(old, new, code, tables, knowledge):
    text = tables["Bodies.csv"].decode()
    assert old in text
    content = archive_of({**tables, "Bodies.csv": text.replace(old, new, 1).encode()})
    assert code in codes_of(content, "a.zip", knowledge)


@threat("C10")
def test_windows_text_is_refused_and_a_ragged_row_loses_nothing(tables, knowledge):
    text = tables["Bodies.csv"].decode("utf-8-sig")
    assert codes_of(archive_of({**tables, "Bodies.csv": text.encode("cp1252")}), "a.zip", knowledge) == {"not-utf8"}
    longer = text.replace("verkosto", "verkosto" + ";" * 60 + "kept", 1)
    assert codes_of(archive_of({**tables, "Bodies.csv": longer.encode()}), "a.zip", knowledge) == {"unknown-column"}
    shorter = re.sub(r";+\r\n", "\r\n", text)
    assert shorter != text
    graph = read(archive_of({**tables, "Bodies.csv": shorter.encode()}), "a.zip", knowledge).graph
    assert set(graph) == set(read(archive_of(tables), "a.zip", knowledge).graph)


@threat("C11")
def test_an_archive_that_swells_is_refused_by_what_it_says(small, knowledge):
    begun = time.process_time()
    bomb = zipped(small, "xl/worksheets/sheet3.xml", b"<a>" + b" " * 60_000_000)
    made = time.process_time()
    assert codes_of(bomb, "a.xlsx", knowledge) == {"archive-too-large"}
    assert time.process_time() - made < max(1.0, made - begun)


@threat("C12")
def test_a_part_that_is_larger_than_it_says_is_refused(small, knowledge):
    lying = bytearray(zipped(small, "xl/styles.xml", b"<a>" + b" " * 100_000 + b"</a>"))
    entry = lying.rindex(b"xl/styles.xml") - 46  # of the central directory; the size unpacked stands at 24
    lying[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    assert codes_of(bytes(lying), "a.xlsx", knowledge) == {"bad-archive"}


@threat("C12")
@pytest.mark.parametrize("part", ["", "/", "//", "a/", "a.csv\0b"])
def test_a_part_with_an_odd_name_or_none_is_refused_in_one_sentence(part, knowledge):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(zipfile.ZipInfo(part), b"x")
    assert codes_of(target.getvalue(), "a.zip", knowledge)


@threat("C13", "C15", "C16", "C17", "C20")
@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        pytest.param("bodies.name_fi", "=1+1", "formula", id="C15"),
        pytest.param("bodies.name_fi", "#REF!", "calculation-error", id="C16-reference"),
        pytest.param("bodies.name_fi", "#N/A", "calculation-error", id="C16-nothing"),
        pytest.param("bodies.set_up_on", 10**8, "bad-lexical-form", id="C17-far"),
        pytest.param("bodies.set_up_on", datetime(1900, 2, 28), "bad-lexical-form", id="C17-1900"),
        pytest.param("bodies.set_up_on", "1.2.2023", "bad-lexical-form", id="C17-text"),
    ],
)
def test_a_cell_that_is_no_plain_value_is_refused(key, value, code, small, knowledge):
    assert codes_of(changed(small, put("Bodies", key, 3, value)), "a.xlsx", knowledge) == {code}


@threat("C13")
def test_a_cell_in_the_last_corner_is_refused_at_once(small, knowledge):
    def change(book: openpyxl.Workbook) -> None:
        book["Bodies"]["XFD1048576"].value = "x"

    content = changed(small, change)
    begun = time.process_time()
    assert codes_of(content, "a.xlsx", knowledge) == {"too-many-cells"}
    assert time.process_time() - begun < REFUSED_WITHIN


@threat("C14")
def test_entities_in_any_part_are_refused_and_openpyxl_is_armed(small, knowledge):
    text = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>'
    for part in ("xl/worksheets/sheet3.xml", "xl/sharedStrings.xml", "docProps/core.xml"):
        assert codes_of(zipped(small, part, text), "a.xlsx", knowledge) == {"dtd-not-allowed"}
    assert openpyxl.DEFUSEDXML


@threat("C17")
def test_a_number_is_no_day_unless_the_cell_says_so(small, knowledge):
    def change(book: openpyxl.Workbook) -> None:
        put("Bodies", "bodies.set_up_on", 3, 45000)(book)
        next(cell for cell in book["Bodies"][3] if cell.value == 45000).number_format = "0"

    assert codes_of(changed(small, change), "a.xlsx", knowledge) == {"bad-lexical-form"}


@threat("C17")
def test_a_workbook_that_counts_from_1904_says_so(small, knowledge):
    def shift(book: openpyxl.Workbook) -> None:
        book.epoch = datetime(1904, 1, 1)

    found = read(changed(small, shift), "a.xlsx", knowledge)
    assert any("count from 1904" in notice.en for notice in found.notices)
    assert not any("1904" in notice.en for notice in read(small, "a.xlsx", knowledge).notices)


@threat("C18")
def test_the_cells_of_a_template_are_text_so_that_zeros_stay(small, knowledge):
    page = openpyxl.load_workbook(io.BytesIO(small))["Bodies"]
    keys = {cell.value: cell.column for cell in page[2] if cell.value}
    plain = [key for key in keys if key in ("bodies.id", "bodies.name_fi", "bodies.sources[]")]
    assert {page.cell(3, keys[key]).number_format for key in plain} == {"@"}
    renamed = SMALL.replace("b1", "016")
    assert codes_of(changed(book_of(renamed, knowledge), put("Bodies", "bodies.id", 4, "016")), "a.xlsx", knowledge)


@threat("C19")
def test_a_workbook_with_macros_is_refused_under_any_name(small, knowledge):
    target = io.BytesIO(small)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert codes_of(target.getvalue(), "a.xlsx", knowledge) == {"unsupported-spreadsheet"}
    document = archive_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})
    assert codes_of(document, "a.xlsx", knowledge) == {"unsupported-spreadsheet"}


@threat("C20")
def test_what_is_hidden_is_announced_and_merged_cells_are_refused(small, knowledge):
    def hide(book: openpyxl.Workbook) -> None:
        book["Bodies"].row_dimensions[3].hidden = True
        book["Documents"].sheet_state = "hidden"

    told = " ".join(notice.en for notice in read(changed(small, hide), "a.xlsx", knowledge).notices)
    assert "Bodies" in told
    assert "Documents" in told
    merged = changed(small, lambda book: book["Bodies"].merge_cells("C3:D3"))
    assert codes_of(merged, "a.xlsx", knowledge) == {"merged-cells"}


@threat("C21")
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=x", "''=x"])
def test_text_like_a_formula_comes_back_as_it_was_and_is_never_one(text, knowledge):
    assert guarded(text) == "'" + text
    source = SMALL.replace("ohjausryhmä", '"' + text.replace("\t", "\\t").replace("\r", "\\r") + '"')
    for suffix in (".zip", ".xlsx"):
        made = convert(source.encode(), "a.yaml", f"a{suffix}", "en", knowledge)
        graph = read(made.content, f"a{suffix}", knowledge).graph
        names = {str(name) for name in graph.objects(None, HYTE.hasName)}
        assert any(name.replace("_x000D_", "\r").replace("\n", "\r") == text for name in names), (suffix, names)


@threat("C22")
def test_a_text_that_no_cell_can_hold_is_refused_and_not_cut():
    class Sheet:
        written: tuple = ()

        def write_string(self, *cell: object) -> None:
            self.written = cell

    sheet = Sheet()
    write_text(sheet, 0, 0, "x" * 32_767)
    assert len(sheet.written[2]) == 32_767
    with pytest.raises(LimitError) as caught:
        write_text(sheet, 4, 1, "x" * 40_000)
    assert caught.value.message.code == "cell-too-long"
    assert "B5" in caught.value.message.en
