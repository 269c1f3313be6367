"""The records of all sheets put together into one tree, with one sentence for each cell that cannot be taken."""

from __future__ import annotations

from datetime import date
from typing import Any
from unicodedata import is_normalized, normalize

from hyte_graph.intake.form import Key
from hyte_graph.intake.places import Place
from hyte_graph.intake.tree import Path
from hyte_graph.intake.workbook.cells import FIRST_YEAR, Raw, Speech, text_of
from hyte_graph.intake.workbook.layout import OF, ORGANISATION, Sheet, codes, sheets, top_keys
from hyte_graph.intake.workbook.table import Cell, Fault, Table
from hyte_graph.intake.workbook.words import near_code
from hyte_graph.languages import Text
from hyte_graph.messages import nearest, say
from hyte_graph.store.knowledge import Knowledge

PREPARED = {"answers": {"norm"}, "completeness": {"subject", "year", "term"}}
"""What the template fills in beforehand: a row with nothing else says nothing."""

_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
_FORM = {sheet.name: sheet for sheet in sheets()}


class Gathering:
    """A tree that grows sheet by sheet: `value` and `cells` as in `Tree`, and `composed`, the cells not in NFC."""

    def __init__(self, knowledge: Knowledge, name: str) -> None:
        self.value: dict[str, Any] = {}
        self.cells: dict[Path, Place] = {}
        self.composed: list[Place] = []
        self._faults: dict[Place, Text] = {}
        self._nested: list[Table] = []
        self._speech: dict[tuple[str, str], Speech] = {}
        self._knowledge = knowledge
        self._name = name

    def take(self, table: Table) -> None:
        """Add what a sheet holds; what belongs to things of another sheet waits until all are there."""
        if table.part in self.value:
            self._fault(table.place(1, 1), "workbook-sheet-twice")
        elif table.part == ORGANISATION:
            self._take_organisation(table)
        elif "." in table.part:
            self._nested.append(table)
        elif table.part:
            self.value[table.part] = []
            for record in table.records():
                self._add((table.part,), self.value[table.part], *self._item(record, _FORM[table.part]))
        elif any(text_of(raw).strip() for row in table.rows for raw in row):
            self._fault(table.place(1, 1), "workbook-sheet-unknown")

    def finish(self) -> list[Fault]:
        """Add what waited and return the faults of all sheets."""
        for table in self._nested:
            part, _, word = table.part.partition(".")
            for record in table.records():
                values, places = self._item(record, _FORM[table.part])
                self._put(part, word, values, places, record[0].place)
        return list(self._faults.items())

    def _put(self, part: str, word: str, values: dict[str, Any], places: dict[str, Place], place: Place) -> None:
        """Add an item to the thing that it names as its owner."""
        owner = values.pop(OF, None)
        at = next((at for at, item in enumerate(self.value.get(part, [])) if owner and item.get("id") == owner), None)
        if at is None:
            self._fault(places.get(OF, place), "workbook-owner-unknown", value=owner or "", owners=_FORM[part].title)
            return
        items = self.value[part][at].setdefault(word, [])
        self._add((part, at, word), items, values, places)

    def _fault(self, place: Place, sentence: str, /, **values: object) -> None:
        self._faults.setdefault(place, say(sentence, where=place.within(self._name), **values))

    def _take_organisation(self, table: Table) -> None:
        self.value[ORGANISATION] = {}
        self.cells[(ORGANISATION,)] = table.place(1, 1)
        for record in table.records():
            values, places = self._item(record, _FORM[ORGANISATION])
            for word, inner in values.items():
                path: Path = (word,) if word in top_keys() else (ORGANISATION, word)
                (self.value if word in top_keys() else self.value[ORGANISATION])[word] = inner
                self.cells[path] = places[word]

    def _add(self, path: Path, items: list[Any], values: dict[str, Any], places: dict[str, Place]) -> None:
        """Add an item unless only the template speaks in it."""
        if set(values) <= PREPARED.get(str(path[0]), set()):
            return
        at = (*path, len(items))
        items.append(values)
        self.cells[at] = min(places.values())
        self.cells |= {(*at, word): place for word, place in places.items()}

    def _item(self, record: list[Cell], sheet: Sheet) -> tuple[dict[str, Any], dict[str, Place]]:
        """Return the values of a record by key, and the first cell of each."""
        found: dict[str, list[str]] = {}
        places: dict[str, Place] = {}
        for cell in record:
            word = self._word(cell, sheet)
            values = self._told(cell, word, sheet) if word else []
            if values:
                found.setdefault(word, []).extend(values)
                places.setdefault(word, cell.place)
        return {word: values[0] if len(values) == 1 else values for word, values in found.items()}, places

    def _word(self, cell: Cell, sheet: Sheet) -> str:
        """Return the key that a cell stands under; "" where it is only for people or has no known key."""
        word = cell.key.removeprefix(f"{sheet.name}.").removesuffix("[]")
        is_own = cell.key.startswith(f"{sheet.name}.") or (sheet.name == ORGANISATION and word in top_keys())
        if is_own and (word == OF or word in sheet.keys):
            return word
        if is_own and word.startswith("@"):
            return ""
        key = "workbook-column-strange" if cell.key else "workbook-column-bare"
        self._fault(cell.place, key, **({"key": cell.key, "nearest": nearest(word, sheet.keys)} if cell.key else {}))
        return ""

    def _told(self, cell: Cell, word: str, sheet: Sheet) -> list[str]:
        if text_of(cell.raw).strip() in _ERRORS:
            self._fault(cell.place, "workbook-error")
            return []
        if isinstance(cell.raw, date) and cell.raw.year < FIRST_YEAR:
            self._fault(cell.place, "workbook-old-day", value=text_of(cell.raw))
            return []
        raw = self._as_one(cell)
        if word == OF:
            return [text_of(raw).strip()]
        speech = self._speech_of(sheet, sheet.keys[word])
        values = speech.told(raw, several=cell.key.endswith("[]"))
        return [value for value in values if self._is_known(value, speech, cell)]

    def _as_one(self, cell: Cell) -> Raw:
        """Return what a cell holds, letters that are made of parts as one."""
        if not isinstance(cell.raw, str) or is_normalized("NFC", cell.raw):
            return cell.raw
        self.composed.append(cell.place)
        return normalize("NFC", cell.raw)

    def _speech_of(self, sheet: Sheet, key: Key) -> Speech:
        name = (sheet.name, key.name)
        if name not in self._speech:
            self._speech[name] = Speech(key, codes(sheet, key), self._knowledge, "en")
        return self._speech[name]

    def _is_known(self, value: str, speech: Speech, cell: Cell) -> bool:
        if speech.codes and value not in speech.codes:
            self._fault(
                cell.place, "workbook-code", value=value, nearest=near_code(value, speech.codes, self._knowledge)
            )
            return False
        if speech.key.holds == "boolean" and value not in ("true", "false"):
            self._fault(cell.place, "workbook-boolean", value=value)
            return False
        return True
