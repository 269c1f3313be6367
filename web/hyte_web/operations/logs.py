"""One JSON line for each request: never its query, its body or a file name."""

from __future__ import annotations

import re
import time
import uuid

import structlog
from flask import Flask, Response, g, got_request_exception, request

_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


def install(app: Flask) -> None:
    """Give every request a number, and write lines where the setting LOG_REQUESTS says so."""
    app.before_request(_begin)
    app.after_request(_numbered)
    if app.config["LOG_REQUESTS"]:
        app.after_request(_log)
        got_request_exception.connect(_log_defect, app, weak=False)
        app.log_exception = _unsaid  # type: ignore[method-assign]


def _logger() -> structlog.typing.FilteringBoundLogger:
    processors: list[structlog.typing.Processor] = [
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.JSONRenderer(),
    ]
    made: structlog.typing.FilteringBoundLogger = structlog.wrap_logger(structlog.PrintLogger(), processors=processors)
    return made


def _unsaid(exc_info: object) -> None:
    """Write nothing: Flask would write the message of a defect."""


def _begin() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if _ID.fullmatch(given) else uuid.uuid4().hex
    g.begun = time.perf_counter()


def _numbered(answer: Response) -> Response:
    if "request_id" in g:
        answer.headers["X-Request-ID"] = g.request_id
    return answer


def _log(answer: Response) -> Response:
    _logger().info(
        "request",
        request_id=g.get("request_id", ""),
        method=request.method,
        route=str(request.url_rule or ""),
        status=answer.status_code,
        type=answer.mimetype,
        milliseconds=round((time.perf_counter() - g.get("begun", time.perf_counter())) * 1000),
    )
    return answer


def _log_defect(_: Flask, exception: BaseException, **__: object) -> None:
    """Write where a defect is; its message could hold what somebody handed in."""
    place = exception.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_globals.get('__name__')}:{place.tb_lineno}" if place else ""
    _logger().error("defect", request_id=g.get("request_id", ""), type=type(exception).__name__, where=where)
