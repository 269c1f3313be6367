"""Headers of every answer: what a browser may do with it, and how it may be kept."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, current_app, request

from hyte_graph.versions import content_digest, package_version
from hyte_web.clock import today

CONTENT_SECURITY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
"""What pages may load: nothing from elsewhere, and no script or style that stands in the page."""

_SECURITY = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",  # with no-referrer, our own forms would come from origin "null"
    "X-Content-Type-Options": "nosniff",
}
_DAYLESS = ("/data/", "/ontology", "/dump/", "/shapes", "/vocab", "/context", "/schema/", "/static/")


def install(app: Flask) -> None:
    """Let every answer carry the headers."""
    release()
    app.after_request(_finished)


def open_to_all(response: Response) -> Response:
    """Let pages of any origin read the data (the Fetch standard's CORS protocol)."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Content-Location, ETag, Link"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
    return response


@cache
def release() -> str:
    """Return a digest of all that decides what an address shows: ontology, rules, package and the files of the web."""
    digest = sha256("\n".join((content_digest("ontology"), content_digest("rules"), package_version())).encode())
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in (".py", ".html", ".toml", ".css", ".js"):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _finished(response: Response) -> Response:
    for name, value in _SECURITY.items():
        response.headers.setdefault(name, value)
    if request.is_secure and current_app.config["HSTS_SECONDS"]:
        response.headers["Strict-Transport-Security"] = f"max-age={current_app.config['HSTS_SECONDS']}"
    if _is_kept(response):
        response.set_etag(_tag(response))
        response.headers.setdefault("Cache-Control", "no-cache")
        response.make_conditional(request)
    return response


def _is_kept(response: Response) -> bool:
    """Return whether a browser may keep an answer: pages of the site and data, not what somebody handed in."""
    is_shown = response.status_code == 200 and request.method in ("GET", "HEAD")  # noqa: PLR2004
    return is_shown and not response.direct_passthrough and not response.cache_control.no_store


def _tag(response: Response) -> str:
    """Return the entity tag of an answer; only the data of the graph cannot depend on the day."""
    day = "" if request.path.startswith(_DAYLESS) else today().isoformat()
    seed = (release(), request.script_root, request.full_path, response.mimetype or "", day)
    return sha256("\n".join(seed).encode("utf-8", "surrogateescape")).hexdigest()[:32]
