"""The home page: one search box, three doors, what there is."""

from __future__ import annotations

from flask import render_template

from hyte_graph.versions import content_digest
from hyte_web import frame
from hyte_web.browse import law, terms
from hyte_web.page import Page

_DOORS = {
    "law": ("law", "norm", "actor", "term"),
    "check": ("check", "area"),
    "data": ("data", "query", "ontology"),
}


def home(page: Page) -> str:
    """Return the home page."""
    counts = law.counts(page.site) | {"terms": len(terms.concepts(page.site))}
    doors = [(door, [(key, frame.at(page, key)) for key in keys]) for door, keys in _DOORS.items()]
    return render_template("home.html", page=page, counts=counts, doors=doors, digest=content_digest("ontology"))
