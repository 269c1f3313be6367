"""`/sparql`, the SPARQL 1.1 Protocol without updates, and `/graphs`, the read half of the Graph Store Protocol."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from hyte_graph.errors import HyteError
from hyte_graph.store.binding import tokens
from hyte_graph.store.clauses import form_of
from hyte_web.headers import open_to_all
from hyte_web.negotiation import best_language
from hyte_web.sentences import said
from hyte_web.sparql.asked import Asked, asked
from hyte_web.sparql.description import described
from hyte_web.sparql.formats import GRAPHS, Form, chosen, forms_of
from hyte_web.sparql.graphs import graph_query
from hyte_web.sparql.problems import ProtocolError, problem
from hyte_web.sparql.service import service

sparql = Blueprint("sparql", __name__)

_CHANGING: Final = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
_METHODS: Final = {"sparql.endpoint": "GET, HEAD, POST, OPTIONS"}


@sparql.get("/sparql")
@sparql.post("/sparql")
def endpoint() -> Response:
    """Answer a query, lead a browser to the editor, or tell what the service can do."""
    told = asked(request)
    if told.query is None:
        return _about()
    is_read = request.method == "GET"  # a HEAD request is one too, by Flask
    is_page = is_read or request.method == "HEAD"
    form, media_type = chosen(forms_of(form_of(told.query)), told.format, with_page=is_page)
    if form is None:
        return _to_editor(told.query)
    return _answered(told, form, media_type)


@sparql.get("/graphs")
def graphs() -> Response:
    """Answer with one graph, or with all merged (SPARQL 1.1 Graph Store HTTP Protocol, 5.2)."""
    form, media_type = chosen(GRAPHS, request.args.get("format", ""))
    query, scope = graph_query(request)
    assert form is not None  # noqa: S101
    found = service().written(query, form=form.suffix, scope=scope, is_whole=True)
    return _kept(_response(found.body, form, media_type))


def _about() -> Response:
    form, media_type = chosen(GRAPHS, "", with_page=True)
    if form is None:
        return _see_other(url_for("editor.page", lang=best_language()))
    return _kept(_response(described(request.base_url, form), form, media_type))


def _answered(told: Asked, form: Form, media_type: str) -> Response:
    assert told.query is not None  # noqa: S101
    answer = _response(service().written(told.query, form=form.suffix, scope=told.scope).body, form, media_type)
    words = {(token["word"] or "").upper() for token in tokens(told.query)}
    if words & _CHANGING:
        answer.headers["Cache-Control"] = "no-store"
    return _kept(answer)


def _kept(answer: Response) -> Response:
    if service().remote is not None:  # what another server holds can change at any time
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _response(body: bytes, form: Form, media_type: str) -> Response:
    is_text = media_type.startswith("text/")
    answer = Response(body, content_type=f"{media_type}; charset=utf-8" if is_text else media_type)
    answer.headers["Vary"] = "Accept"
    answer.headers["Content-Disposition"] = f'inline; filename="hyte.{form.suffix}"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _to_editor(query: str) -> Response:
    return _see_other(f"{url_for('editor.page', lang=best_language())}?{urlencode({'query': query, 'run': '1'})}")


def _see_other(address: str) -> Response:
    answer = Response(status=303, headers={"Location": address})
    answer.headers["Vary"] = "Accept, Accept-Language"
    return answer


@sparql.errorhandler(ProtocolError)
@sparql.errorhandler(HyteError)
def _refused(error: ProtocolError | HyteError) -> Response:
    return problem(error)


@sparql.errorhandler(RequestEntityTooLarge)
def _too_large(_: Exception) -> Response:
    return problem(ProtocolError(413, "query-too-large", said("sparql-too-large", longest=service().longest)))


@sparql.after_request
def _open(answer: Response) -> Response:
    """Let pages of any origin ask, with any media type of the protocol."""
    open_to_all(answer)
    answer.headers["Access-Control-Expose-Headers"] += ", Retry-After"
    if request.method == "OPTIONS":
        answer.headers["Access-Control-Allow-Methods"] = _METHODS.get(request.endpoint or "", "GET, HEAD, OPTIONS")
        answer.headers["Access-Control-Allow-Headers"] += ", Content-Type"
    return answer
