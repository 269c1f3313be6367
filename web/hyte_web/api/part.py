"""The blueprints of the JSON interface: its addresses, its description and its pages."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, request, url_for

from hyte_graph.languages import LANGUAGES
from hyte_web.api.described import PREFIX, document, operations
from hyte_web.forms import as_json
from hyte_web.headers import open_to_all
from hyte_web.localised import localised
from hyte_web.negotiation import best_language
from hyte_web.publish import public_base

api: Final = Blueprint("api", __name__)
v1: Final = Blueprint("v1", __name__, url_prefix=PREFIX)
api_pages: Final = localised("api_pages", __name__)

_EXAMPLES: Final = {
    "search": "/search?q=hyvinvointikertomus",
    "suggest": "/suggest?q=hyvinv&lang=fi",
    "thing": "/thing/law/2021-612-7",
    "norms": "/norms?actor=lansi-uusimaa&on=2025-12-31",
    "actors": "/actors?type=WellbeingServicesCounty",
    "term": "/terms/interface",
    "vocabulary": "/vocabulary",
    "queries": "/queries",
    "calendar": "/calendar?actor=lansi-uusimaa&on=2025-12-31&until=2029-12-31",
}


def opened(answer: Response) -> Response:
    """Let pages of any origin read; what is posted is for the one who posts it."""
    if request.method == "POST":
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer
    return open_to_all(answer)


for _part in (api, v1):
    _part.after_request(opened)


@api.get("/api/v1/openapi.json")
def description() -> Response:
    """Answer with the description of the interface; `lang` chooses the language of its texts, English by default."""
    language = request.args.get("lang", "en")
    if language not in LANGUAGES:
        abort(400)
    return Response(as_json(document(public_base(), language)), mimetype="application/json")


@api.get("/api/docs")
@api.get("/api/")
@api.get("/api/v1/")
def docs() -> Response:
    """Lead to the page on the interface in the language of the reader."""
    answer = make_response(redirect(url_for("api_pages.page", lang=best_language()), 303))
    answer.headers["Vary"] = "Accept-Language"
    return answer


@api_pages.get("/api")
def page() -> str:
    """Show the operations with their parameters and answers."""
    told = document(public_base(), g.page.language)
    examples = {name: f"{request.script_root}{PREFIX}{address}" for name, address in _EXAMPLES.items()}
    known = operations()
    return render_template(
        "api/docs.html", page=g.page, told=told, operations=known, base=public_base(), examples=examples
    )
