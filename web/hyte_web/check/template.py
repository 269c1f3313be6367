"""An empty workbook or file for one organisation, made from the norms that bind it on a day."""

from __future__ import annotations

from datetime import date

from flask import Response, g, make_response, redirect, render_template, request, url_for

from hyte_graph.compliance.blank import blank
from hyte_graph.errors import UsageError
from hyte_graph.languages import LANGUAGES
from hyte_graph.model import Actor
from hyte_graph.store.lookup import actor_of
from hyte_web.check.downloads import named
from hyte_web.check.part import check
from hyte_web.clock import day_of, today
from hyte_web.site import site

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "zip": "application/zip",
    "yaml": "application/yaml",
}
"""The endings of a template with their media types; a .zip holds a CSV file for each sheet."""


@check.get("/check/template")
def template() -> Response:
    """Ask for which organisation, day, language and format; lead to the file once all are told."""
    told = request.args.get("actor", "")
    if not told:
        return _form("", [])
    try:
        actor = actor_of(told, site().knowledge)
    except UsageError as error:
        return _form(told, [("actor", error.message.within(g.page.language))])
    on = day_of(request.args.get("on", "")) or (None if request.args.get("on") else today())
    if on is None:
        return _form(told, [("on", g.page.say("check-no-day"))])
    return _leading(actor, on)


def _leading(actor: Actor, on: date) -> Response:
    form, language = request.args.get("format", "xlsx"), request.args.get("language", g.page.language)
    target = url_for(
        "check.template_file",
        suffix=form if form in KINDS else "xlsx",
        actor=actor.slug,
        on=on.isoformat(),
        language=language if language in LANGUAGES else g.page.language,
    )
    return make_response(redirect(target, 303))


@check.get("/check/template.<any(xlsx, ods, zip, yaml):suffix>")
def template_file(suffix: str) -> Response:
    """Give the empty file."""
    known = site().knowledge
    try:
        actor = actor_of(request.args.get("actor", ""), known)
    except UsageError as error:
        return _form("", [("actor", error.message.within(g.page.language))])
    on = day_of(request.args.get("on", "")) or today()
    language = request.args.get("language", "")
    language = language if language in LANGUAGES else g.page.language
    body = blank(actor, on, language, f".{suffix}", known)
    answer = Response(body, mimetype=KINDS[suffix])
    answer.headers["Content-Language"] = language
    return named(answer, f"hyte-{actor.slug}-{on.isoformat()}.{suffix}")


def _form(told: str, errors: list[tuple[str, str]]) -> Response:
    text = render_template(
        "check/template.html",
        page=g.page,
        told=told,
        errors=errors,
        actors=names(),
        on=request.args.get("on") or today().isoformat(),
        kinds=KINDS,
    )
    return make_response(text, 422 if errors else 200)


def names() -> list[str]:
    """Return the official names of all organisations of the registers that can be described."""
    return sorted(actor.label.within(g.page.language) for actor in site().actors.values() if actor.kinds)
