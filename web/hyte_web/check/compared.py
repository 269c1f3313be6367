"""Side by side: two results of one organisation, or several organisations on one day, like with like."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, g, make_response, redirect, render_template, request, url_for

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.comparison import Row, compare, shared
from hyte_graph.errors import HyteError
from hyte_graph.reports.difference import Difference, difference
from hyte_web.check.downloads import named
from hyte_web.check.examples import assessed, examples, usual_day
from hyte_web.check.part import check, private
from hyte_web.check.report import asked_day, existing
from hyte_web.check.runs import Run, check_upload
from hyte_web.check.start import handed_in, told
from hyte_web.clock import day_of
from hyte_web.errors import not_acceptable
from hyte_web.page import Item
from hyte_web.site import site

_MOST = 6  # columns that a page can hold


@check.post("/check/<string(length=32):run>/compare")
def compare_with(run: str) -> Response:
    """Check another description, or the same on another day, and lead to what is different."""
    found = existing(run)
    content, name = handed_in("file")
    on = day_of(request.form.get("on", ""))
    if on is None:
        return _refused(found, [("", g.page.say("check-no-day"))])
    try:
        other = check_upload(content or found.content, name or found.file, on)
        difference(json.loads(other.result), json.loads(found.result))
    except HyteError as error:
        return _refused(found, told(error, g.page, ""))
    return private(make_response(redirect(url_for("check.compare_runs", run=run, other=other.name), 303)))


def _refused(found: Run, errors: list[tuple[str, str]]) -> Response:
    text = render_template("check/not_compared.html", page=g.page, run=found, errors=errors)
    return private(make_response(text, 422))


@check.get("/check/<string(length=32):run>/compare/<string(length=32):other>")
def compare_runs(run: str, other: str) -> Response:
    """Show what another run has that this one has not, from the earlier day to the later."""
    kept = [existing(name) for name in (run, other)]
    results = sorted(((json.loads(item.result), item) for item in kept), key=lambda pair: str(pair[0]["on"]))
    try:
        changes = difference(results[0][0], results[1][0])
    except HyteError as error:
        return _refused(kept[0], told(error, g.page, ""))
    if request.args.get("format") == "json":
        return private(_json_of(changes))
    sides = [(item, item.assessment(site().knowledge)) for _, item in results]
    return private(
        make_response(
            render_template("check/changes.html", page=g.page, changes=changes, sides=sides, text_of=_text_of)
        )
    )


def _text_of(told: dict[str, str]) -> Item:
    """Return a text of a stored result in the language of the page."""
    return Item(told[g.page.language], g.page.language)


def _json_of(found: Difference) -> Response:
    changes = [
        {"kind": item.kind, "norm": item.norm, "period": item.period, "before": item.before, "after": item.after}
        for item in found.changes
    ]
    body = json.dumps({"causes": list(found.causes), "changes": changes}, ensure_ascii=False, indent=2)
    return named(Response(f"{body}\n", mimetype="application/json"), "changes.json")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The areas that the address names, the day, and whether only differences are wanted."""

    areas: tuple[str, ...]
    on: date
    only_differing: bool


@check.get("/compare")
def compare_areas() -> Response:
    """Set examples side by side; `.csv` and `.json` are the same table."""
    on = asked_day(usual_day())
    named_areas = [slug for slug in dict.fromkeys(request.args.getlist("area")) if slug in examples()]
    chosen = Chosen(tuple(named_areas[:_MOST]), on, bool(request.args.get("differing")))
    made = [assessed().one(slug, on) for slug in chosen.areas] if len(chosen.areas) > 1 else []
    rows = (
        [row for row in shared(compare(made)) if len(set(row.asked)) > 1 or not chosen.only_differing] if made else []
    )
    return _answered(chosen, made, rows)


def _answered(chosen: Chosen, made: Sequence[Assessment], rows: Sequence[Row]) -> Response:
    form = request.args.get("format", "html")
    if form == "csv":
        return named(Response(_csv(rows, made), mimetype="text/csv"), "comparison.csv")
    if form == "json":
        value = [_value(row, made) for row in rows]
        text = json.dumps(value, ensure_ascii=False, indent=2)
        return named(Response(f"{text}\n", mimetype="application/json"), "comparison.json")
    if form != "html":
        return not_acceptable([])
    text = render_template(
        "check/compare.html", page=g.page, chosen=chosen, made=made, rows=rows, areas=_areas(), most=_MOST
    )
    return make_response(text)


def _areas() -> list[tuple[str, list[tuple[str, Item]]]]:
    """Return the examples by the kind of organisation, since only like can be compared with like."""
    found: dict[str, list[tuple[str, Item]]] = {}
    for slug in examples():
        actor = site().actors[slug]
        found.setdefault(actor.type, []).append((slug, g.page.text(actor.label)))
    return [(kind, sorted(found[kind], key=lambda pair: pair[1].value)) for kind in sorted(found, reverse=True)]


def _value(row: Row, made: Sequence[Assessment]) -> dict[str, object]:
    outcomes = {item.actor.slug: outcome for item, outcome in zip(made, row.outcomes, strict=True)}
    return {"norm": row.norm.slug, "period": row.period, "outcomes": outcomes}


def _csv(rows: Sequence[Row], made: Sequence[Assessment]) -> str:
    target, language = io.StringIO(), g.page.language
    writer = csv.writer(target)
    writer.writerow(["norm", "citation", "label", "period", *(item.actor.slug for item in made)])
    for row in rows:
        citation, label = row.norm.provision.citation.within(language), row.norm.label.within(language)
        writer.writerow([row.norm.slug, citation, label, row.period, *(outcome or "" for outcome in row.outcomes)])
    return target.getvalue()
