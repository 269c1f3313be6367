"""What every page of the site is made of: its address, its languages, and links to all that has a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.reports.ordering import alphabetical
from hyte_graph.reports.site.stock import Stock, short
from hyte_graph.reports.templating import initial
from hyte_graph.versions import content_digest, package_version
from hyte_graph.vocabulary import BASE, HYTE

MENU = {
    "terms": "site-terms-menu",
    "ontology": "site-ontology-menu",
    "codes": "site-codes-menu",
    "norms": "site-norms-menu",
    "rules": "site-rules-menu",
}


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing that a page names: its name, where it is told, and whether the name is a code and no word."""

    name: str
    href: str
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A property in the language of the page, with what it leads to."""

    name: str
    refs: tuple[Ref, ...]


class Page:
    """What a template asks of a page in one language."""

    name: ClassVar[str]
    title_key: ClassVar[str]

    def __init__(self, stock: Stock, language: str) -> None:
        self.stock = stock
        self.language = language
        self.path = f"{language}/{self.name}.html"
        self.title = self.say(self.title_key)
        self.menu = tuple((name, self.say(key)) for name, key in MENU.items())
        self.others = tuple(other for other in stock.languages if other != language)
        self.tongue_names = say("site-this-in")

    def say(self, key: str, **values: object) -> str:
        """Return a sentence."""
        return self.text(say(key, **values))

    def text(self, text: Text) -> str:
        """Return a text in the language of the page."""
        return text.within(self.language)

    def label(self, address: str) -> Text:
        """Return the name of a thing in the three languages; its short IRI where it has none."""
        return self.stock.label(address)

    def named(self, address: str) -> str:
        """Return the name of a thing in the language of the page."""
        return self.text(self.label(address))

    def definition(self, address: str) -> str:
        """Return the definition of a thing, empty where it has none."""
        found = self.stock.graph.optional_text(address, "skos:definition")
        return self.text(found) if found else ""

    def href(self, address: str) -> str:
        """Return where a thing is told, empty where the site does not tell it."""
        place = self.stock.places.get(address, "")
        if place:
            return place.removeprefix(f"{self.name}.html") or f"{self.name}.html"
        return address if address.startswith("http") and not address.startswith(BASE) else ""

    def ref(self, address: str) -> Ref:
        """Return the name of a thing with the place where it is told."""
        name = self.named(address)
        return Ref(name, self.href(address), is_code=name == short(address))

    def refs(self, addresses: Iterable[str]) -> tuple[Ref, ...]:
        """Return things by name, in the order of the alphabet."""
        return tuple(sorted(map(self.ref, addresses), key=lambda ref: (alphabetical(ref.name), ref.href)))

    def row(self, address: str, predicate: str) -> Row:
        """Return what a thing tells by a property of the project, under the name of the property."""
        values = self.stock.graph.values(address, predicate)
        return Row(self.named(HYTE + predicate), self.refs(values))

    def in_other(self, language: str, anchor: str = "") -> str:
        """Return the address of the page, or of one thing on it, in another language."""
        return f"../{language}/{self.name}.html" + (f"#{anchor}" if anchor else "")

    def spoken_name(self, language: str) -> str:
        """Return what a language calls itself."""
        return initial(say("site-language").within(language))

    def versions(self) -> list[tuple[str, str]]:
        """Return the versions that the page rests on, with what they are of."""
        return [
            (self.say("html-package"), package_version()),
            (self.say("html-ontology"), content_digest("ontology")),
            (self.say("html-rules"), content_digest("rules")),
        ]
