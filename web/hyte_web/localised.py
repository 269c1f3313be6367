"""Parts of the site whose pages exist in every language: the language is the first part of the address."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, current_app, g, request

from hyte_graph.languages import LANGUAGES
from hyte_web.page import Page
from hyte_web.site import site


def localised(name: str, import_name: str, prefix: str = "") -> Blueprint:
    """Return a blueprint for `/fi/…`, `/sv/…` and `/en/…`; its views find their page in `g.page`."""
    languages = ", ".join(LANGUAGES)
    part = Blueprint(name, import_name, url_prefix=f"/<any({languages}):lang>{prefix}")
    part.url_value_preprocessor(_take_language)
    return part


def install(app: Flask) -> None:
    """Let links between pages stay in the language of the page."""
    app.url_defaults(_add_language)


def _take_language(_: str | None, values: dict[str, Any] | None) -> None:
    g.page = Page(site(), (values or {}).pop("lang"))


def _add_language(endpoint: str, values: dict[str, Any]) -> None:
    if "page" in g and request and current_app.url_map.is_endpoint_expecting(endpoint, "lang"):
        values.setdefault("lang", g.page.language)
