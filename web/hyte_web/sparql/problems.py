"""What the endpoint says when it does not answer: one problem document for each cause (RFC 9457)."""

from __future__ import annotations

import re

from flask import Response, jsonify, make_response

from hyte_graph.errors import (
    BusyError,
    DiedError,
    HyteError,
    LimitError,
    RemoteError,
    TooBigError,
    TooSlowError,
    UndecidedError,
    UsageError,
)
from hyte_graph.languages import Text
from hyte_web.negotiation import best_language

_CAUSES: tuple[tuple[type[HyteError], int, str], ...] = (
    (UsageError, 400, "query-wrong"),
    (TooSlowError, 504, "query-timeout"),
    (BusyError, 503, "busy"),
    (DiedError, 503, "query-died"),
    (TooBigError, 413, "query-memory"),
    (LimitError, 413, "result-too-large"),
    (UndecidedError, 500, "failed"),
    (RemoteError, 502, "store-failed"),
)
_TITLES = {
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
_RETRY = 30  # seconds
_PLACE = re.compile(r"\bat (\d+):(\d+)")


class ProtocolError(Exception):
    """A request that is not as the protocol says: a status, a stable code and one clear sentence."""

    def __init__(self, status: int, code: str, message: Text) -> None:
        super().__init__(message.en)
        self.status, self.code, self.message = status, code, message


def cause(error: HyteError) -> tuple[int, str]:
    """Return the status and the code of an error; a sentence with a code of its own tells more than its kind."""
    status, code = next(((status, code) for kind, status, code in _CAUSES if isinstance(error, kind)), (500, "failed"))
    return status, error.message.code or code


def place(message: Text) -> tuple[int, int] | None:
    """Return the line and column that an engine names in its message."""
    found = _PLACE.search(message.en)
    return (int(found[1]), int(found[2])) if found else None


def problem(error: ProtocolError | HyteError) -> Response:
    """Return the answer for an error."""
    status, code = (error.status, error.code) if isinstance(error, ProtocolError) else cause(error)
    language = best_language()
    told: dict[str, object] = {"type": "about:blank", "title": _TITLES[status], "status": status, "code": code}
    told["detail"] = error.message.within(language)
    where = place(error.message)
    if where:
        told |= {"line": where[0], "column": where[1]}
    answer = make_response(jsonify(told), status)
    answer.mimetype = "application/problem+json"
    answer.headers["Content-Language"] = language
    answer.headers["Cache-Control"] = "no-store"
    if status == 503:  # noqa: PLR2004
        answer.headers["Retry-After"] = str(_RETRY)
    return answer
