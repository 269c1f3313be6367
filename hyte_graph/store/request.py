"""One HTTP request to a store: with a deadline, a limit of size, and no way to another host."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from hyte_graph.errors import HyteError, LimitError, RemoteError, TooSlowError, UsageError
from hyte_graph.messages import say
from hyte_graph.versions import package_version

LONGEST: Final = 256 * 2**20
"""Bytes of the longest answer that is read."""

_BLOCK: Final = 2**16
_WRONG, _LATE = (400, 422), (408, 503, 504)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered."""

    media_type: str
    headers: Mapping[str, str]
    body: bytes


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str) -> None:  # noqa: ARG002, PLR0917
        raise RemoteError(say("remote-elsewhere", address=req.full_url, target=newurl))


def posted(address: str, fields: Iterable[tuple[str, str]], accept: str, seconds: float) -> Reply:
    """Return the answer to a form.

    Raises:
        UsageError: the address is none of the web, or the server calls the query wrong.
        LimitError: there was no whole answer in time, or it is too long.
        RemoteError: the server cannot be reached, leads elsewhere or fails.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(say("remote-address-wrong", value=address))
    request = Request(address, urlencode(list(fields)).encode(), _headers(accept))  # noqa: S310
    until = time.monotonic() + seconds
    try:
        with build_opener(_NoRedirects).open(request, timeout=seconds) as answer:
            body = _read(answer, until, address, seconds)
            return Reply(answer.headers.get_content_type(), dict(answer.headers), body)
    except HTTPError as error:
        raise _of_status(error, address, seconds) from error
    except TimeoutError as error:
        raise TooSlowError(say("query-too-slow", seconds=f"{seconds:g}")) from error
    except (URLError, OSError, HTTPException, ValueError) as error:
        if isinstance(getattr(error, "reason", None), TimeoutError):
            raise TooSlowError(say("query-too-slow", seconds=f"{seconds:g}")) from error
        raise RemoteError(say("remote-unreachable", address=address, detail=_told(str(error)))) from error


def _headers(accept: str) -> dict[str, str]:
    form = "application/x-www-form-urlencoded"
    return {"Accept": accept, "Content-Type": form, "User-Agent": f"hyte-graph/{package_version()}"}


def _read(answer: Any, until: float, address: str, seconds: float) -> bytes:
    blocks, size = [], 0
    while block := answer.read(_BLOCK):
        blocks.append(block)
        size += len(block)
        if size > LONGEST:
            raise LimitError(say("remote-too-long", address=address, longest=LONGEST // 2**20))
        if time.monotonic() > until:
            raise TooSlowError(say("query-too-slow", seconds=f"{seconds:g}"))
    return b"".join(blocks)


def _of_status(error: HTTPError, address: str, seconds: float) -> HyteError:
    detail = _told(error.read(4096).decode("utf-8", "replace"))
    if error.code in _WRONG:
        return UsageError(say("query-not-sparql", detail=detail))
    if error.code in _LATE:
        return TooSlowError(say("query-too-slow", seconds=f"{seconds:g}"))
    return RemoteError(say("remote-failed", address=address, status=error.code, detail=detail))


def _told(text: str) -> str:
    return " ".join(text.split())[:300]
