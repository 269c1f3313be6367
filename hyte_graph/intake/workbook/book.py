"""The workbook that is being written: its formats, and how one value gets into one cell."""

from __future__ import annotations

import datetime
from typing import Any

from hyte_graph.intake.form import Key
from hyte_graph.intake.workbook.cells import Shown, Speech
from hyte_graph.intake.workbook.layout import Sheet, codes
from hyte_graph.languages import Text
from hyte_graph.store.knowledge import Knowledge

A4 = 9  # the number of the paper size
LONGEST = 32_767  # characters that a cell holds
_TEXT = {"num_format": "@", "text_wrap": True, "valign": "top"}
_FORMATS: dict[str, dict[str, object]] = {
    "text": _TEXT,
    "day": {**_TEXT, "num_format": "yyyy-mm-dd", "align": "left"},
    "number": {**_TEXT, "num_format": "0", "align": "left"},
    "info": {**_TEXT, "font_color": "#595959", "italic": True},
    "link": {**_TEXT, "font_color": "#0B4F8A", "underline": 1},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCE6F1", "bottom": 1},
    "title": {"bold": True, "font_size": 16, "text_wrap": True},
    "prose": {"text_wrap": True, "valign": "top"},
}


class Book:
    """A workbook in the making, with the language of what people read in it."""

    def __init__(self, made: Any, knowledge: Knowledge, language: str, suffix: str) -> None:
        self.made = made
        self.suffix = suffix
        self.knowledge = knowledge
        self.language = language
        self.formats = {name: made.add_format(values) for name, values in _FORMATS.items()}
        self.titles: dict[str, str] = {}
        self.lists: dict[str, list[str]] = {}  # the entries of each drop-down, by the name of its range
        self.too_long: list[str] = []

    def add(self, part: str, title: Text) -> Any:
        """Return a new sheet for a part."""
        self.titles[part] = title.within(self.language)
        return self.made.add_worksheet(self.titles[part])

    def speech(self, sheet: Sheet, key: Key) -> Speech:
        """Return how the values of a key are spoken."""
        return Speech(key, codes(sheet, key), self.knowledge, self.language)

    def both(self, text: Text) -> str:
        """Return a text in Finnish and Swedish, the language of the workbook first; in English alone for English."""
        if self.language == "en":
            return text.en
        words = (text.fi, text.sv) if self.language == "fi" else (text.sv, text.fi)
        return " | ".join(dict.fromkeys(words))

    def write(self, page: Any, row: int, column: int, value: Shown, style: str = "text") -> None:
        """Write a value as what it is; text is always text, whatever it begins with."""
        if isinstance(value, datetime.date):
            page.write_datetime(row, column, datetime.datetime.combine(value, datetime.time()), self.formats["day"])
        elif isinstance(value, int):
            page.write_number(row, column, value, self.formats["number"])
        elif len(value) > LONGEST:
            self.too_long.append(f"{page.get_name()}!{row + 1}:{column + 1}")
        else:
            page.write_string(row, column, value, self.formats[style])
