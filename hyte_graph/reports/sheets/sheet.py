"""The values of a sheet: a title, sections, and in them entries that may have entries below them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hyte_graph.languages import Text
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import prefixed

_NAME = re.compile(r"[a-z-]+:\S")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing said, with what it is about, the name of the thing it names, and where that can be read.

    An entry that only heads those under it has a label and no text.
    """

    text: Text
    label: Text | None = None
    name: str = ""  # prefixed name, such as "law:2021-612-7-4", or the name of a case
    link: Text | None = None  # address on the web
    under: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a sheet; `lead` says how to read it."""

    key: str
    title: Text
    entries: tuple[Entry, ...]
    lead: Text | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is told of one thing."""

    iri: str
    title: Text
    leads: tuple[Text, ...]
    sections: tuple[Section, ...]

    @property
    def name(self) -> str:
        """Return the prefixed name of the thing."""
        return prefixed(self.iri)


def named(address: str, knowledge: Knowledge, label: Text | None = None) -> Entry:
    """Return an entry that names a thing by its label."""
    return Entry(knowledge.label(address), label, prefixed(address))


def titled(text: str) -> str:
    """Return a text that begins with a capital letter, as a title or a label does; a prefixed name stays as it is."""
    return text if _NAME.match(text) else text[:1].upper() + text[1:]


def headed(label: Text, entries: tuple[Entry, ...]) -> Entry:
    """Return an entry that heads others."""
    return Entry(Text.same(""), label, under=entries)


def listed(label: Text, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return what has one label as one entry: a single thing on its line, several below it, none not at all."""
    if len(entries) > 1:
        return (headed(label, entries),)
    return tuple(Entry(item.text, label, item.name, item.link, item.under) for item in entries)
