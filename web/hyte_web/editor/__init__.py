"""The query editor, which works without script, and short links to queries."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, g, make_response, redirect, render_template, request, url_for
from pyoxigraph import Literal

from hyte_graph.errors import HyteError
from hyte_graph.languages import LANGUAGES
from hyte_graph.store.binding import bound
from hyte_graph.store.clauses import with_prefixes
from hyte_graph.vocabulary import PREFIXES
from hyte_web.editor.links import Links
from hyte_web.editor.trying import Trial, tried
from hyte_web.headers import CONTENT_SECURITY
from hyte_web.localised import localised
from hyte_web.negotiation import best_language
from hyte_web.questions.table import numeric, table
from hyte_web.site import site
from hyte_web.sparql.problems import problem
from hyte_web.sparql.service import private_folder, service

editor = localised("editor", __name__, "/sparql")
links = Blueprint("links", __name__)

EXAMPLES: Final = (
    "count-of-norms-by-act",
    "norms-with-exceptions-for-helsinki",
    "contested-norms-and-their-readings",
    "norms-not-verified",
    "aims-lacking-in-the-2017-draft",
)
"""Saved questions without parameters that show what queries look like."""

_FIRST: Final = """SELECT ?norm ?normLabel
WHERE {
  ?norm a hyte:Obligation ;
    skos:prefLabel ?normLabel .
  FILTER(LANG(?normLabel) = "%s")
}
ORDER BY ?normLabel
LIMIT 20"""


@editor.get("")
def page() -> Response:
    """Show the editor, with the answer of its query where it was run."""
    name = request.args.get("link", "")
    query = _kept(name) if name else request.args.get("query", "").replace("\r\n", "\n")
    form = request.args.get("format", "")
    is_run = "run" in request.args
    trial = tried(query, is_run=is_run and not form)
    if is_run and form and query.strip():
        return _elsewhere(f"{url_for('sparql.endpoint')}?{urlencode({'query': query, 'format': form})}")
    answer = make_response(_shown(trial, name), trial.fault.status if trial.fault else 200)
    styled = CONTENT_SECURITY.replace("default-src 'self'", "default-src 'self'; style-src 'self' 'unsafe-inline'")
    answer.headers["Content-Security-Policy"] = styled  # the rich editor writes styles into its elements
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@links.post("/q")
def keep() -> Response:
    """Keep a query under a short name, and lead to the editor with it."""
    query = request.form.get("query", "").replace("\r\n", "\n").strip()
    language = request.form.get("lang", "")
    language = language if language in LANGUAGES else best_language()
    if not query:
        return _elsewhere(url_for("editor.page", lang=language))
    try:
        name = _links().name_of(query)
    except HyteError as error:
        return problem(error)
    return _elsewhere(url_for("editor.page", lang=language, link=name))


@links.get("/q/<name>")
def link(name: str) -> Response:
    """Lead to the editor with the query of a short link."""
    _kept(name)
    return _elsewhere(url_for("editor.page", lang=best_language(), link=name), "Accept-Language")


@links.get("/q/<name>.rq")
def link_text(name: str) -> Response:
    """Answer with the query of a short link."""
    answer = Response(_kept(name) + "\n", content_type="application/sparql-query")
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _shown(trial: Trial, name: str) -> str:
    number = request.args.get("page", 1, int)
    return render_template(
        "editor/editor.html",
        page=g.page,
        trial=trial,
        text=trial.query or with_prefixes(_FIRST % g.page.language),
        table=table(g.page, trial.rows, number) if trial.rows is not None else None,
        numeric=set(numeric(trial.rows)) if trial.rows is not None else set(),
        prefixes=sorted(PREFIXES.items()),
        examples=_examples(),
        link=url_for("links.link", name=name, _external=True) if name else "",
        download=lambda form: (
            f"{url_for('sparql.endpoint')}?{urlencode({'query': trial.query, 'format': form.suffix})}"
        ),
        to_page=lambda number: f"{request.path}?{urlencode({'query': trial.query, 'run': 1, 'page': number})}",
        limits=service(),
        vocabulary=url_for("v1.vocabulary"),
    )


def _examples() -> list[tuple[object, str]]:
    """Return questions with their labels and queries."""
    known = site().library.questions
    language = Literal(g.page.language)
    return [
        (g.page.text(known[slug].label), with_prefixes(bound(known[slug].sparql, {"language": language})))
        for slug in EXAMPLES
        if slug in known
    ]


def _links() -> Links:
    return Links(private_folder(current_app))


def _kept(name: str) -> str:
    return _links().query_of(name) or abort(404)


def _elsewhere(address: str, vary: str = "Accept") -> Response:
    answer = make_response(redirect(address, 303))
    answer.headers["Vary"] = vary
    return answer
