"""A copy of a workbook with comments and fills in some cells and a sheet in front, and with nothing else changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from hyte_graph.errors import FilingError, MissingToolError
from hyte_graph.intake.archives import packed
from hyte_graph.intake.places import Place
from hyte_graph.intake.workbook.heights import height
from hyte_graph.intake.workbook.layout import KEYS_LINE, RESULTS
from hyte_graph.intake.workbook.package import look_over
from hyte_graph.intake.workbook.scan import OWN_AUTHOR
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.reports.plain import printable

_FILLS = {"bad": "FFF8D7DA", "open": "FFFFF4CE", "good": "FFE2F0D9", "idle": "FFEDEDED"}
_PROPERTIES = "docProps/core.xml"  # hold the time of writing, which would make two runs differ
_RULE = f"\n\n— {OWN_AUTHOR} —\n"  # between a comment of somebody else and what is added to it
_PLAIN = {"xl", "docProps", "worksheets", "theme", "comments"}  # folders whose parts a copy has or writes anew
_LONGEST = 2_000  # characters of a comment: a report is the place for more
_WIDTH, _LINE, _TALLEST = 420, 18, 500  # pixels
_ON_A_LINE = 60  # characters


@dataclass(frozen=True, slots=True)
class Note:
    """What a comment says of a cell, and the colour of the cell: "bad" or "open"."""

    place: Place
    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet in front: its texts, the colour of the first, a web address, and the cell it leads to."""

    texts: tuple[str, ...]
    colour: str
    place: Place | None
    link: str = ""
    linked: int = 0  # the text that leads to the web address


@dataclass(frozen=True, slots=True)
class Front:
    """The sheet in front: its name, the lines above the table, the columns with their widths, and the lines."""

    title: str
    above: Sequence[str]
    columns: Sequence[tuple[str, int]]
    lines: Sequence[Line]


def annotate(content: bytes, name: str, notes: Iterable[Note], front: Front) -> tuple[bytes, tuple[Text, ...]]:
    """Return the copy, and one sentence where it lacks something that cannot be carried over.

    Raises:
        FilingError: no workbook that is safe to read.
        MissingToolError: openpyxl is not installed.
    """
    look_over(content, name)
    try:
        import openpyxl
    except ImportError as error:
        raise MissingToolError(say("annotated-tool-missing")) from error
    target = io.BytesIO()
    try:
        book: Any = openpyxl.load_workbook(io.BytesIO(content), rich_text=True)
        _clear(book)
        for note in notes:
            _mark(book[note.place.sheet].cell(note.place.line, note.place.column), note)
        _put_in_front(book, front)
        book.save(target)
    except (AttributeError, LookupError, TypeError, ValueError) as error:  # openpyxl knows less than spreadsheets do
        raise FilingError(say("annotated-failed", name=name)) from error
    return _settled(target.getvalue(), content), _lacking(target.getvalue(), content, name)


def _clear(book: Any) -> None:
    """Take away what an earlier check has written: its sheet, its comments, and the fills that it gave."""
    for page in book.worksheets:
        if any(cell.value == RESULTS for cell in page[KEYS_LINE]):
            book.remove(page)
            continue
        for cell in (cell for row in page.iter_rows() for cell in row if cell.comment):
            kept, rule, _ = cell.comment.text.partition(_RULE)
            if rule:
                cell.comment.text = kept
            elif cell.comment.author == OWN_AUTHOR:
                cell.comment = None
            if cell.comment is None and cell.fill.fgColor.rgb in _FILLS.values():
                cell.fill = _fill(None)


def _fill(colour: str | None) -> Any:
    from openpyxl.styles import PatternFill

    return PatternFill("solid", fgColor=colour) if colour else PatternFill()


