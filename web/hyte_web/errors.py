"""Answers to requests that cannot be met: a clear page or a problem document (RFC 9457), never a stack trace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any, NoReturn

from flask import Flask, Response, abort, g, make_response, render_template, request
from werkzeug.exceptions import SecurityError

from hyte_graph.errors import FilingError, HyteError, LimitError, UndecidedError, UsageError
from hyte_graph.languages import LANGUAGES, Text
from hyte_web.forms import as_json
from hyte_web.negotiation import best_language, best_type
from hyte_web.page import Page
from hyte_web.sentences import sentence
from hyte_web.site import site

_CODES = (400, 403, 404, 405, 406, 410, 413, 415, 422, 429, 500, 503)
_KEPT_HEADERS = ("Allow", "Retry-After")
_STATUS = {UsageError: 400, FilingError: 422, UndecidedError: 422, LimitError: 503}
_HTML, _PROBLEM = "text/html", "application/problem+json"
_DATA = (
    "/data",
    "/ontology",
    "/api/",
    "/catalog",
    "/dump/",
    "/schema/",
    "/shapes",
    "/vocab",
    "/context",
    "/.well-known",
)


def install(app: Flask) -> None:
    """Let errors be answered in the language of the reader."""
    for code in _CODES:
        app.register_error_handler(code, partial(_answer, code))
    app.register_error_handler(SecurityError, _refused)
    app.register_error_handler(HyteError, _failed)


def not_acceptable(choices: Sequence[tuple[str, str]]) -> Response:
    """Return the answer to a request that accepts none of the choices: their addresses with their media types."""
    return _answered(406, choices=choices)


def gone(successors: Sequence[str]) -> Response:
    """Return the answer to a request for what is no longer in use: what has taken its place."""
    answer = _answered(410, choices=[(address, _HTML) for address in successors])
    for address in successors:
        answer.headers.add("Link", f'<{address}>; rel="successor-version"')
    return answer


def refuse(code: int, *details: Text) -> NoReturn:
    """Answer with a status and sentences that say what is wrong in this case."""
    g.error_details = details
    abort(code)


def _answer(code: int, error: Exception) -> Response:
    answer = _answered(code, g.pop("error_details", ()))
    told = [*getattr(error, "get_headers", list)(), *_extra(error)]
    for name, value in told:
        if name in _KEPT_HEADERS:
            answer.headers[name] = value
    return answer


def _extra(error: Exception) -> Iterable[tuple[str, str]]:
    after = getattr(error, "retry_after", None)
    return [("Retry-After", str(after))] if after else []


def _refused(_: Exception) -> Response:
    """Answer a request that is not even for this site, such as one for a host that we do not serve."""
    return Response(f"{sentence('error-400', best_language())}\n", 400, mimetype="text/plain")


def _failed(error: HyteError) -> Response:
    """Answer with the sentences of the library, where a visitor can mend what they name."""
    code = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
    details = error.messages if isinstance(error, FilingError) else (error.message,)
    answer = _answered(code, details if code in _STATUS.values() else ())
    if code == _STATUS[LimitError]:
        answer.headers["Retry-After"] = "30"
    return answer


def _answered(code: int, details: Sequence[Text] = (), choices: Sequence[tuple[str, str]] = ()) -> Response:
    language = _language()
    title = sentence("error-400-title" if code == 400 else f"error-{code}", language)  # noqa: PLR2004
    told = [(text.within(language), text.code) for text in details]
    told = told or [(sentence(f"error-{code}-detail", language), "")]
    if _wants_html():
        g.page = Page(site(), language)
        sentences = [detail for detail, _ in told]
        shown = render_template("error.html", page=g.page, code=code, title=title, details=sentences, choices=choices)
        answer = make_response(shown, code)
    else:
        answer = _problem(code, title, told, choices)
        answer.headers["Content-Language"] = language
    answer.headers["Vary"] = "Accept, Accept-Language"
    return answer


def _problem(code: int, title: str, details: Sequence[tuple[str, str]], choices: Sequence[tuple[str, str]]) -> Response:
    """Return a problem document: sentences, each with the code of its refusal, or else with that of its status."""
    usual = HTTPStatus(code).phrase.lower().replace(" ", "-")
    told: dict[str, Any] = {"status": code, "title": title, "detail": details[0][0], "code": details[0][1] or usual}
    if "request_id" in g:
        told["requestId"] = g.request_id
    if len(details) > 1:
        told["errors"] = [{"detail": detail, "code": mark or usual} for detail, mark in details]
    if choices:
        told["choices"] = [{"href": href, "type": media_type} for href, media_type in choices]
    return Response(as_json(told), code, mimetype=_PROBLEM)


def _language() -> str:
    first = request.path.split("/")[1]
    return first if first in LANGUAGES else best_language()


def _wants_html() -> bool:
    """Return whether the answer should be a page; programs that ask for data get a problem document."""
    offers = [_PROBLEM, "application/json", _HTML]
    if not request.path.startswith(_DATA):
        offers = [_HTML, *offers[:2]]
    return (best_type(offers) or offers[0]) == _HTML
