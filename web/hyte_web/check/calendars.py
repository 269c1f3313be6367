"""What falls due for an organisation, by the law alone: a page, a calendar, a table and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import Response, abort, g, make_response, render_template, request

from hyte_graph.compliance.calendar import Due, calendar
from hyte_graph.errors import UsageError
from hyte_graph.model import Actor
from hyte_graph.reports import due_calendar
from hyte_web.check.downloads import named
from hyte_web.check.part import check
from hyte_web.clock import day_of, today
from hyte_web.errors import refuse
from hyte_web.sentences import said
from hyte_web.site import site

_COLUMNS = ("last_day", "period", "norm", "strength", "citation", "label")
_YEARS = 4  # how far a page looks ahead unless told


@dataclass(frozen=True, slots=True)
class Span:
    """The days between which to look; `wrong` says that the address names none."""

    on: date
    until: date
    wrong: bool = False


@check.get("/calendar/<slug>")
def due(slug: str) -> Response:
    """Show the last days of the years and council terms of the duties of an organisation."""
    actor, span = _actor(slug), _span()
    found = () if span.wrong else calendar(actor, site().knowledge, span.on, span.until)
    days = [(day, list(group)) for day, group in groupby(found, key=lambda item: item.last_day)]
    text = render_template("check/calendar.html", page=g.page, actor=actor, span=span, days=days, count=len(found))
    return make_response(text, 400 if span.wrong else 200)


@check.get("/calendar/<slug>.<any(csv, json, ics):suffix>")
def due_file(slug: str, suffix: str) -> Response:
    """Give the same as a file."""
    actor, span = _actor(slug), _span()
    if span.wrong:
        refuse(400, said("check-span-wrong"))
    found = calendar(actor, site().knowledge, span.on, span.until)
    if suffix == "ics":
        answer = Response(_as_ics(actor, found, span.on), mimetype="text/calendar")
    elif suffix == "csv":
        answer = Response(_as_csv(found), mimetype="text/csv")
    else:
        answer = Response(json.dumps(_rows(found), ensure_ascii=False, indent=2) + "\n", mimetype="application/json")
    return named(answer, f"{slug}-{span.on}-{span.until}.{suffix}")


def _actor(slug: str) -> Actor:
    return site().actors.get(slug) or abort(404)


def _span() -> Span:
    """Return the days that the address names; by default from today to the end of a year to come."""
    now = today()
    told_on, told_until = request.args.get("on", ""), request.args.get("until", "")
    on = day_of(told_on) if told_on else now
    until = day_of(told_until) if told_until else date(now.year + _YEARS, 12, 31)
    if on is None or until is None or until <= on:
        return Span(on or now, until or now, wrong=True)
    return Span(on, until)


def _rows(found: Sequence[Due]) -> list[dict[str, str]]:
    language = g.page.language
    return [
        {
            "last_day": item.last_day.isoformat(),
            "period": item.period.slug,
            "norm": item.norm.slug,
            "strength": site().knowledge.code("strength", item.norm.strength).within(language),
            "citation": item.norm.provision.citation.within(language),
            "label": item.norm.label.within(language),
        }
        for item in found
    ]


def _as_csv(found: Sequence[Due]) -> str:
    target = io.StringIO()
    writer = csv.DictWriter(target, _COLUMNS)
    writer.writeheader()
    writer.writerows(_rows(found))
    return target.getvalue()


def _as_ics(actor: Actor, found: Sequence[Due], on: date) -> str:
    try:
        return due_calendar.render(actor, found, site().knowledge, on, g.page.language)
    except UsageError as error:
        refuse(404, error.message)
