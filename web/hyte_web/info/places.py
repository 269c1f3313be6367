"""What crawlers and those who report a weakness look for: robots.txt, the sitemap, security.txt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from xml.sax.saxutils import escape

from flask import Response, abort, current_app, url_for

from hyte_graph.languages import LANGUAGES
from hyte_graph.vocabulary import slug
from hyte_web.clock import today
from hyte_web.info.part import info
from hyte_web.publish import public_base
from hyte_web.site import site

_CLOSED = ("/api/v1/", "/sparql", "/graphs", "/q/")
_KINDS = ("law", "norm", "actor", "term")
_PAGES = ("info_pages.helped", "info_pages.about", "info_pages.changes", "publish_pages.page", "api_pages.page")
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_VALID = timedelta(days=180)


@info.get("/robots.txt")
def robots() -> Response:
    """Tell crawlers where they need not go, and where the sitemap is."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in _CLOSED),
        "",
        f"Sitemap: {public_base()}/sitemap.xml",
        "",
    ]
    return Response("\n".join(lines), mimetype="text/plain")


@info.get("/sitemap.xml")
def sitemap() -> Response:
    """Answer with the index of the sitemaps, one a language."""
    places = [f"{public_base()}{url_for('info.sitemap_of', language=language)}" for language in LANGUAGES]
    return _xml("sitemapindex", "sitemap", places)


@info.get(f"/sitemap-<any({', '.join(LANGUAGES)}):language>.xml")
def sitemap_of(language: str) -> Response:
    """Answer with the pages of a language that are worth finding."""
    return _xml("urlset", "url", [public_base() + path for path in _paths(language)])


def _paths(language: str) -> Iterator[str]:
    yield url_for("browse.home", lang=language)
    yield from (url_for(endpoint, lang=language) for endpoint in _PAGES)
    for kind in _KINDS:
        yield url_for("browse.index", lang=language, kind=kind)
        for address in site().things[kind]:
            yield url_for("browse.thing", lang=language, kind=kind, slug=slug(address))


def _xml(whole: str, part: str, places: list[str]) -> Response:
    body = "\n".join(f"<{part}><loc>{escape(place)}</loc></{part}>" for place in places)
    text = f'<?xml version="1.0" encoding="utf-8"?>\n<{whole} xmlns="{_SPACE}">\n{body}\n</{whole}>\n'
    return Response(text, mimetype="application/xml")


@info.get("/.well-known/security.txt")
def security() -> Response:
    """Tell whom to write to about a weakness (RFC 9116), where the setting SECURITY_CONTACT says so."""
    contact = current_app.config["SECURITY_CONTACT"] or abort(404)
    lines = [
        f"Contact: {contact}",
        f"Expires: {(today() + _VALID).isoformat()}T00:00:00Z",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        f"Canonical: {public_base()}/.well-known/security.txt",
        "",
    ]
    return Response("\n".join(lines), mimetype="text/plain")
