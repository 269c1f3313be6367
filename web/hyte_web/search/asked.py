"""What the address of a search asks for, and where a hit leads."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, request

from hyte_graph.store.search import Hit
from hyte_graph.vocabulary import slug
from hyte_web import frame
from hyte_web.page import Page
from hyte_web.search.finding import KINDS, LONGEST

_LAST = 9_999


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a search asks for."""

    text: str
    kind: str
    page: int

    @property
    def is_too_long(self) -> bool:
        """Return whether the text is longer than what is looked for."""
        return len(self.text) > LONGEST


def asked() -> Asked:
    """Return what the address of the request asks for; an unknown kind or page is not found."""
    text, kind, page = (request.args.get(name, "") for name in ("q", "kind", "page"))
    if kind not in ("", *KINDS):
        abort(404)
    return Asked(" ".join(text.split()), kind, page_number(page))


def page_number(text: str) -> int:
    """Return the number of a page of a list, the first where none is named; what is no number is not found."""
    if not text:
        return 1
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:6]) <= _LAST else abort(404)


def leads_to(page: Page, hit: Hit) -> str:
    """Return the address of the page of a hit."""
    asked_at = frame.at(page, f"query/{slug(hit.iri)}") if hit.kind == "question" else ""
    return asked_at or page.href(hit.iri)
