"""What a request asks of the endpoint, by the SPARQL 1.1 Protocol, section 2.1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_to_bytes

from flask import Request

from hyte_graph.store.sparql import Scope
from hyte_web.sentences import said
from hyte_web.sparql.problems import ProtocolError
from hyte_web.sparql.service import service

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_BESIDE: Final = 65_536  # bytes of the other parameters
_FIELDS = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, the graphs that it asks, and the form that the answer should have."""

    query: str | None
    scope: Scope
    format: str


def asked(request: Request) -> Asked:
    """Return what a request asks; the query is None where it only asks about the service.

    Raises:
        ProtocolError: the request is not as the protocol says.
    """
    most = 6 * service().longest + _BESIDE  # each byte of a query in a form may be escaped
    request.max_content_length = request.max_form_memory_size = most
    fields = _fields(request.query_string)
    if request.method == "POST":
        fields += _body(request)
    if _values(fields, "update"):
        raise ProtocolError(400, "read-only", said("sparql-read-only"))
    queries = _values(fields, "query")
    if len(queries) > 1:
        raise ProtocolError(400, "duplicate-parameter", said("sparql-several", name="query"))
    if not queries and (fields or request.method == "POST"):
        raise ProtocolError(400, "query-missing", said("sparql-missing"))
    formats = _values(fields, "format")
    if len(formats) > 1:
        raise ProtocolError(400, "duplicate-parameter", said("sparql-several", name="format"))
    return Asked(queries[0] if queries else None, _scope(fields, request.base_url), formats[0] if formats else "")


def _scope(fields: Sequence[tuple[str, str]], base: str) -> Scope:
    default, named = _values(fields, "default-graph-uri"), _values(fields, "named-graph-uri")
    return Scope(tuple(default), tuple(named), bool(default or named), base)


def _body(request: Request) -> list[tuple[str, str]]:
    """Return the fields of a body; a bare query is a field too."""
    if request.mimetype == _UPDATE:
        raise ProtocolError(415, "read-only", said("sparql-read-only"))
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype not in (_FORM, _QUERY) or charset not in ("utf-8", "utf8"):
        raise ProtocolError(415, "media-type", said("sparql-media-type", value=(request.content_type or "–")[:100]))
    data = request.get_data(cache=False)
    return _fields(data) if request.mimetype == _FORM else [("query", _text(data).removeprefix("\ufeff"))]


def _fields(data: bytes) -> list[tuple[str, str]]:
    """Return the fields of a form, which must be UTF-8 under its escapes."""
    parts = [part for part in data.split(b"&") if part]
    if len(parts) > _FIELDS:
        raise ProtocolError(400, "fields", said("sparql-fields", most=_FIELDS))
    pairs = (part.replace(b"+", b" ").partition(b"=") for part in parts)
    return [(_text(unquote_to_bytes(name)), _text(unquote_to_bytes(value))) for name, _, value in pairs]


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "not-utf-8", said("sparql-not-utf-8", place=error.start)) from error


def _values(fields: Sequence[tuple[str, str]], name: str) -> list[str]:
    return [value for key, value in fields if key == name]
