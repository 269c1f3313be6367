"""The ontology: its classes and properties, and the code lists beside it."""

from __future__ import annotations

from flask import render_template

from hyte_graph.vocabulary import FOREIGN
from hyte_web.browse import things
from hyte_web.page import Page

_HEAD = ("rdfs:label", "skos:definition", "rdfs:isDefinedBy")


def index(page: Page) -> str:
    """Return the page of the ontology."""
    site = page.site
    classes = [item for item in site.vocabulary if FOREIGN["owl"] + "Class" in site.objects(item, "rdf:type")]
    properties = [item for item in site.vocabulary if item not in classes]
    return render_template(
        "ontology.html",
        page=page,
        groups=[("classes", classes), ("properties", properties)],
        hidden=_HEAD,
        lists=[(kind, things.title(page, kind), len(site.things[kind])) for kind in sorted(site.things)],
    )
