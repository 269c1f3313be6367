"""The addresses of things, and the things as RDF: `/id/…`, `/data/…`, `/ontology`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from flask import Blueprint, Response, abort, make_response, redirect, url_for

from hyte_graph.languages import LANGUAGES
from hyte_graph.store.rdf import FORMATS, Format, described, file_triples, written
from hyte_graph.vocabulary import HYTE, iri
from hyte_web.errors import not_acceptable
from hyte_web.headers import open_to_all
from hyte_web.negotiation import best_language, best_type
from hyte_web.site import site

LICENCE = "https://creativecommons.org/licenses/by/4.0/"

data = Blueprint("data", __name__)
data.after_request(open_to_all)


@data.get("/")
def root() -> Response:
    """Lead to the home page in the reader's language."""
    return _see_other(url_for("browse.home", lang=best_language()), "Accept-Language")


@data.get("/id/<kind>/<slug>")
def thing(kind: str, slug: str) -> Response:
    """Lead from a thing to its page or its data (httpRange-14: a thing is no document)."""
    _existing(kind, slug)
    page = url_for("browse.thing", kind=kind, slug=slug, lang=best_language())
    return _chosen([(page, "text/html"), *_choices(documents(kind, slug))])


@data.get("/data/<kind>/<slug>")
def any_document(kind: str, slug: str) -> Response:
    """Lead to the data of a thing in the format that the request likes best; the suffix of a format names that one."""
    slug, dot, suffix = slug.partition(".")
    address = _existing(kind, slug)
    if not dot:
        return _chosen(_choices(documents(kind, slug)))
    form = next((form for form in FORMATS if form.suffix == suffix), None) or abort(404)
    body = written(described(site().store, address), form)
    pages = [url_for("browse.thing", kind=kind, slug=slug, lang=language) for language in LANGUAGES]
    return _document(body, form, address, pages)


@data.get("/ontology")
def ontology() -> Response:
    """Answer with the ontology itself, since its terms are parts of this document, or lead to its page."""
    page = url_for("browse.vocabulary", lang=best_language())
    choices = [(page, "text/html"), *_choices(ontology_documents())]
    chosen = best_type([media_type for _, media_type in choices])
    if chosen in (None, "text/html"):
        return _chosen(choices)
    form = next(form for form in FORMATS if form.media_type == chosen)
    answer = ontology_file(form.suffix)
    answer.headers["Content-Location"] = url_for("data.ontology_file", suffix=form.suffix)
    answer.headers["Vary"] = "Accept, Accept-Language"
    return answer


@data.get("/ontology.<suffix>")
def ontology_file(suffix: str) -> Response:
    """Answer with the ontology in one format."""
    form = next((form for form in FORMATS if form.suffix == suffix), None) or abort(404)
    pages = [url_for("browse.vocabulary", lang=language) for language in LANGUAGES]
    return _document(_core(form), form, HYTE.rstrip("#"), pages)


@cache
def _core(form: Format) -> bytes:
    return written(file_triples(site().knowledge.ontology / "core.ttl"), form)


def documents(kind: str, slug: str) -> list[tuple[Format, str]]:
    """Return the addresses of a thing as data."""
    return [(form, url_for("data.any_document", kind=kind, slug=f"{slug}.{form.suffix}")) for form in FORMATS]


def ontology_documents() -> list[tuple[Format, str]]:
    """Return the addresses of the ontology as data."""
    return [(form, url_for("data.ontology_file", suffix=form.suffix)) for form in FORMATS]


def _existing(kind: str, slug: str) -> str:
    """Return the IRI of a thing of the graph; anything else is not found."""
    address = iri(kind, slug)
    return address if address in site().subjects else abort(404)


def _choices(files: Sequence[tuple[Format, str]]) -> list[tuple[str, str]]:
    return [(address, form.media_type) for form, address in files]


def _chosen(choices: Sequence[tuple[str, str]]) -> Response:
    """Lead to the choice that the request likes best, or tell which there are."""
    chosen = best_type([media_type for _, media_type in choices])
    if chosen is None:
        return not_acceptable(choices)
    target = next(address for address, media_type in choices if media_type == chosen)
    return _see_other(target, "Accept, Accept-Language")


def _see_other(address: str, vary: str) -> Response:
    answer = make_response(redirect(address, 303))
    answer.headers["Vary"] = vary
    return answer


def _document(body: bytes, form: Format, address: str, pages: Sequence[str]) -> Response:
    answer = Response(body, mimetype=form.media_type)
    answer.headers.add("Link", f'<{address}>; rel="describes"')
    answer.headers.add("Link", f'<{LICENCE}>; rel="license"')
    for language, page in zip(LANGUAGES, pages, strict=True):
        answer.headers.add("Link", f'<{page}>; rel="alternate"; type="text/html"; hreflang="{language}"')
    return answer
