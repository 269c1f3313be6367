"""The pages: home, lists, and one page for every thing of the graph, in three languages."""

from __future__ import annotations

from flask import Response, abort, g, make_response

from hyte_graph.vocabulary import iri
from hyte_web.browse import actors, concept, law, norms, ontology, rules, sources, terms, things
from hyte_web.browse import home as start
from hyte_web.data import documents, ontology_documents
from hyte_web.forms import LICENCE
from hyte_web.localised import localised
from hyte_web.site import site

browse = localised("browse", __name__)

_SHEETS = {
    "act-draft": law.sheet,
    "actor": actors.sheet,
    "law": law.sheet,
    "norm": norms.sheet,
    "rule": rules.sheet,
    "source": sources.source,
    "statement": sources.statement,
    "term": concept.sheet,
}
_INDEXES = {
    "actor": actors.index,
    "crosswalk": sources.crosswalk,
    "law": law.index,
    "norm": norms.index,
    "rule": rules.index,
    "term": terms.index,
}


@browse.get("/")
def home() -> Response:
    """Tell what this is, with three doors."""
    return make_response(start.home(g.page))


@browse.get("/ontology")
def vocabulary() -> Response:
    """Show the classes and properties, each with its anchor."""
    g.page.files = ontology_documents()
    return _linked(make_response(ontology.index(g.page)))


@browse.get("/<kind>")
def index(kind: str) -> Response:
    """List the things of a kind."""
    if kind not in site().things:
        abort(404)
    return make_response(_INDEXES.get(kind, things.index)(g.page, kind))


@browse.get("/<kind>/<slug>")
def thing(kind: str, slug: str) -> Response:
    """Show one thing."""
    address = iri(kind, slug)
    if address not in site().subjects:
        abort(404)
    g.page.files = documents(kind, slug)
    return _linked(make_response(_SHEETS.get(kind, things.sheet)(g.page, address)))


def _linked(answer: Response) -> Response:
    """Add the links to the same content as data (RFC 8288); the links to other languages stand in the page."""
    for form, address in g.page.files:
        answer.headers.add("Link", f'<{address}>; rel="alternate"; type="{form.media_type}"')
    answer.headers.add("Link", f'<{LICENCE}>; rel="license"')
    return answer
