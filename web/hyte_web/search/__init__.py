"""Search: one box for everything that the site shows."""

from __future__ import annotations

from math import ceil
from typing import Any

from flask import Response, abort, g, jsonify, make_response, render_template
from flask.blueprints import BlueprintSetupState

from hyte_graph.store.search import Hit
from hyte_web.localised import localised
from hyte_web.page import Page
from hyte_web.search.asked import asked, leads_to
from hyte_web.search.finding import LONGEST, Finder, Found, finder

search = localised("search", __name__, "/search")

_SIZE = 20
_NOTHING = Found((), {})


@search.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Build the indexes when the application starts."""
    state.app.extensions["hyte-finder"] = Finder(state.app.extensions["hyte"].library)


@search.get("")
def results() -> Response:
    """Show what a text finds, with facets, page by page."""
    wanted = asked()
    found = _NOTHING if wanted.is_too_long else finder().find(wanted.text, wanted.kind)
    last, start = max(ceil(len(found.hits) / _SIZE), 1), (wanted.page - 1) * _SIZE
    if wanted.page > last:
        abort(404)
    text = render_template(
        "search/results.html",
        page=g.page,
        asked=wanted,
        found=found,
        shown=found.hits[start : start + _SIZE],
        first=start + 1,
        last=last,
        longest=LONGEST,
        leads_to=leads_to,
    )
    return make_response(text, 400 if wanted.is_too_long else 200)


@search.get("/suggest")
def suggest() -> Response:
    """Answer with the few things that a beginning may become, for the box with suggestions."""
    wanted = asked()
    hits = () if wanted.is_too_long else finder().suggest(wanted.text, g.page.language)
    return jsonify([_suggestion(g.page, hit) for hit in hits])


def _suggestion(page: Page, hit: Hit) -> dict[str, Any]:
    name = page.text(hit.label)
    other = hit.matched if hit.matched.casefold() not in name.value.casefold() else ""
    return {
        "label": name.value,
        "lang": name.language,
        "kind": page.say(f"search-one-{hit.kind}"),
        "href": leads_to(page, hit),
        "matched": other,
        "matchedLang": hit.language if other else "",
    }
