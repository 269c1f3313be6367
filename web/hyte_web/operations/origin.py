"""Forms of other sites cannot hand in anything here: browsers tell where a request comes from (decision 0024)."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, abort, request

_READING = ("GET", "HEAD", "OPTIONS")
_OPEN = ("/api/", "/sparql")


def install(app: Flask) -> None:
    """Refuse what a page of another origin sends."""
    app.before_request(_refuse_strangers)


def _refuse_strangers() -> None:
    if request.method in _READING or request.path.startswith(_OPEN):
        return
    if not _is_ours():
        abort(403)


def _is_ours() -> bool:
    """Return whether a request comes from our own page, or from a program that is no browser."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
