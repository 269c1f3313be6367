"""A workbook as the tree that YAML of the same content gives, with the cell of each value."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hyte_graph.errors import FilingError
from hyte_graph.intake.blaming import blaming_the_file
from hyte_graph.intake.places import Place, PlacedError
from hyte_graph.intake.tree import Tree
from hyte_graph.intake.workbook.cells import Raw, text_of
from hyte_graph.intake.workbook.csv_tables import SUFFIX, read_tables
from hyte_graph.intake.workbook.gather import Gathering
from hyte_graph.intake.workbook.layout import CODES, GUIDE, META, TEMPLATE_VERSION, sheets
from hyte_graph.intake.workbook.notices import notices
from hyte_graph.intake.workbook.package import look_over
from hyte_graph.intake.workbook.scan import Looked
from hyte_graph.intake.workbook.table import Fault, Table
from hyte_graph.intake.workbook.words import bare
from hyte_graph.messages import say
from hyte_graph.store.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Meta:
    """What the hidden sheet of a workbook says of it; `titles` names the sheet of each part."""

    values: dict[str, str]
    titles: dict[str, str]


def read_workbook(content: bytes, name: str, knowledge: Knowledge) -> Tree:
    """Return the tree of a workbook made by `hyte template` or `hyte convert`, as .xlsx, .ods or CSV files.

    Raises:
        FilingError: no such workbook, or cells that cannot be taken as they stand, with one sentence for each.
    """
    rows, looked = _sheets(content, name)
    meta = _meta(rows.get(META, []) or rows.get(META + SUFFIX, []), name)
    every = _tables(rows, name)
    tables = [table for table in every if table.part != GUIDE]
    odd = [fault for table in tables for fault in _odd(table, looked)]
    gathering = Gathering(knowledge, name)
    for table in tables:
        gathering.take(table)
    faults = dict((*gathering.finish(), *odd, *_lacking(tables, meta, name)))
    if faults:
        raise PlacedError(*((place, faults[place]) for place in sorted(faults)))
    composed = (say("text-composed", where=place.within(name)) for place in sorted(gathering.composed))
    return Tree(name, gathering.value, {}, gathering.cells, (*notices(every, looked, name), *composed))


def _sheets(content: bytes, name: str) -> tuple[dict[str, list[list[Raw]]], Looked]:
    """Return the rows of each sheet, and what was found when the file was looked over."""
    if is_csv(name):
        return read_tables(content, name)
    looked = look_over(content, name)
    return _rows(content, name), looked


def _tables(rows: Mapping[str, list[list[Raw]]], name: str) -> list[Table]:
    """Return the sheets but for those that only machines read."""
    machines = {META, META + SUFFIX, CODES, CODES + SUFFIX}
    return [Table(name, at, title, rows[title]) for at, title in enumerate((*rows,), 1) if title not in machines]


def answer_cells(content: bytes, name: str) -> dict[str, Place]:
    """Return the cell for the answer of each norm that a workbook has a row for."""
    found: dict[str, Place] = {}
    for table in _tables(_sheets(content, name)[0], name):
        columns = {key: at for at, key in table.keys.items()}
        answer = columns.get("answers.answer", 0) + 1
        for cell in (cell for record in table.records() for cell in record if cell.key == "answers.norm"):
            found.setdefault(bare(text_of(cell.raw)), table.place(cell.place.line, answer))
    return found


def is_csv(name: str) -> bool:
    """Return whether a name is that of an archive or a folder of CSV files."""
    return name.lower().endswith((".zip", "/"))


def _rows(content: bytes, name: str) -> dict[str, list[list[Raw]]]:
    """Return the rows of each sheet from its first cell on."""
    import python_calamine

    with (
        blaming_the_file(lambda _: say("workbook-not-one", name=name), MemoryError),
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book,
    ):
        return {title: book.get_sheet_by_name(title).to_python(skip_empty_area=False) for title in book.sheet_names}


def _meta(rows: list[list[Raw]], name: str) -> Meta:
    values = {text_of(row[0]): text_of(row[1]) for row in rows if len(row) > 1}
    if "template-version" not in values:
        raise FilingError(say("workbook-no-template", name=name))
    if values["template-version"] != TEMPLATE_VERSION:
        where = say("place-cell", name=name, sheet=META, cell="B1")
        raise FilingError(
            say("workbook-version", where=where, version=values["template-version"], known=TEMPLATE_VERSION)
        )
    prefix = "sheet "
    titles = {key.removeprefix(prefix): title for key, title in values.items() if key.startswith(prefix)}
    return Meta(values, titles)


def _lacking(tables: list[Table], meta: Meta, name: str) -> Iterator[Fault]:
    """Yield one fault for each part of the form that has no sheet."""
    there = {table.part for table in tables}
    for at, sheet in enumerate(sheets()):
        if sheet.name not in there:
            title = meta.titles.get(sheet.name, sheet.name)
            where = say("place-sheet", name=name, sheet=title)
            yield Place(0, at), say("workbook-sheet-lacking", where=where, parts=sheet.title)


def _odd(table: Table, looked: Looked) -> Iterator[Fault]:
    """Yield one fault for each cell of a sheet that is no plain value."""
    kinds = {"workbook-formula": looked.formulas, "workbook-merged": looked.merged, "workbook-error": looked.errors}
    for key, places in kinds.items():
        for row, column in sorted(places.get(table.title, ())):
            place = table.place(row, column)
            yield place, say(key, where=place.within(table.name))
