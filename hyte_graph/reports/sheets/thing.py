"""The sheet of any thing of the graph, in one language: its names, what is said of it, what points to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pyoxigraph import BlankNode, Literal, NamedNode

from hyte_graph.languages import Text
from hyte_graph.messages import keys, say, spoken_day
from hyte_graph.reports.ordering import alphabetical, natural
from hyte_graph.reports.sheets.sheet import Entry, Section, Sheet, headed, listed
from hyte_graph.store.things import LABELS, Node, Things, Value
from hyte_graph.vocabulary import BASE, full, prefixed

_DATE = full("xsd:date")
_TYPE, _DEFINITION = full("rdf:type"), full("skos:definition")
_IN_HEAD = frozenset((*map(full, LABELS), _DEFINITION))
_FORM = full("skosxl:literalForm")
_IN_LABEL = frozenset((_FORM, _TYPE))
_FEW = 10


def thing_sheet(address: str, things: Things, language: str, *, every: bool = False) -> Sheet:
    """Return the sheet of a thing; of what points to it the first few, unless all is asked for."""
    return _Writer(things, language, every=every).sheet(address)


class _Writer:
    def __init__(self, things: Things, language: str, *, every: bool) -> None:
        self._things = things
        self._language = language
        self._every = every

    def sheet(self, address: str) -> Sheet:
        said = self._things.properties(NamedNode(address))
        leads = tuple(entry.text for entry in self._literals(said.get(_DEFINITION, ())))
        sections = (
            Section("names", say("sheet-names"), tuple(self._names(address))),
            Section("says", say("sheet-says"), tuple(self._properties(said, _IN_HEAD))),
            Section("points", say("sheet-points"), tuple(self._pointing(address))),
        )
        told = tuple(section for section in sections if section.entries)
        return Sheet(address, Text.same(self._label(address)), leads, told)

    def _names(self, address: str) -> Iterator[Entry]:
        for language, label in self._things.labels(address).items():
            yield Entry(Text.same(label), say(f"language-{language}"))

    def _properties(self, said: dict[str, list[Value]], hidden: frozenset[str] = frozenset()) -> Iterator[Entry]:
        """Yield an entry for each property, its kind first, then by label."""
        shown = [predicate for predicate in said if predicate not in hidden]
        for predicate in sorted(shown, key=lambda item: (item != _TYPE, self._rank(item))):
            yield from listed(Text.same(self._label(predicate)), tuple(self._values(said[predicate])))

    def _values(self, values: Iterable[Value]) -> Iterator[Entry]:
        values = list(values)
        yield from self._literals(values)
        named = sorted((value.value for value in values if isinstance(value, NamedNode)), key=self._rank)
        yield from (self._named(address) for address in named)
        nodes = (self._node(value) for value in values if isinstance(value, BlankNode))
        yield from sorted(nodes, key=str)

    def _literals(self, values: Iterable[Value]) -> Iterator[Entry]:
        """Yield the literals in the language of the sheet and those in none; where there are none, all."""
        literals = sorted((value for value in values if isinstance(value, Literal)), key=str)
        spoken = [value for value in literals if value.language in (None, self._language)]
        yield from (Entry(Text.same(self._literal(value))) for value in spoken or literals)

    def _literal(self, value: Literal) -> str:
        if value.datatype.value == _DATE:
            return spoken_day(date.fromisoformat(value.value), self._language)
        foreign = value.language if value.language != self._language else None
        return f"{value.value} ({foreign})" if foreign else value.value

    def _named(self, address: str) -> Entry:
        label, name = self._label(address), prefixed(address)
        return Entry(Text.same(label), name="" if label == name else name)

    def _node(self, node: Node) -> Entry:
        """Return a part without a name: the items of a list, or what is said of it."""
        items = self._things.items(node)
        if items is not None:
            return headed(say("sheet-list"), tuple(entry for item in items for entry in self._values([item])))
        said = self._things.properties(node)
        if _FORM in said:  # a label as a thing of its own is told by its form
            return Entry(next(self._literals(said[_FORM])).text, under=tuple(self._properties(said, _IN_LABEL)))
        return headed(say("sheet-node"), tuple(self._properties(said)))

    def _pointing(self, address: str) -> Iterator[Entry]:
        for predicate, pointing in self._things.pointing(address).items():
            shown = sorted(pointing, key=self._rank)[: None if self._every else _FEW]
            label = say("sheet-points-count", property=self._label(predicate), count=len(pointing))
            rest = len(pointing) - len(shown)
            more = (Entry(say("sheet-more", count=rest)),) if rest else ()
            yield headed(label, (*map(self._named, shown), *more))

    def _rank(self, address: str) -> tuple[tuple[tuple[int, str], ...], str]:
        return natural(alphabetical(self._label(address))), address

    def _label(self, address: str) -> str:
        """Return the label of a thing in the language of the sheet, else in one that it has, else its short name."""
        told = self._things.labels(address)
        return told.get(self._language) or next(iter(told.values()), "") or self._foreign(address)

    def _property(self, address: str) -> str:
        return self._label(address)

    def _foreign(self, address: str) -> str:
        """Return what the project calls a term of another vocabulary, else the short name of a thing."""
        name = prefixed(address)
        key = f"foreign-{name.replace(':', '-')}"
        return say(key).within(self._language) if not address.startswith(BASE) and key in keys() else name
