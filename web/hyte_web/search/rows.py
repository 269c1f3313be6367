"""What was found, as rows: for JSON, for tables, for the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import abort, g

from hyte_graph.store.search import Hit
from hyte_web.forms import CSV, JSON, Form, Table, as_csv, as_json, as_workbook
from hyte_web.page import Page
from hyte_web.search.asked import asked, leads_to
from hyte_web.search.finding import finder

_COLUMNS = ("iri", "kind", "label", "matched", "language", "how")


def twin(form: Form) -> bytes:
    """Return all that the address asks for, in a form."""
    wanted = asked()
    hits = finder().find(wanted.text, wanted.kind).hits if not wanted.is_too_long else abort(400)
    if form is JSON:
        return as_json({"text": wanted.text, "total": len(hits), "items": as_rows(hits, g.page)})
    table = _table(hits, g.page)
    return as_csv(table) if form is CSV else as_workbook(table)


def as_rows(hits: Iterable[Hit], page: Page) -> list[dict[str, Any]]:
    """Return plain values for each hit: what it is, what fits, in which language, how and how well (0 to 1)."""
    return [
        {
            "iri": hit.iri,
            "kind": hit.kind,
            "label": hit.label.as_dict(),
            "page": leads_to(page, hit),
            "matched": hit.matched,
            "language": hit.language,
            "how": hit.how,
            "score": hit.score,
        }
        for hit in hits
    ]


def _table(hits: Iterable[Hit], page: Page) -> Table:
    headings = tuple(page.say(f"search-column-{key}") for key in _COLUMNS)
    rows = [
        (hit.iri, page.say(f"search-one-{hit.kind}"), page.text(hit.label).value, hit.matched, hit.language, hit.how)
        for hit in hits
    ]
    return Table(page.say("search-title"), headings, rows)
