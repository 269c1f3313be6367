"""A workbook as OpenDocument (ODS, OpenDocument 1.3): the same sheets, drop-downs, notes and hidden keys as in XLSX."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hyte_graph.intake.archives import packed
from hyte_graph.intake.workbook.ods_sheets import Checks, names, style_of_cell, style_of_column, style_of_row, table
from hyte_graph.intake.workbook.recorded import Page, Recorded
from hyte_graph.intake.workbook.xml_parts import element, words

_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = {
    f"xmlns:{name}": f"urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"
    for name, space in (
        ("config", "config"),
        ("fo", "xsl-fo-compatible"),
        ("manifest", "manifest"),
        ("meta", "meta"),
        ("number", "datastyle"),
        ("office", "office"),
        ("style", "style"),
        ("table", "table"),
        ("text", "text"),
    )
} | {
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
    "xmlns:ooo": "http://openoffice.org/2004/office",
    "xmlns:of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
}
_SHEET, _UNSEEN, _DAY, _TEXT = "sheet", "sheet-hidden", "day", "text"  # styles
_HEAD, _VERSION = '<?xml version="1.0" encoding="UTF-8"?>\n', "1.3"
_CM = 0.19  # of a character


def render(book: Recorded) -> bytes:
    """Return a workbook as ODS; the same sheets give the same bytes."""
    parts = {
        "mimetype": _KIND,  # first and not compressed, by OpenDocument 1.3, part 2, 3.3
        "META-INF/manifest.xml": _manifest(),
        "meta.xml": _meta(book),
        "settings.xml": _settings(book),
        "styles.xml": _root("office:document-styles", element("office:styles")),
        "content.xml": _content(book),
    }
    return packed({name: text.encode() for name, text in parts.items()}, stored=["mimetype"])


def _root(name: str, *inner: str) -> str:
    return _HEAD + element(name, *inner, **_SPACES, office__version=_VERSION)


def _manifest() -> str:
    parts = {"/": _KIND, **{f"{name}.xml": "text/xml" for name in ("meta", "settings", "styles", "content")}}
    entries = (
        element("manifest:file-entry", manifest__full_path=path, manifest__media_type=kind)
        for path, kind in parts.items()
    )
    return _HEAD + element("manifest:manifest", *entries, **_SPACES, manifest__version=_VERSION)


def _meta(book: Recorded) -> str:
    told = {"dc:title": "title", "dc:description": "comments", "dc:language": "Language"}
    inner = (element(tag, words(str(book.properties.get(name, "")))) for tag, name in told.items())
    return _root("office:document-meta", element("office:meta", *inner))


def _settings(book: Recorded) -> str:
    """Return which rows and columns of each sheet stay in sight."""
    tables = (element("config:config-item-map-entry", *_view(page), config__name=page.title) for page in book.pages)
    named = element("config:config-item-map-named", *tables, config__name="Tables")
    first = element("config:config-item", "view1", config__name="ViewId", config__type="string")
    view = element("config:config-item-map-entry", first, named)
    views = element("config:config-item-map-indexed", view, config__name="Views")
    inner = element("config:config-item-set", views, config__name="ooo:view-settings")
    return _root("office:document-settings", element("office:settings", inner))


def _view(page: Page) -> Iterator[str]:
    row, column = page.frozen
    frozen = {"HorizontalSplitMode": 2 * bool(column), "HorizontalSplitPosition": column, "PositionRight": column}
    frozen |= {"VerticalSplitMode": 2 * bool(row), "VerticalSplitPosition": row, "PositionBottom": row}
    frozen["ActiveSplitRange"] = 2 * bool(row) + bool(column)
    for name, value in frozen.items():
        kind = "short" if name.endswith(("Mode", "Range")) else "int"
        yield element("config:config-item", str(value), config__name=name, config__type=kind)


def _content(book: Recorded) -> str:
    checks = Checks()
    tables = [table(page, _UNSEEN if page.is_hidden else _SHEET, checks) for page in book.pages]
    spreadsheet = element("office:spreadsheet", checks.declared(), *tables, names(book.names))
    body = element("office:body", spreadsheet)
    return _root("office:document-content", element("office:automatic-styles", *_styles(book)), body)


def _styles(book: Recorded) -> Iterator[str]:
    """Yield the styles of tables, columns, rows and cells."""
    for name, shown in ((_SHEET, "true"), (_UNSEEN, "false")):
        yield _style(name, "table", element("style:table-properties", table__display=shown))
    for width in sorted({width for page in book.pages for width, _, _ in page.columns.values() if width}):
        properties = element("style:table-column-properties", style__column_width=f"{width * _CM:.2f}cm")
        yield _style(style_of_column(width), "table-column", properties)
    for height in sorted({height for page in book.pages for height, _ in page.rows.values() if height}):
        properties = element("style:table-row-properties", style__row_height=f"{height:.2f}pt")
        yield _style(style_of_row(height), "table-row", properties)
    day = ("year", "month", "day")
    parts = (element(f"number:{part}", number__style="long") for part in day)
    yield element("number:date-style", element("number:text", "-").join(parts), style__name=_DAY)
    yield element("number:text-style", element("number:text-content"), style__name=_TEXT)
    for at, values in enumerate(book.formats):
        yield _cell_style(at, values)


def _style(name: str, family: str, *inner: str, **attributes: object) -> str:
    return element("style:style", *inner, style__name=name, style__family=family, **attributes)


def _cell_style(at: int, values: Mapping[str, Any]) -> str:
    """Return the style of a format of xlsxwriter."""
    cell = element(
        "style:table-cell-properties",
        fo__background_color=values.get("bg_color"),
        fo__border_bottom="0.06pt solid #000000" if values.get("bottom") else None,
        fo__wrap_option="wrap" if values.get("text_wrap") else None,
        style__vertical_align="top" if values.get("valign") else None,
    )
    letters = element(
        "style:text-properties",
        fo__color=values.get("font_color"),
        fo__font_size=f"{values['font_size']}pt" if "font_size" in values else None,
        fo__font_style="italic" if values.get("italic") else None,
        fo__font_weight="bold" if values.get("bold") else None,
        style__text_underline_style="solid" if values.get("underline") else None,
    )
    side = element("style:paragraph-properties", fo__text_align="start") if values.get("align") else ""
    data = {"@": _TEXT, "yyyy-mm-dd": _DAY}.get(values.get("num_format", ""))
    return _style(style_of_cell(at), "table-cell", cell, side, letters, style__data_style_name=data)
