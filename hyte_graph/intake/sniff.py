"""Does a file hold what its ending says? A page saved as .ttl or a spreadsheet called .yaml is named for what it is."""

from __future__ import annotations

import re
from pathlib import PurePath

from hyte_graph.errors import FilingError
from hyte_graph.messages import say

_LOOKED_AT = 1024  # bytes
_MARKS = (b"\xef\xbb\xbf",)
_KINDS = (
    ("zip", re.compile(rb"PK(\x03\x04|\x05\x06)")),
    ("office", re.compile(rb"\xd0\xcf\x11\xe0")),  # Excel and Word up to 2003, and locked files of today
    ("pdf", re.compile(rb"%PDF-")),
    ("utf-16", re.compile(rb"\xff\xfe|\xfe\xff")),
    ("html", re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)),
    ("xml", re.compile(rb"<\?xml|<!doctype|<rdf:rdf[\s>]", re.IGNORECASE)),
    ("json", re.compile(rb'\{\s*"|\[\s*\{\s*"')),
    ("turtle", re.compile(rb"@?(?:prefix\s+[\w.-]*:|base)\s*<", re.IGNORECASE)),
)
_BINARY = ("zip", "office", "pdf", "utf-16")
_REFUSED = {
    ".yaml": (*_BINARY, "html", "xml", "turtle"),
    ".yml": (*_BINARY, "html", "xml", "turtle"),
    ".json": (*_BINARY, "html", "xml", "turtle"),
    ".jsonld": (*_BINARY, "html", "xml", "turtle"),
    ".ttl": (*_BINARY, "html", "xml", "json"),
    ".nt": (*_BINARY, "html", "xml", "json", "turtle"),
    ".rdf": (*_BINARY, "html", "json", "turtle"),
    ".xlsx": ("pdf", "html", "xml", "json", "turtle"),
    ".ods": ("pdf", "html", "xml", "json", "turtle"),
    ".zip": ("pdf", "html", "xml", "json", "turtle"),
}
_SPREADSHEETS = (".xls", ".xlsm", ".xlsb", ".xlt", ".xltx", ".xltm", ".fods", ".numbers", ".docx")


def check_kind(content: bytes, name: str) -> None:
    """Return where a file can be what its ending says.

    Raises:
        FilingError: it is plainly something else.
    """
    ending, found = PurePath(name).suffix.lower(), kind_of(content)
    if ending in (".xlsx", ".ods") and found == "office":
        raise FilingError(say("workbook-unsupported", name=name))
    if found in _REFUSED.get(ending, ()):
        raise FilingError(say("file-other-kind", name=name, ending=ending, kind=say(f"kind-{found}")))


def kind_of(content: bytes) -> str:
    """Return what the first bytes of a file are plainly the beginning of, or an empty string."""
    head = content[:_LOOKED_AT]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    head = head.lstrip(b" \t\r\n")
    return next((kind for kind, start in _KINDS if start.match(head)), "")


def is_other_spreadsheet(name: str) -> bool:
    """Return whether a name is that of a spreadsheet, or of a document, in a format that is not read."""
    return PurePath(name).suffix.lower() in _SPREADSHEETS
