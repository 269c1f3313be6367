"""Pieces of XML as text: an element with its attributes and what stands in it, everything escaped."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_GAP = re.compile(r"(\n|\t|  +|^ | $)")


def element(name: str, *inner: str, **attributes: object) -> str:
    """Return an element; an attribute such as `table__name` is table:name, and one that is None is left out."""
    told = "".join(
        f" {key.replace('__', ':').replace('_', '-')}={quoteattr(_allowed(str(value)))}"
        for key, value in attributes.items()
        if value is not None
    )
    content = "".join(inner)
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told}/>"


def paragraphs(text: str) -> str:
    """Return a text as OpenDocument paragraphs, one a line, with every space kept."""
    return "".join(element("text:p", _spaced(line)) for line in text.split("\n"))


def _spaced(line: str) -> str:
    """Return a line with those spaces spelt out that a reader of XML may drop (OpenDocument 1.3, part 3, 6.1.3)."""
    return "".join(_gap(part) if _GAP.fullmatch(part) else words(part) for part in _GAP.split(line) if part)


def _gap(part: str) -> str:
    return element("text:tab") if part == "\t" else element("text:s", text__c=len(part))


def words(text: str) -> str:
    """Return a text as XML holds it; a character that XML forbids becomes a sign for one that is lost."""
    return escape(_allowed(text))


def _allowed(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