def _mark(cell: Any, note: Note) -> None:
    """Comment a cell, and fill it unless it has a fill of its own."""
    from openpyxl.comments import Comment

    text = printable(note.text)
    text = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    lines = sum(1 + len(line) // _ON_A_LINE for line in text.split("\n"))
    tall = min(_TALLEST, _LINE * (lines + 1))
    if cell.comment is None:
        cell.comment = Comment(text, OWN_AUTHOR, tall, _WIDTH)
    else:
        cell.comment.text = f"{cell.comment.text}{_RULE}{text}"
    if cell.fill.fill_type is None:
        cell.fill = _fill(_FILLS[note.colour])


def _put_in_front(book: Any, front: Front) -> None:
    page = book.create_sheet(_free_title(front.title, book.sheetnames), 0)
    last = len(front.columns) + 1
    for row, text in enumerate(front.above, 1):
        _write(page.cell(row, 1), text, bold=row == 1)
    mark = page.cell(KEYS_LINE, last)
    _write(mark, RESULTS)
    page.column_dimensions[mark.column_letter].hidden = True
    top = len(front.above) + 2
    for at, (head, width) in enumerate(front.columns, 1):
        _write(page.cell(top, at), head, bold=True, wrap=True)
        page.column_dimensions[page.cell(top, at).column_letter].width = width
    for row, line in enumerate(front.lines, top + 1):
        _write_line(page, row, line)
        page.row_dimensions[row].height = height(zip(line.texts, (width for _, width in front.columns), strict=False))
    page.freeze_panes = page.cell(top + 1, 1)
    page.auto_filter.ref = f"A{top}:{page.cell(top, last - 1).column_letter}{top + max(1, len(front.lines))}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr.fitToPage, page.page_setup.fitToHeight = True, 0
    page.print_title_rows = f"{top}:{top}"
    book.active = 0
    for other in book.worksheets[1:]:  # two sheets in sight at once would be edited together
        other.sheet_view.tabSelected = False


def _free_title(title: str, taken: Sequence[str]) -> str:
    known = {name.casefold() for name in taken}
    numbered = (f"{title} {number}" for number in range(2, len(taken) + 3))
    return next(name for name in (title, *numbered) if name.casefold() not in known)


def _write_line(page: Any, row: int, line: Line) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    for at, text in enumerate(line.texts, 1):
        _write(page.cell(row, at), text, wrap=True)
    page.cell(row, 1).fill = _fill(_FILLS[line.colour])
    if line.link:
        page.cell(row, line.linked + 1).hyperlink = line.link
    if line.place is not None:
        cell = page.cell(row, len(line.texts) + 1)
        _write(cell, f"{line.place.sheet}!{line.place.cell}")
        sheet = line.place.sheet.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!{line.place.cell}")


def _write(cell: Any, text: str, *, bold: bool = False, wrap: bool = False) -> None:
    """Write text that stays text, whatever it begins with."""
    from openpyxl.styles import Alignment, Font

    cell.value = printable(text)
    cell.data_type = "s"
    cell.font, cell.alignment = Font(bold=bold), Alignment(wrap_text=wrap, vertical="top")


def _settled(made: bytes, before: bytes) -> bytes:
    """Return a workbook with the properties that it had, in an archive without the time of writing."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive, zipfile.ZipFile(io.BytesIO(before)) as old:
        parts = {name: archive.read(name) for name in archive.namelist()}
        if _PROPERTIES in old.namelist():
            parts[_PROPERTIES] = old.read(_PROPERTIES)
    return packed(parts)


def _lacking(made: bytes, before: bytes, name: str) -> tuple[Text, ...]:
    """Return a sentence on the kinds of parts that a workbook has and its copy has not."""
    lost = sorted(_kinds(before) - _kinds(made))
    return (say("annotated-lacks", name=name, parts=", ".join(lost)),) if lost else ()


def _kinds(content: bytes) -> set[str]:
    """Return the kinds of parts of a workbook that hold something besides cells: pictures, charts, threads, macros."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        extended = any(b"<extLst" in archive.read(name) for name in names if name.startswith("xl/worksheets/sheet"))
    folders = {name.split("/")[-2] for name in names if "/" in name and not name.endswith((".rels", ".vml"))}
    return (
        folders - _PLAIN
        | {name.split("/")[-1] for name in names if name.endswith(".bin")}
        | ({"extLst"} if extended else set())
    )
