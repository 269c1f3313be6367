"""Counts and times of requests in the form of Prometheus, by route; nothing of what was asked."""

from __future__ import annotations

import time
from typing import Final

from flask import Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST


def install(app: Flask) -> None:
    """Count requests where the setting METRICS says so."""
    if not app.config["METRICS"]:
        return
    registry = CollectorRegistry()
    names = ("method", "route", "status")
    requests = Counter("hyte_web_requests", "Requests answered", names, registry=registry)
    seconds = Histogram("hyte_web_request_seconds", "Time to answer", ("route",), registry=registry)
    app.extensions["metrics"] = registry

    def count(answer: Response) -> Response:
        route = str(request.url_rule or "none")
        requests.labels(_method(), route, answer.status_code).inc()
        seconds.labels(route).observe(time.perf_counter() - g.get("begun", time.perf_counter()))
        return answer

    app.after_request(count)


def _method() -> str:
    """Return the method; invented ones are one, since every name is kept."""
    return request.method if request.method in ("GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE") else "other"


def told(app: Flask) -> bytes:
    """Return the counts."""
    return generate_latest(app.extensions["metrics"])
