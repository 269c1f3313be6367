"""What may be sent: plain bodies, of a size that has been told."""

from __future__ import annotations

from flask import Flask, abort, request


def install(app: Flask) -> None:
    """Refuse bodies that are packed: how large they become is not known before they are unpacked."""
    app.before_request(_refuse_packed)


def _refuse_packed() -> None:
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        abort(415)
