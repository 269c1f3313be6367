"""A report as a file: every format of `hyte check`, under the ending that its address has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

from flask import Response, abort

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.errors import MissingToolError, UsageError
from hyte_graph.reports import render
from hyte_web.check.judging import DATA
from hyte_web.errors import refuse
from hyte_web.page import Page
from hyte_web.sentences import said
from hyte_web.site import site

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Kind:
    """A format: the ending of its address, its name in `hyte_graph.reports`, what the file is, and what it needs."""

    suffix: str
    form: str
    media_type: str
    ending: str  # of the file that a browser saves
    needs: str = ""  # a module of an extra

    @property
    def is_here(self) -> bool:
        """Return whether the library that it needs is installed."""
        return not self.needs or find_spec(self.needs) is not None


KINDS = (
    Kind("pdf", "pdf", "application/pdf", "pdf", "typst"),
    Kind("docx", "docx", f"{_OFFICE}.wordprocessingml.document", "docx", "docx"),
    Kind("xlsx", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", "xlsx"),
    Kind("csv", "csv", "text/csv", "csv"),
    Kind("html", "html", "text/html", "html"),
    Kind("md", "md", "text/markdown", "md"),
    Kind("txt", "text", "text/plain", "txt"),
    Kind("ics", "ics", "text/calendar", "ics"),
    Kind("json", "json", "application/json", "json"),
    Kind("ttl", "turtle", "text/turtle", "ttl"),
    Kind("jsonld", "jsonld", "application/ld+json", "jsonld"),
    Kind("sarif", "sarif", "application/sarif+json", "sarif"),
    Kind("junit", "junit", "application/xml", "junit.xml"),
    Kind("oscal", "oscal", "application/json", "oscal.json"),
)


def kind_of(suffix: str) -> Kind:
    """Return the format of an ending; any other is not found."""
    return next((kind for kind in KINDS if kind.suffix == suffix), None) or abort(404)


def download(made: Assessment, kind: Kind, page: Page, data: Callable[[str], str]) -> Response:
    """Return a report as a file, or one sentence where it cannot be made.

    Args:
        made: the verdicts.
        kind: the format.
        page: the language.
        data: gives a format that was made together with the verdicts.
    """
    try:
        if kind.form == "json":
            body: str | bytes = data("json")
        elif kind.form in DATA:
            body = data(kind.form)
        else:
            body = render(kind.form, [made], site().knowledge, page.language, verbose=True)
    except MissingToolError:
        refuse(404, said("check-not-installed", name=kind.suffix))
    except UsageError as error:
        refuse(404, error.message)
    answer = Response(body, mimetype=kind.media_type)
    answer.headers["Content-Language"] = page.language
    return named(answer, f"{made.actor.slug}-{made.on.isoformat()}.{kind.ending}")


def named(answer: Response, name: str) -> Response:
    """Return a file that a browser saves and does not open as a page of this site."""
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
