"""The part of the site on which organisations are checked, and what all its answers have in common."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from hyte_graph.intake.reader import LARGEST
from hyte_web.localised import localised

check = localised("check", __name__)

ROOM = LARGEST + 64 * 1024  # a file with the fields around it
_FORM_ROOM = 2 * 1024 * 1024


@check.url_value_preprocessor
def _make_room(_: str | None, __: dict[str, Any] | None) -> None:
    """Let a file be handed in here; everywhere else requests stay small."""
    if request.method == "POST":
        request.max_content_length = ROOM
        request.max_form_memory_size = _FORM_ROOM


def private(answer: Response) -> Response:
    """Return an answer that nobody may keep or index: what somebody handed in, or what was found in it."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
