"""The sheets of a workbook as OpenDocument tables: cells, columns, rows, drop-downs with their notes, named ranges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from hyte_graph.intake.workbook.recorded import Area, Entry, Page, Style
from hyte_graph.intake.workbook.xml_parts import element, paragraphs


class Checks:
    """The drop-downs and notes of all sheets, each declared once."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}  # by what is declared
        self._declared: list[str] = []

    def name(self, options: Mapping[str, Any], page: Page) -> str:
        """Return the name of a check, which is declared when it is asked for the first time."""
        inner = [*_message("table:help-message", options.get("input_message", ""))]
        condition = None
        if options["validate"] == "list":
            condition = f"of:cell-content-is-in-list({str(options['source']).removeprefix('=')})"
            strict = "true" if options.get("show_error") else "false"
            inner.append(element("table:error-message", table__display=strict, table__message_type="stop"))
        key = f"{condition}{inner}"
        if key not in self._names:
            self._names[key] = f"check{len(self._names) + 1}"
            told = {"table__name": self._names[key], "table__condition": condition}
            place = f"{quoted(page.title)}.A1"
            self._declared.append(element("table:content-validation", *inner, **told, table__base_cell_address=place))
        return self._names[key]

    def declared(self) -> str:
        """Return the declarations, which stand before the tables."""
        return element("table:content-validations", *self._declared) if self._declared else ""


def _message(tag: str, text: str) -> Iterator[str]:
    if text:
        yield element(tag, paragraphs(text), table__display="true")


def quoted(title: str) -> str:
    """Return the name of a sheet as addresses hold it."""
    return "$'" + title.replace("'", "''") + "'"


def style_of_cell(style: int) -> str:
    """Return the name of the style of a format."""
    return f"cell{style}"


def style_of_column(width: float) -> str:
    """Return the name of the style of a column."""
    return f"column{width:g}".replace(".", "-")


def style_of_row(height: float) -> str:
    """Return the name of the style of a row."""
    return f"row{height:g}".replace(".", "-")


def table(page: Page, style: str, checks: Checks) -> str:
    """Return a sheet."""
    width = 1 + max((*page.columns, *(column for _, column in page.cells)), default=0)
    lines = list(_lines(page, width, checks))
    rows = (_repeated(line, sum(1 for _ in same)) for line, same in groupby(lines))
    columns = (_column(page, at) for at in range(width))
    return element("table:table", *columns, *rows, table__name=page.title, table__style_name=style)


def _column(page: Page, at: int) -> str:
    width, style, hidden = page.columns.get(at, (None, None, False))
    return element(
        "table:table-column",
        table__style_name=style_of_column(width) if width else None,
        table__default_cell_style_name=style_of_cell(style) if style is not None else None,
        table__visibility="collapse" if hidden else None,
    )


def _lines(page: Page, width: int, checks: Checks) -> Iterator[tuple[str, tuple[float | None, bool]]]:
    """Yield the cells of each row with its height and whether it is hidden; those below are all empty."""
    areas = [(area, checks.name(options, page)) for area, options in page.checks]
    full = {row for row, _ in page.cells}
    empty: dict[tuple[str | None, ...], str] = {}  # by its checks, since most rows are empty
    for row in range(1 + max((*full, *(area[2] for area, _ in areas)), default=0)):
        checked = {column: name for area, name in areas for column in _across(area, row)}
        names = tuple(checked.get(at) for at in range(width))
        if row in full or names not in empty:
            cells = (_cell(page.cells.get((row, at)), names[at], _style(page, at)) for at in range(width))
            line = "".join(cells)
            empty |= {} if row in full else {names: line}
        yield line if row in full else empty[names], page.rows.get(row, (None, False))


def _across(area: Area, row: int) -> range:
    return range(area[1], area[3] + 1) if area[0] <= row <= area[2] else range(0)


def _style(page: Page, column: int) -> Style:
    return page.columns[column][1] if column in page.columns else None


def _repeated(line: tuple[str, tuple[float | None, bool]], times: int) -> str:
    cells, (height, hidden) = line
    return element(
        "table:table-row",
        cells,
        table__style_name=style_of_row(height) if height else None,
        table__visibility="collapse" if hidden else None,
        table__number_rows_repeated=times if times > 1 else None,
    )


def _cell(entry: Entry | None, check: str | None, style: Style) -> str:
    known = entry.style if entry is not None and entry.style is not None else style
    told: dict[str, object] = {"table__content_validation_name": check}
    told["table__style_name"] = style_of_cell(known) if known is not None else None
    if entry is None:
        return element("table:table-cell", **told)
    return element("table:table-cell", _shown(entry), **told, **_value(entry))


def _value(entry: Entry) -> dict[str, object]:
    if isinstance(entry.value, date):
        return {"office__value_type": "date", "office__date_value": entry.value.isoformat()}
    if isinstance(entry.value, int):
        return {"office__value_type": "float", "office__value": entry.value}
    return {"office__value_type": "string"}


def _shown(entry: Entry) -> str:
    if not entry.link:
        return paragraphs(str(entry.value))
    place = entry.link.removeprefix("internal:")
    address = f"#{place.replace('!', '.')}" if place != entry.link else entry.link
    text = paragraphs(str(entry.value)).removeprefix("<text:p>").removesuffix("</text:p>")
    return element("text:p", element("text:a", text, xlink__href=address, xlink__type="simple"))


def names(found: Mapping[str, str]) -> str:
    """Return the named ranges, from formulas such as "='Bodies'!$A$3:$A$503"."""
    return element("table:named-expressions", *(_named(name, formula) for name, formula in found.items()))


def _named(name: str, formula: str) -> str:
    sheet, _, area = formula.removeprefix("=").rpartition("!")
    first, _, last = area.partition(":")
    address = f"${sheet}.{first}"
    return element(
        "table:named-range",
        table__name=name,
        table__base_cell_address=address,
        table__cell_range_address=f"{address}:.{last}" if last else address,
    )
