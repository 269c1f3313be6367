"""How often one visitor may ask: a named limit for pages, data, queries and checks."""

from __future__ import annotations

from flask import Flask, Response, current_app, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

_UNLIMITED = ("/healthz", "/readyz", "/metrics", "/static/")
_WAITING = (429, 503)
_DATA = ("/api/", "/data/", "/id/", "/dump/", "/ontology", "/catalog", "/.well-known/", "/shapes", "/vocab", "/schema/")


def install(app: Flask) -> None:
    """Count the requests of each visitor where the setting RATE_LIMITS says so."""
    limiter = Limiter(
        key_func=_key,
        application_limits=[_limit],
        storage_uri=app.config["RATE_STORAGE"],
        headers_enabled=True,
        enabled=app.config["RATE_LIMITS"],
    )
    app.after_request(_without_needless)
    limiter.request_filter(lambda: request.path.startswith(_UNLIMITED))
    limiter.init_app(app)


def _without_needless(answer: Response) -> Response:
    """Return an answer that tells how long to wait only where there is something to wait for."""
    if answer.status_code not in _WAITING:
        answer.headers.pop("Retry-After", None)
    return answer


def _key() -> str:
    return f"{_sort()} {get_remote_address()}"


def _limit() -> str:
    return str(current_app.config[f"RATE_{_sort()}"])


def _sort() -> str:
    """Return which limit counts: a check costs most, then a query of one's own."""
    if request.path.startswith(("/sparql", "/graphs")):
        return "SPARQL"
    if request.method == "POST":
        return "CHECK"
    return "DATA" if request.path.startswith(_DATA) else "PAGES"
