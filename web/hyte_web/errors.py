"""Answers to requests that cannot be met: a clear page or a problem document (RFC 9457), never a stack trace."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask import Flask, Response, g, jsonify, make_response, render_template, request

from hyte_graph.languages import LANGUAGES
from hyte_web.negotiation import best_language, best_type
from hyte_web.page import Page
from hyte_web.sentences import sentence
from hyte_web.site import site

_CODES = (404, 405, 406, 413, 500)
_HTML, _PROBLEM = "text/html", "application/problem+json"


def install(app: Flask) -> None:
    """Let errors be answered in the language of the reader."""
    for code in _CODES:
        app.register_error_handler(code, partial(_answer, code))
    app.register_error_handler(400, _refused)


def not_acceptable(choices: Sequence[tuple[str, str]]) -> Response:
    """Return the answer to a request that accepts none of the choices: their addresses with their media types."""
    return _answered(406, choices)


def _answer(code: int, error: Exception) -> Response:
    answer = _answered(code, ())
    for name, value in getattr(error, "get_headers", list)():
        if name == "Allow":
            answer.headers[name] = value
    return answer


def _refused(_: Exception) -> Response:
    """Answer a request that is not even for this site, such as one for a host that we do not serve."""
    return Response(f"{sentence('error-400', best_language())}\n", 400, mimetype="text/plain")


def _answered(code: int, choices: Sequence[tuple[str, str]]) -> Response:
    language = _language()
    if _wants_html():
        g.page = Page(site(), language)
        answer = make_response(render_template("error.html", page=g.page, code=code, choices=choices), code)
    else:
        answer = _problem(code, language, choices)
    answer.headers["Vary"] = "Accept, Accept-Language"
    return answer


def _problem(code: int, language: str, choices: Sequence[tuple[str, str]]) -> Response:
    told: dict[str, object] = {
        "status": code,
        "title": sentence(f"error-{code}", language),
        "detail": sentence(f"error-{code}-detail", language),
    }
    if choices:
        told["choices"] = [{"href": href, "type": media_type} for href, media_type in choices]
    answer = make_response(jsonify(told), code)
    answer.mimetype = _PROBLEM
    answer.headers["Content-Language"] = language
    return answer


def _language() -> str:
    first = request.path.split("/")[1]
    return first if first in LANGUAGES else best_language()


def _wants_html() -> bool:
    """Return whether the answer should be a page; programs that ask for data get a problem document."""
    is_data = request.path.startswith(("/data", "/ontology"))
    offers = [_PROBLEM, "application/json", _HTML] if is_data else [_HTML, _PROBLEM, "application/json"]
    return (best_type(offers) or offers[0]) == _HTML
