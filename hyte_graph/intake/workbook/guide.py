"""The first sheet: how to fill the workbook in, and where what is."""

from __future__ import annotations

from datetime import date

from hyte_graph.intake.workbook.book import A4, Book
from hyte_graph.intake.workbook.heights import height
from hyte_graph.intake.workbook.layout import GUIDE, KEYS_LINE, sheets
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import say

LINES = (
    "workbook-guide-what",
    "workbook-guide-empty",
    "workbook-guide-no",
    "workbook-guide-not-known",
    "workbook-guide-answers",
    "workbook-guide-complete",
    "workbook-guide-sources",
    "workbook-guide-ids",
    "workbook-guide-dates",
    "workbook-guide-several",
    "workbook-guide-columns",
    "workbook-guide-formulas",
    "workbook-guide-persons",
    "workbook-guide-check",
)
_OF_CSV = ("workbook-guide-csv",)
_WIDTH = 72  # characters
_TITLE = 50  # characters of the title on a line


def write_guide(book: Book, title: Text, on: date | None) -> None:
    """Write the explaining sheet in the language of the workbook, then in the other one of the country."""
    page = book.made.add_worksheet(say("workbook-guide-title").within(book.language))
    page.write_string(KEYS_LINE - 1, 1, GUIDE)
    page.set_column(1, 1, None, None, {"hidden": True})
    page.set_column(0, 0, _WIDTH, book.formats["prose"])
    page.write_string(0, 0, title.within(book.language), book.formats["title"])
    page.set_row(0, 2 * height([(title.within(book.language), _TITLE)]))
    row = 1
    if on is not None:
        page.write_string(row, 0, say("workbook-guide-day", day=on).within(book.language), book.formats["prose"])
        row += 1
    for language in _languages(book.language):
        for key in (*LINES, *(_OF_CSV if book.suffix == ".zip" else ())):
            text = say(key, file=_file(book.suffix)).within(language)
            page.write_string(row, 0, text, book.formats["prose"])
            page.set_row(row, height([(text, _WIDTH)]))
            row += 1
        row += 1
    page.write_string(row, 0, say("workbook-guide-sheets").within(book.language), book.formats["head"])
    for at, sheet in enumerate(sheets(), row + 1):
        name = sheet.title.within(book.language)
        page.write_url(at, 0, f"internal:'{name}'!A1", book.formats["link"], name)
    page.set_paper(A4)
    page.fit_to_pages(1, 0)


def _file(suffix: str) -> Text:
    return say("workbook-folder") if suffix == ".zip" else say("workbook-file", suffix=suffix)


def _languages(language: str) -> tuple[str, ...]:
    """Return the languages of the guide: both of the country where one of them was asked for."""
    return (language, *(other for other in LANGUAGES[:2] if other != language)) if language != "en" else ("en",)
