"""What a template asks of the graph, in the language of its page."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from flask import current_app, request, url_for
from pyoxigraph import Literal, NamedNode

from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.reports.ordering import natural
from hyte_graph.vocabulary import BASE, FOREIGN, HYTE, full, iri, prefixed, slug
from hyte_web import speech
from hyte_web.forms import Form
from hyte_web.sentences import keys, sentence
from hyte_web.site import Site

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"\\]+", re.IGNORECASE)
_LANGUAGE_OF_ADDRESS = re.compile(r"https?://[^/]+/(fi|sv)/")
_LABELS = ("skos:prefLabel", "rdfs:label", "dcterms:title")
_LANGUAGE_NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
_TYPE = FOREIGN["rdf"] + "type"
_DATE = FOREIGN["xsd"] + "date"


@dataclass(frozen=True, slots=True)
class Item:
    """A text with its language ("" for a code), and where it leads, if anywhere."""

    value: str
    language: str = ""
    href: str = ""
    hreflang: str = ""
    is_external: bool = False


def spoken(texts: Iterable[Item], language: str) -> list[Item]:
    """Return the texts in a language; where there are none, the Finnish ones, and else all of them."""
    found = sorted(texts, key=lambda item: (item.language, natural(item.value)))
    for wanted in (language, "fi"):
        chosen = [item for item in found if item.language == wanted]
        if chosen:
            return chosen + [item for item in found if not item.language]
    return found


class Page:
    """One page in one language; `files` and `twins` are the addresses of the same content in other forms."""

    def __init__(self, site: Site, language: str) -> None:
        self.site = site
        self.language = language
        self.files: list[tuple[Form, str]] = []
        self.twins: list[tuple[Form, str]] = []

    def say(self, key: str, **values: object) -> str:
        """Return a sentence of the web."""
        return sentence(key, self.language, **values)

    def plural(self, start: str, count: int, **values: object) -> str:
        """Return the sentence for a count: the key begins with `start` and ends with the plural form, such as "one"."""
        return self.say(f"{start}{speech.plural(count)}", count=speech.number(count), **values)

    def number(self, value: float) -> str:
        """Return a number as people write it."""
        return speech.number(value)

    def has(self, endpoint: str) -> bool:
        """Return whether the site has a part, such as "terms.index"."""
        return endpoint in current_app.view_functions

    def named(self, key: str, name: str) -> Item:
        """Return the sentence `key` where there is one, else a name that is no word of a language."""
        return Item(self.say(key), self.language) if key in keys() else Item(name)

    def versions(self) -> list[tuple[str, str, str]]:
        """Return the languages with their names and the address of this page in each."""
        return [(language, name, self._in(language)) for language, name in _LANGUAGE_NAMES.items()]

    def _in(self, language: str) -> str:
        """Return the address of this page in a language; the home page where the address has no language."""
        first = request.path.split("/")[1]
        if first not in LANGUAGES:
            return url_for("browse.home", lang=language)
        query = quote(request.query_string, safe="=&%+-._~")
        return f"{request.script_root}/{language}{quote(request.path[len(first) + 1 :])}{'?' * bool(query)}{query}"

    def is_at(self, section: str) -> bool:
        """Return whether the page belongs to a section of the site."""
        return request.path.split("/")[2:3] == [section]

    def text(self, text: Text) -> Item:
        """Return a text of the library; the Finnish one where it is empty in the language of the page."""
        told = text.within(self.language)
        return Item(told, self.language) if told else Item(text.fi, "fi")

    def day(self, day: date) -> str:
        """Return a day as people write it."""
        return speech.day(day)

    def literals(self, address: str, predicate: str) -> list[Item]:
        """Return the texts of a property, in the language of the page if there are any."""
        quads = self.site.store.quads_for_pattern(NamedNode(address), NamedNode(full(predicate)), None)
        return spoken((self._literal(quad.object) for quad in quads if isinstance(quad.object, Literal)), self.language)

    def label(self, address: str) -> Item:
        """Return the label of a thing, else its short name."""
        for predicate in _LABELS:
            found = self.literals(address, predicate)
            if found:
                return found[0]
        return Item(short_name(address))

    def code(self, kind: str, slug: str) -> Item:
        """Return the label of a code, with a link to its page."""
        return self.ref(iri(kind, slug))

    def term(self, name: str) -> Item:
        """Return the label of one of the project's classes or properties, such as "Act"."""
        return self.label(HYTE + name)

    def ref(self, address: str) -> Item:
        """Return the label of a thing with the address of its page; a stranger's web address links to itself."""
        own = self.href(address)
        if own:
            return replace(self.label(address), href=own)
        return self.external(address)

    def refs(self, address: str, *predicates: str) -> list[Item]:
        """Return what a thing points to by some properties."""
        return [self.ref(item) for item in self.site.objects(address, *predicates)]

    def backrefs(self, address: str, *predicates: str) -> list[Item]:
        """Return what points to a thing by some properties."""
        return [self.ref(item) for item in self.site.pointing(address, *predicates)]

    def href(self, address: str) -> str:
        """Return the address of the page of a thing of the graph, or nothing."""
        if address not in self.site.subjects:
            return ""
        if address.startswith(HYTE):
            return url_for("browse.vocabulary", _anchor=slug(address))
        kind, name = address.removeprefix(f"{BASE}id/").split("/")
        return url_for("browse.thing", kind=kind, slug=name)

    def external(self, address: str) -> Item:
        """Return a foreign address, as a link if it is one of the web; foreign terms go by their short name."""
        found = _LANGUAGE_OF_ADDRESS.match(address)
        name = short_name(address)
        is_link = name == address and _WEB_ADDRESS.fullmatch(address) is not None
        return Item(name, "", address if is_link else "", found[1] if found else "", is_external=True)

    def properties(self, address: str, hidden: Container[str]) -> list[tuple[Item, list[Item]]]:
        """Return each property of a thing with its values, those with a hidden prefixed name left out."""
        pattern = self.site.store.quads_for_pattern(NamedNode(address), None, None)
        predicates = {quad.predicate.value for quad in pattern} - {_TYPE}
        shown = [item for item in sorted(predicates) if short_name(item) not in hidden]
        return [(self.property_name(item), self._values(address, short_name(item))) for item in shown]

    def _values(self, address: str, predicate: str) -> list[Item]:
        return self.literals(address, predicate) + self.refs(address, predicate)

    def incoming(self, address: str, hidden: Container[str] = ()) -> list[tuple[Item, list[str]]]:
        """Return the IRIs of what points to a thing, by property."""
        pattern = self.site.store.quads_for_pattern(None, None, NamedNode(address))
        predicates = {quad.predicate.value for quad in pattern if isinstance(quad.subject, NamedNode)}
        shown = [item for item in sorted(predicates) if short_name(item) not in hidden]
        return [(self.property_name(item), self.site.pointing(address, short_name(item))) for item in shown]

    def property_name(self, address: str) -> Item:
        """Return the label of a property; those of other vocabularies have theirs among the sentences."""
        name = short_name(address)
        item = self.ref(address) if self.href(address) else self.named(f"term-{name.replace(':', '-')}", name)
        return replace(item, value=initial(item.value)) if item.language else item

    def _literal(self, literal: Literal) -> Item:
        if literal.datatype.value == _DATE:
            return Item(self.day(date.fromisoformat(literal.value)), self.language)
        if literal.language is None and _WEB_ADDRESS.fullmatch(literal.value):
            return self.external(literal.value)
        return Item(literal.value, literal.language or "")


def initial(text: str) -> str:
    """Return a text with a capital first letter."""
    return text[:1].upper() + text[1:]


def short_name(address: str) -> str:
    """Return the prefixed name of a term, the slug of a thing, or the address itself where neither is known."""
    return slug(address) if address.startswith(f"{BASE}id/") else prefixed(address)
