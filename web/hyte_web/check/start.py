"""The door to a check: hand in a file, take an example, or answer questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PureWindowsPath

from flask import Response, g, make_response, redirect, render_template, request, url_for

from hyte_graph.errors import FilingError, HyteError, LimitError
from hyte_graph.intake.reader import FORMATS, LARGEST
from hyte_web.check.examples import examples
from hyte_web.check.part import check, private
from hyte_web.check.runs import check_upload
from hyte_web.clock import day_of, today
from hyte_web.page import Page
from hyte_web.site import site

Errors = list[tuple[str, str]]  # the id of the field, what is wrong


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form was filled in with."""

    on: str
    known_on: str
    errors: Errors


@check.get("/check")
def start() -> Response:
    """Show the ways to begin."""
    return _form(Asked(today().isoformat(), "", []))


@check.post("/check")
def upload() -> Response:
    """Check what is handed in and lead to its report, or say what is wrong with it."""
    asked = Asked(request.form.get("on", ""), request.form.get("known_on", ""), [])
    content, name = handed_in("file")
    on = _day("on", asked.on, asked.errors)
    known_on = _day("known_on", asked.known_on, asked.errors) if asked.known_on else None
    if not name:
        asked.errors.insert(0, ("file", g.page.say("check-no-file")))
    if asked.errors or on is None:
        return private(make_response(_form(asked), 422))
    try:
        run = check_upload(content, name, on, known_on)
    except HyteError as error:
        asked.errors.extend(told(error, g.page))
        return private(make_response(_form(asked), 503 if isinstance(error, LimitError) else 422))
    return private(make_response(redirect(url_for("check.show", run=run.name), 303)))


def handed_in(field: str) -> tuple[bytes, str]:
    """Return the bytes of an uploaded file and its bare name, shown but never used as a path."""
    given = request.files.get(field)
    if given is None or not given.filename:
        return b"", ""
    return given.read(), PureWindowsPath(given.filename).name[-120:]


def told(error: HyteError, page: Page, field: str = "file") -> Errors:
    """Return each fault as a sentence in the language of the page, beside the field that it belongs to."""
    messages = error.messages if isinstance(error, FilingError) else (error.message,)
    return [(field, text.within(page.language)) for text in messages]


def _day(field: str, text: str, errors: Errors) -> date | None:
    found = day_of(text)
    if found is None:
        errors.append((field, g.page.say("check-no-day")))
    return found


def _form(asked: Asked) -> Response:
    actors = site().actors
    listed = sorted(
        ((g.page.text(actors[slug].label), example) for slug, example in examples().items()),
        key=lambda pair: pair[0].value,
    )
    text = render_template(
        "check/start.html",
        page=g.page,
        asked=asked,
        examples=listed,
        endings=",".join(FORMATS),
        limit=LARGEST // 1024**2,
    )
    return make_response(text)
