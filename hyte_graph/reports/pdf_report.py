"""The PDF report: tagged (PDF/UA-1), with title, language and bookmarks, set by Typst from values given as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.errors import MissingToolError
from hyte_graph.messages import say
from hyte_graph.reports.document import Document, document
from hyte_graph.reports.pictures import Picture
from hyte_graph.reports.plain import printable
from hyte_graph.resources import package_file
from hyte_graph.store.knowledge import Knowledge

_TEMPLATES = package_file("reports") / "templates"
_WORDS = {
    "basis": "html-basis",
    "basis-value": "document-basis-value",
    "basis-what": "document-basis-what",
    "contents": "html-contents",
    "count": "html-count",
    "end": "html-end",
    "idle": "html-idle",
    "idle-lead": "html-idle-lead",
    "lead": "html-lead",
    "meaning": "document-meaning",
    "judgements": "judgement-section",
    "judgements-lead": "judgement-section-lead",
    "norm": "document-norm",
    "outcome": "html-outcome",
    "page": "document-page",
    "provision": "picture-provision",
    "summary": "html-summary",
    "table": "picture-table",
    "total": "html-total",
    "why": "document-why",
}
_NOT_IN_FONTS = re.compile(r'PDF/UA-1 error: the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def render(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> bytes:
    """Return assessments as a PDF in "fi", "sv" or "en"; the same input gives the same bytes.

    Raises:
        MissingToolError: Typst is not installed.
    """
    return _set(_values(document(assessments, knowledge, language)))


def _values(made: Document) -> dict[str, Any]:
    """Return what the template asks for, as values of JSON."""
    values = asdict(made)
    values["words"] = {name: say(key).within(made.language) for name, key in _WORDS.items()}
    values["keywords"] = [made.on.isoformat(), *(part.digest for part in made.parts)]
    values["day"] = [made.on.year, made.on.month, made.on.day]
    values["matrix"] = _picture(made.matrix)
    for value, part in zip(values["parts"], made.parts, strict=True):
        value["timeline"] = _picture(part.timeline)
    del values["on"]
    return values


def _picture(picture: Picture | None) -> dict[str, Any] | None:
    if picture is None:
        return None
    rows = [asdict(row) for row in picture.rows]
    return {
        "title": picture.title,
        "description": picture.description,
        "heads": picture.heads,
        "rows": rows,
        "svg": picture.svg,
        "ratio": picture.drawing.height / picture.drawing.width,
    }


def _set(values: dict[str, Any]) -> bytes:
    """Return the values set as a PDF; a letter that no font of Typst has becomes a replacement character."""
    try:
        from typst import TypstError
    except ImportError as error:
        raise MissingToolError(say("pdf-tool-missing")) from error
    unknown: set[str] = set()
    while True:
        try:
            return _compiled(_without(values, str.maketrans(dict.fromkeys(unknown, "\N{REPLACEMENT CHARACTER}"))))
        except TypstError as error:
            told = _not_in_fonts(error.diagnostic) - unknown
            if not told:
                raise
            unknown |= told


def _not_in_fonts(diagnostic: str) -> set[str]:
    """Return the letters that Typst could not show; it writes those that do not print as escapes."""
    told = "".join(_NOT_IN_FONTS.findall(diagnostic))
    escaped = {chr(int(code, 16)) for code in _ESCAPE.findall(told)}
    return escaped | {letter for letter in told if not letter.isascii()}


def _compiled(values: Any) -> bytes:
    import typst

    year, month, day = values["day"]
    template: Any = _TEMPLATES / "report.typ"
    made: bytes = typst.compile(
        template,
        root=_TEMPLATES,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True),
        format="pdf",
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(datetime(year, month, day, tzinfo=UTC).timestamp()),
    )
    return made


def _without(value: Any, unknown: dict[int, str]) -> Any:
    """Return values whose texts hold nothing unprintable."""
    if isinstance(value, str):
        return printable(value).translate(unknown)
    if isinstance(value, dict):
        return {key: _without(item, unknown) for key, item in value.items()}
    return [_without(item, unknown) for item in value] if isinstance(value, list | tuple) else value
