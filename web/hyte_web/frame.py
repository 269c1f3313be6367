"""What stands around every page: the parts of the site in its head and foot, those that this site has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Flask, current_app, url_for
from werkzeug.exceptions import HTTPException

from hyte_graph.versions import package_version
from hyte_web.page import Page

_HEAD: Final = ("law", "norm", "actor", "area", "term", "query", "check", "data")
_FOOT: Final = ("help", "about", "changes", "data", "ontology", "accessibility", "privacy")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the site: its key, its address, and whether the page is in it."""

    key: str
    href: str
    is_here: bool


def install(app: Flask) -> None:
    """Let every template speak of the parts of the site."""
    app.extensions["hyte-frame"] = {}  # which addresses the site has: asked for on every page, the same on all
    app.jinja_env.globals.update(head_parts=head_parts, foot_parts=foot_parts, at=at, version=package_version)


def head_parts(page: Page) -> list[Part]:
    """Return the parts that the head of a page leads to."""
    return _parts(page, _HEAD)


def foot_parts(page: Page) -> list[Part]:
    """Return the parts that the foot of a page leads to."""
    return _parts(page, _FOOT)


def at(page: Page, path: str) -> str:
    """Return the address of a page below the language, such as "check", or nothing where the site has none there."""
    known: dict[str, bool] = current_app.extensions["hyte-frame"]
    if path not in known:
        known[path] = _is_there(page, path)
    return url_for("browse.home", lang=page.language) + path if known[path] else ""


def _is_there(page: Page, path: str) -> bool:
    try:
        endpoint, _ = current_app.url_map.bind("localhost").match(f"/{page.language}/{path}")
    except HTTPException:
        return False
    return endpoint != "browse.index" or path in page.site.things


def _parts(page: Page, keys: tuple[str, ...]) -> list[Part]:
    return [Part(key, address, page.is_at(key)) for key in keys if (address := at(page, key))]
