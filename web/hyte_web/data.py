"""The addresses of things, and the things as RDF: `/id/…`, `/data/…`, `/ontology`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for

from hyte_graph.languages import LANGUAGES
from hyte_graph.reports.sheets import thing_data
from hyte_graph.store.rdf import FORMATS, Format, described, file_triples, written
from hyte_graph.vocabulary import HYTE, iri
from hyte_web.errors import gone, not_acceptable
from hyte_web.forms import LICENCE, OF_THINGS, Form
from hyte_web.headers import open_to_all
from hyte_web.negotiation import best_language, best_type
from hyte_web.site import site

data = Blueprint("data", __name__)
data.after_request(open_to_all)


@data.get("/")
def root() -> Response:
    """Lead to the home page in the reader's language, or programs that read RDF to the catalogue."""
    wanted = best_type(["text/html", *(form.media_type for form in FORMATS)])
    if wanted not in (None, "text/html"):
        return _see_other(url_for("publish.catalog"), "Accept, Accept-Language")
    return _see_other(url_for("browse.home", lang=best_language()), "Accept, Accept-Language")


@data.before_app_request
def retired() -> Response | None:
    """Lead from the page of what is no longer in use to what has taken its place."""
    if request.endpoint not in ("browse.thing", "browse.thing_twin"):
        return None
    address = iri((request.view_args or {})["kind"], (request.view_args or {})["slug"])
    return gone(site().objects(address, "dcterms:isReplacedBy")) if site().is_retired(address) else None


@data.get("/id/<kind>/<slug>")
def thing(kind: str, slug: str) -> Response:
    """Lead from a thing to its page or its data (httpRange-14: a thing is no document)."""
    address = _existing(kind, slug)
    if site().is_retired(address):
        return gone(site().objects(address, "dcterms:isReplacedBy"))
    page = url_for("browse.thing", kind=kind, slug=slug, lang=best_language())
    return chosen([(page, "text/html"), *_choices(documents(kind, slug))])


@data.get("/data/<kind>/<slug>")
def any_document(kind: str, slug: str) -> Response:
    """Lead to the data of a thing in the format that the request likes best; the suffix of a format names that one."""
    slug, dot, suffix = slug.partition(".")
    address = _existing(kind, slug)
    if not dot:
        return chosen(_choices(documents(kind, slug)))
    form = next((form for form in OF_THINGS if form.suffix == suffix), None) or abort(404)
    body = thing_document(form, address)
    pages = [url_for("browse.thing", kind=kind, slug=slug, lang=language) for language in LANGUAGES]
    return _document(body, form, address, pages)


@data.get("/ontology")
def ontology() -> Response:
    """Answer with the ontology itself, since its terms are parts of this document, or lead to its page."""
    page = url_for("browse.vocabulary", lang=best_language())
    choices = [(page, "text/html"), *_choices(ontology_documents())]
    wanted = best_type([media_type for _, media_type in choices])
    if wanted in (None, "text/html"):
        return chosen(choices)
    form = next(form for form in FORMATS if form.media_type == wanted)
    answer = ontology_file(form.suffix)
    answer.headers["Content-Location"] = url_for("data.ontology_file", suffix=form.suffix)
    answer.headers["Vary"] = "Accept, Accept-Language"
    return answer


@data.get("/ontology.<suffix>")
def ontology_file(suffix: str) -> Response:
    """Answer with the ontology in one format."""
    form = next((form for form in FORMATS if form.suffix == suffix), None) or abort(404)
    pages = [url_for("browse.vocabulary", lang=language) for language in LANGUAGES]
    return _document(core_document(form), form, HYTE.rstrip("#"), pages)


def thing_document(form: Form, address: str) -> bytes:
    """Return a thing in a form of RDF, or in the JSON of docs/show-json.md."""
    if isinstance(form, Format):
        return written(described(site().store, address), form)
    return thing_data.render(address, site().sheets).encode()


@cache
def core_document(form: Format) -> bytes:
    """Return the ontology in a form of RDF."""
    return written(file_triples(site().knowledge.ontology / "core.ttl"), form)


def documents(kind: str, slug: str) -> list[tuple[Form, str]]:
    """Return the addresses of a thing as data."""
    return [(form, url_for("data.any_document", kind=kind, slug=f"{slug}.{form.suffix}")) for form in OF_THINGS]


def ontology_documents() -> list[tuple[Form, str]]:
    """Return the addresses of the ontology as data."""
    return [(form, url_for("data.ontology_file", suffix=form.suffix)) for form in FORMATS]


def _existing(kind: str, slug: str) -> str:
    """Return the IRI of a thing of the graph; anything else is not found."""
    address = iri(kind, slug)
    return address if address in site().subjects else abort(404)


def _choices(files: Sequence[tuple[Form, str]]) -> list[tuple[str, str]]:
    return [(address, form.media_type) for form, address in files]


def chosen(choices: Sequence[tuple[str, str]]) -> Response:
    """Lead to the choice that the request likes best, or tell which there are."""
    wanted = best_type([media_type for _, media_type in choices])
    if wanted is None:
        return not_acceptable(choices)
    target = next(address for address, media_type in choices if media_type == wanted)
    return _see_other(target, "Accept, Accept-Language")


def _see_other(address: str, vary: str) -> Response:
    answer = make_response(redirect(address, 303))
    answer.headers["Vary"] = vary
    return answer


def _document(body: bytes, form: Form, address: str, pages: Sequence[str]) -> Response:
    answer = Response(body, mimetype=form.media_type)
    answer.headers.add("Link", f'<{address}>; rel="describes"')
    answer.headers.add("Link", f'<{LICENCE}>; rel="license"')
    for language, page in zip(LANGUAGES, pages, strict=True):
        answer.headers.add("Link", f'<{page}>; rel="alternate"; type="text/html"; hreflang="{language}"')
    return answer
