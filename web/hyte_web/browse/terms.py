"""The terminology: from A to Z, as a tree of wider and narrower concepts, and by groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from flask import abort, render_template, request

from hyte_graph.languages import LANGUAGES
from hyte_graph.reports.ordering import alphabetical, letter
from hyte_graph.vocabulary import FOREIGN
from hyte_web.browse.things import by_label
from hyte_web.page import Item, Page
from hyte_web.site import Site, site

VIEWS: Final = ("az", "tree", "group")
_CONCEPT: Final = FOREIGN["skos"] + "Concept"
_COLLECTION: Final = FOREIGN["skos"] + "Collection"


@dataclass(frozen=True, slots=True)
class Entry:
    """A name in the list from A to Z; of an alternative name, the concept that it leads to."""

    name: str
    concept: str
    is_preferred: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """A concept with the narrower ones below it."""

    item: Item
    below: tuple[Branch, ...]


def index(page: Page, _: str) -> str:
    """Return the terminology in the view that the address asks for."""
    view = request.args.get("view", "") or VIEWS[0]
    if view not in VIEWS:
        abort(404)
    entries = _entries(page.language)
    letters = list(dict.fromkeys(letter(entry.name) for entry in entries))
    chosen = request.args.get("letter", "") or letters[0]
    if chosen not in letters:
        abort(404)
    return render_template(
        "terms.html",
        page=page,
        views=VIEWS,
        view=view,
        letters=letters,
        chosen=chosen,
        entries=[entry for entry in entries if letter(entry.name) == chosen] if view == "az" else [],
        tree=list(_tree(page)) if view == "tree" else [],
        groups=list(_groups(page)) if view == "group" else [],
        total=len(concepts(page.site)),
        others=[language for language in LANGUAGES if language != page.language],
        label_in=_label_in,
    )


def concepts(known: Site) -> list[str]:
    """Return the IRIs of the concepts of the terminology."""
    return [address for address in known.things["term"] if _CONCEPT in known.objects(address, "rdf:type")]


@lru_cache(maxsize=len(LANGUAGES))
def _entries(language: str) -> tuple[Entry, ...]:
    """Return all names in a language, in the order of its alphabet."""
    triples = site().knowledge.triples
    found = [
        Entry(name, address, predicate == "skos:prefLabel")
        for address in concepts(site())
        for predicate in ("skos:prefLabel", "skos:altLabel")
        for spoken, name in triples.spoken(address, predicate)
        if spoken == language
    ]
    return tuple(sorted(found, key=lambda entry: (alphabetical(entry.name), entry.name, entry.concept)))


def _label_in(address: str, language: str) -> str:
    return site().knowledge.triples.text(address, "skos:prefLabel").within(language)


def _tree(page: Page) -> Iterator[Branch]:
    """Yield the concepts that have none above them, with all below."""
    below: dict[str, set[str]] = defaultdict(set)
    narrower = set()
    for address in concepts(page.site):
        for wider in page.site.objects(address, "skos:broader"):
            below[wider].add(address)
            narrower.add(address)
    yield from _branches(page, [item for item in concepts(page.site) if item not in narrower], below, frozenset())


def _branches(
    page: Page, addresses: Sequence[str], below: dict[str, set[str]], above: frozenset[str]
) -> tuple[Branch, ...]:
    made = [
        Branch(page.ref(address), _branches(page, sorted(below[address]), below, above | {address}))
        for address in addresses
        if address not in above
    ]
    return tuple(sorted(made, key=lambda branch: by_label(branch.item)))


def _groups(page: Page) -> Iterator[tuple[str, Item, list[Item], list[Item]]]:
    """Yield each group: its slug, its name, what is said of it, its concepts."""
    known = page.site
    found = [item for item in known.things["term"] if _COLLECTION in known.objects(item, "rdf:type")]
    for address in sorted(found, key=lambda item: by_label(page.label(item))):
        members = sorted(page.refs(address, "skos:member"), key=by_label)
        yield address.rsplit("/", 1)[1], page.label(address), page.literals(address, "skos:definition"), members
