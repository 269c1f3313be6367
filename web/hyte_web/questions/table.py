"""Rows as a table for readers: things by their labels with links, texts in their language, days as days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pyoxigraph import Literal, NamedNode

from hyte_graph.store.answers import Rows, Term, shown
from hyte_graph.vocabulary import FOREIGN
from hyte_web.page import Item, Page

SIZE: Final = 1_000
"""Rows of one page."""

_XSD: Final = FOREIGN["xsd"]
_NUMBERS: Final = {_XSD + name for name in ("integer", "decimal", "double", "nonNegativeInteger", "int", "long")}
_LABEL: Final = "Label"


@dataclass(frozen=True, slots=True)
class Table:
    """One page of rows: the names of its columns, its cells, and where it is among the pages."""

    columns: tuple[str, ...]
    rows: list[list[Item | None]]
    total: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        """Return the number of the first row."""
        return (self.page - 1) * SIZE + 1


def table(page: Page, found: Rows, number: int) -> Table:
    """Return a page of rows, the nearest one where there is no such page.

    A column of labels, such as `normLabel`, becomes the words of the links in the column that it names.
    """
    pages = max(1, -(-len(found) // SIZE))
    number = min(max(number, 1), pages)
    names = [name for name in found.variables if name.removesuffix(_LABEL) not in _others(found.variables, name)]
    shown_rows = found.rows[(number - 1) * SIZE : number * SIZE]
    return Table(
        tuple(names), [_row(page, found.variables, row, names) for row in shown_rows], len(found), number, pages
    )


def _others(names: Iterable[str], name: str) -> set[str]:
    return set(names) - {name}


def _row(page: Page, variables: tuple[str, ...], row: tuple[Term | None, ...], names: list[str]) -> list[Item | None]:
    values = dict(zip(variables, row, strict=True))
    return [_cell(page, values[name], values.get(name + _LABEL)) for name in names]


def _cell(page: Page, term: Term | None, label: Term | None) -> Item | None:
    if term is None:
        return None if label is None else _cell(page, label, None)
    if isinstance(term, NamedNode):
        item = page.ref(term.value)
        if isinstance(label, Literal):
            return replace(item, value=label.value, language=label.language or "")
        return item
    return _literal(page, term) if isinstance(term, Literal) else Item(shown(term))


def _literal(page: Page, term: Literal) -> Item:
    kind = term.datatype.value
    if term.language:
        return Item(term.value, term.language)
    if kind == f"{_XSD}boolean":
        return Item(page.say("questions-yes" if term.value in ("true", "1") else "questions-no"), page.language)
    if kind == f"{_XSD}date":
        return _day(page, term.value)
    if term.value.startswith(("https://", "http://")):
        return page.external(term.value)
    return Item(term.value)


def _day(page: Page, value: str) -> Item:
    try:
        return Item(page.day(date.fromisoformat(value)), page.language)
    except ValueError:  # such as a day with a time zone
        return Item(value)


def numeric(found: Rows) -> Iterator[str]:
    """Yield the names of the columns that hold numbers alone."""
    for at, name in enumerate(found.variables):
        terms = [row[at] for row in found.rows if row[at] is not None]
        if terms and all(isinstance(term, Literal) and term.datatype.value in _NUMBERS for term in terms):
            yield name
