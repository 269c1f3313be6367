"""What those who run the site need: is it alive, is it ready, how much is asked of it, who asks too much."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, abort, current_app, jsonify
from werkzeug.middleware.proxy_fix import ProxyFix

from hyte_graph.versions import package_version
from hyte_web.operations import bodies, limits, logs, metrics, origin
from hyte_web.site import site

operations = Blueprint("operations", __name__)


def install(app: Flask) -> None:
    """Let the application trust its proxies, log, count, and refuse what comes from elsewhere, packed or too often."""
    count = app.config["PROXIES"]
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, count, count, count, count, count)  # type: ignore[method-assign]
    logs.install(app)
    metrics.install(app)
    limits.install(app)
    origin.install(app)
    bodies.install(app)


@operations.get("/healthz")
def alive() -> Response:
    """Tell that the process answers."""
    return _unkept({"status": "alive"})


@operations.get("/readyz")
def ready() -> Response:
    """Tell whether the site can answer what visitors ask; 503 while a part cannot."""
    parts = {"store": len(site().store) > 0, "knowledge": bool(site().norms)}
    parts |= {name: bool(check()) for name, check in current_app.extensions.get("readiness", {}).items()}
    answer = _unkept({"status": "ready" if all(parts.values()) else "unready", "parts": parts})
    answer.status_code = 200 if all(parts.values()) else 503
    answer.headers["X-Version"] = package_version()
    return answer


@operations.get("/metrics")
def measured() -> Response:
    """Tell the counts in the form of Prometheus, where the setting METRICS says so."""
    if not current_app.config["METRICS"]:
        abort(404)
    answer = Response(metrics.told(current_app), content_type=metrics.CONTENT_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _unkept(value: dict[str, object]) -> Response:
    answer = jsonify(value)
    answer.headers["Cache-Control"] = "no-store"
    return answer
