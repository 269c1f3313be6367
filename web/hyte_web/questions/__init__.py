"""Saved questions: the catalogue, a page with a form for each, and its answer in every form."""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import urlencode

from flask import Response, abort, g, make_response, render_template, request, url_for

from hyte_graph.errors import HyteError
from hyte_graph.languages import Text
from hyte_graph.reports.rows_book import workbook
from hyte_graph.store.questions import Question
from hyte_graph.store.rdf import FORMATS, described, file_triples
from hyte_graph.store.rdf import written as rdf_written
from hyte_graph.versions import package_version
from hyte_graph.vocabulary import iri
from hyte_web.check.examples import examples
from hyte_web.clock import today
from hyte_web.forms import CSV, JSON, XLSX, Plain
from hyte_web.localised import localised
from hyte_web.questions import asking
from hyte_web.questions.catalogue import as_json, narrowed
from hyte_web.questions.fields import MOST_ABOUT, Filled, filled
from hyte_web.questions.table import numeric, table
from hyte_web.site import site
from hyte_web.sparql.problems import ProtocolError, cause, problem

questions = localised("questions", __name__)

TSV: Final = Plain("TSV", "tsv", "text/tab-separated-values")
XML: Final = Plain("XML", "xml", "application/sparql-results+xml")
TURTLE: Final = Plain("Turtle", "ttl", "text/turtle")
SPARQL: Final = Plain("SPARQL", "rq", "application/sparql-query")
ANSWERS: Final = (CSV, XLSX, JSON, TSV, XML)
_FORMS: Final = {form.suffix: form for form in (*ANSWERS, TURTLE, SPARQL)}
_SUFFIXES: Final = ", ".join(_FORMS)


@questions.get("/query")
def index() -> str:
    """List the saved questions."""
    g.page.twins = [(form, url_for("questions.index_data", suffix=form.suffix)) for form in (JSON, TURTLE)]
    shown = narrowed(g.page, request.args)
    return render_template("questions/index.html", page=g.page, shown=shown)


@questions.get("/query.<any(json, ttl):suffix>")
def index_data(suffix: str) -> Response:
    """Answer with all saved questions as data."""
    if suffix == "json":
        body = json.dumps(as_json(g.page), ensure_ascii=False, indent=1).encode() + b"\n"
        return Response(body, mimetype=JSON.media_type)
    files = sorted((site().knowledge.ontology / "questions").glob("*.ttl"))
    triples = [triple for path in files for triple in file_triples(path)]
    return Response(rdf_written(triples, FORMATS[0]), mimetype=TURTLE.media_type)


@questions.get("/query/<slug>")
def page(slug: str) -> Response:
    """Show a question with its form and, as soon as the form is complete, its answer."""
    question = _question(slug)
    form = filled(g.page, question, request.args)
    g.page.twins = [(item, _address(slug, item.suffix)) for item in _FORMS.values()] if form.is_complete else []
    found = failed = None
    if form.is_complete:
        try:
            found = asking.rows(question, form)
        except HyteError as error:
            failed = error
    status = cause(failed)[0] if failed else 400 if form.wrong and request.args else 200
    text = render_template(
        "questions/question.html",
        page=g.page,
        question=question,
        form=form,
        about=_examples(),
        most_about=MOST_ABOUT,
        failed=g.page.text(failed.message) if failed else None,
        table=table(g.page, found, request.args.get("page", 1, int)) if found is not None else None,
        numeric=set(numeric(found)) if found is not None else set(),
        sparql=asking.sparql_of(question, form),
        curl=_curl(slug),
        cited=_cited(question),
        to_page=_to_page,
        turtle=_address(slug, "ttl"),
    )
    return make_response(text, status)


@questions.get(f"/query/<slug>.<any({_SUFFIXES}):suffix>")
def answer(slug: str, suffix: str) -> Response:
    """Answer with the rows in a form, or with the question itself as Turtle or SPARQL."""
    question = _question(slug)
    if suffix == "ttl":
        return _file(rdf_written(described(site().store, iri("question", slug)), FORMATS[0]), TURTLE, slug)
    form = filled(g.page, question, request.args)
    if suffix == "rq":
        return _file(asking.sparql_of(question, form).encode(), SPARQL, slug)
    if not form.is_complete:
        return problem(ProtocolError(400, "parameters", _faults(form)))
    try:
        if suffix == "xlsx":
            return _file(workbook(asking.rows(question, form)), XLSX, slug)
        return _file(asking.written(question, form, suffix).body, _FORMS[suffix], slug)
    except HyteError as error:
        return problem(error)


def _question(slug: str) -> Question:
    return site().library.questions.get(slug) or abort(404)


def _faults(form: Filled) -> Text:
    told = " ".join(f"{name.removeprefix('p-')}: {sentence}" for name, sentence in form.wrong)
    missing = [item.name for item in form.fields if item.is_required and not item.value]
    return Text.same(told or g.page.say("questions-incomplete", names=", ".join(missing) or "about"))


def _file(body: bytes, form: Plain, slug: str) -> Response:
    kind = form.media_type
    made = Response(body, content_type=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
    made.headers["Content-Disposition"] = f'inline; filename="{slug}.{form.suffix}"'
    made.headers["Access-Control-Allow-Origin"] = "*"
    made.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return made


def _address(slug: str, suffix: str, *, is_whole: bool = False) -> str:
    """Return the address of the answer in a form, with the values of the page."""
    address: str = url_for("questions.answer", slug=slug, suffix=suffix, _external=is_whole)
    query = _query()
    return f"{address}?{query}" if query else address


def _query(**changed: str) -> str:
    """Return the values in the address of the page, without its place among the pages."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    return urlencode([*kept, *changed.items()])


def _to_page(number: int) -> str:
    return f"{request.path}?{_query(page=str(number))}"


def _curl(slug: str) -> str:
    return f"curl '{_address(slug, 'csv', is_whole=True)}'"


def _cited(question: Question) -> str:
    label = question.label.within(g.page.language)
    query = _query()
    address = request.base_url + (f"?{query}" if query else "")
    day = g.page.day(today())
    told: str = g.page.say("questions-citation", label=label, version=package_version(), day=day, address=address)
    return told


def _examples() -> list[str]:
    actors = site().actors
    return sorted(examples(), key=lambda slug: actors[slug].label.within(g.page.language) if slug in actors else slug)
