"""The data as a whole: its catalogue, its description, its downloads, and the files that machines read."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, Response, abort, current_app, g, make_response, redirect, render_template, request, url_for

from hyte_graph.resources import package_file, shared_file
from hyte_graph.store.rdf import FORMATS, Format, written
from hyte_graph.versions import package_version
from hyte_graph.vocabulary import HYTE
from hyte_web.data import chosen
from hyte_web.headers import open_to_all
from hyte_web.localised import localised
from hyte_web.negotiation import best_language, best_type
from hyte_web.publish import catalogue, dumps, statistics
from hyte_web.publish.parts import part
from hyte_web.site import site

publish = Blueprint("publish", __name__)
publish.after_request(open_to_all)
pages = localised("publish_pages", __name__)

_SHOWN = 15  # classes on the page
_SUFFIXES = ", ".join(form.suffix for form in FORMATS)
_DAY = "public, max-age=86400"
SCHEMAS = {"hyte.result-1.json": "docs/result.schema.json"}


def public_base() -> str:
    """Return the address under which the site is published, without a slash at the end."""
    return str(current_app.config["PUBLIC_BASE"] or request.url_root).rstrip("/")


def told() -> catalogue.Told:
    """Return what the catalogue tells of the one who runs the site."""
    config = current_app.config
    return catalogue.Told(public_base(), config["OPERATOR"], config["CONTACT"], tuple(config["LEGISLATION"]))


@pages.get("/data")
def page() -> str:
    """Show what can be downloaded, how it is asked for, and under which licence."""
    figures = statistics.figures(site())
    return render_template(
        "publish/data.html",
        page=g.page,
        dumps=dumps.dumps(site()),
        figures=figures,
        classes=[pair for pair in figures.classes if pair[0].startswith(HYTE)][:_SHOWN],
        catalogue=[(form, url_for("publish.catalog_file", suffix=form.suffix)) for form in FORMATS],
        schemas=SCHEMAS,
        edition=package_version(),
        base=public_base(),
    )


@publish.get("/catalog")
def catalog() -> Response:
    """Lead to the catalogue in the form that the request likes best: a page or DCAT."""
    documents = [(url_for("publish.catalog_file", suffix=form.suffix), form.media_type) for form in FORMATS]
    return chosen([(url_for("publish_pages.page", lang=best_language()), "text/html"), *documents])


@publish.get(f"/catalog.<any({_SUFFIXES}):suffix>")
def catalog_file(suffix: str) -> Response:
    """Answer with the catalogue (DCAT-AP 3)."""
    form = _form(suffix)
    return Response(catalogue.written(site(), told(), form), mimetype=form.media_type)


@publish.get("/.well-known/void")
def void() -> Response:
    """Answer with the description of the data set (VoID), as Turtle unless the request likes another form better."""
    found = best_type([form.media_type for form in FORMATS]) or FORMATS[0].media_type
    form = next(form for form in FORMATS if form.media_type == found)
    answer = Response(statistics.written(site(), public_base(), form), mimetype=form.media_type)
    answer.headers["Vary"] = "Accept"
    return answer


@publish.get("/dump/<name>")
def dump(name: str) -> Response:
    """Answer with all the data in one compressed file, or with its checksum."""
    found = {item.name: item for item in dumps.dumps(site())}
    stem = name.removesuffix(".sha256")
    if stem not in found:
        abort(404)
    item = found[stem]
    if name != stem:
        return Response(f"{item.sha256}  {item.name}\n", mimetype="text/plain")
    answer = Response(item.content, mimetype="application/gzip")
    answer.headers["Cache-Control"] = _DAY
    return answer


@publish.get("/shapes")
@publish.get("/vocab")
def whole() -> Response:
    """Lead to the rules or the terminology in the form of RDF that the request likes best."""
    name = request.path.lstrip("/")
    return chosen([(url_for("publish.whole_file", name=name, suffix=form.suffix), form.media_type) for form in FORMATS])


@publish.get(f"/<any(shapes, vocab):name>.<any({_SUFFIXES}):suffix>")
def whole_file(name: str, suffix: str) -> Response:
    """Answer with the rules (SHACL) or the terminology with its codes (SKOS)."""
    form = _form(suffix)
    return _lasting(Response(_whole(name, form), mimetype=form.media_type))


@publish.get("/context.jsonld")
def context() -> Response:
    """Answer with the context of descriptions in JSON-LD."""
    content = package_file("intake/context.jsonld").read_bytes()
    return _lasting(Response(content, mimetype="application/ld+json"))


@publish.get("/schema/<name>")
def schema(name: str) -> Response:
    """Answer with a JSON Schema."""
    if name not in SCHEMAS:
        abort(404)
    return _lasting(Response(shared_file(SCHEMAS[name]).read_bytes(), mimetype="application/schema+json"))


@publish.get("/schema/hyte.result/1")
def result_schema() -> Response:
    """Lead from the identifier of the schema of results to its file."""
    return make_response(redirect(url_for("publish.schema", name="hyte.result-1.json"), 303))


@cache
def _whole(name: str, form: Format) -> bytes:
    return written(part(site(), name), form)


def _form(suffix: str) -> Format:
    return next(form for form in FORMATS if form.suffix == suffix)


def _lasting(answer: Response) -> Response:
    answer.headers["Cache-Control"] = _DAY
    return answer
