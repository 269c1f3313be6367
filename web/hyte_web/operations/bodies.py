"""What may be sent: plain bodies, of a size that has been told, and headers that somebody could have written."""

from __future__ import annotations

from flask import Flask, abort, request

from hyte_web.errors import refuse
from hyte_web.sentences import said

_LONGEST = 8 * 1024  # characters of a header


def install(app: Flask) -> None:
    """Refuse bodies that are packed, whose size is not known before they are unpacked, and headers without end."""
    app.before_request(_refuse_packed)
    app.before_request(_refuse_long)


def _refuse_packed() -> None:
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        abort(415)


def _refuse_long() -> None:
    """Refuse a header that would take long to weigh; some servers do so themselves, others let it pass."""
    if any(len(value) > _LONGEST for value in request.headers.values()):
        request.environ["HTTP_ACCEPT"] = ""  # the answer too is chosen by what is accepted
        refuse(400, said("header-too-long", limit=_LONGEST // 1024))
