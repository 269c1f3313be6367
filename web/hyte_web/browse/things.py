"""Things that have no page of their own kind: what the graph says of them, and what points to them."""

from __future__ import annotations

from flask import render_template

from hyte_graph.reports.ordering import alphabetical, natural
from hyte_graph.vocabulary import iri
from hyte_web.page import Item, Page

_HEAD = ("skos:prefLabel", "rdfs:label", "dcterms:title", "skos:definition", "skos:topConceptOf")


def by_label(item: Item) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts labels as Finnish and Swedish readers expect."""
    return natural(alphabetical(item.value))


def index(page: Page, kind: str) -> str:
    """Return the list of the things of a kind."""
    items = sorted((page.ref(address) for address in page.site.things[kind]), key=by_label)
    return render_template("things.html", page=page, title=title(page, kind), items=items)


def title(page: Page, kind: str) -> Item:
    """Return the name of a kind of things: that of its scheme, if it has one."""
    scheme = iri("scheme", kind)
    return page.label(scheme) if scheme in page.site.subjects else page.named(f"kind-{kind}", kind)


def sheet(page: Page, address: str) -> str:
    """Return the page of any thing."""
    return render_template("thing.html", page=page, address=address, hidden=_HEAD)
