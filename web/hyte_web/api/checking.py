"""Operations that check descriptions, put results side by side, and tell what falls due."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from flask import abort, request

from hyte_graph.compliance.calendar import calendar as dues
from hyte_graph.compliance.comparison import compare as side_by_side
from hyte_graph.reports.stored import read_results
from hyte_web.api import models
from hyte_web.api.described import operation
from hyte_web.api.parameters import DAY, Parameter, day
from hyte_web.api.part import v1
from hyte_web.api.reading import actor_named
from hyte_web.check.isolated import judged
from hyte_web.errors import refuse
from hyte_web.sentences import said
from hyte_web.site import site

Values = Mapping[str, Any]
ENDINGS: Final = {
    "application/yaml": "yaml",
    "application/json": "json",
    "application/ld+json": "jsonld",
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}
"""The media types of descriptions, and the endings of their files."""

_ROOM = 10 * 1024 * 1024
_FEWEST, _MOST = 2, 50


@operation(
    v1,
    "/check",
    DAY,
    Parameter("known_on", "day"),
    method="POST",
    answer=models.Result,
    takes=tuple(ENDINGS),
    refusals=(400, 413, 415, 422, 429, 503),
)
def check(values: Values) -> dict[str, Any]:
    """Return the verdicts on a description; nothing of it is kept."""
    ending = ENDINGS.get(request.mimetype) or abort(415)
    content = _body()
    told = judged(content, f"body.{ending}", day(values), values["known_on"])
    result: dict[str, Any] = json.loads(told.result)
    return result


@operation(
    v1,
    "/compare",
    method="POST",
    answer=models.Comparison,
    takes=("application/json",),
    takes_model=models.Results,
    refusals=(400, 413, 415, 422, 429),
)
def compare(_: Values) -> dict[str, Any]:
    """Return results of checks side by side."""
    if request.mimetype != "application/json":
        abort(415)
    made = read_results(_body(), "body.json", site().knowledge).assessments
    if not _FEWEST <= len(made) <= _MOST:
        refuse(422, said("api-compare-count", fewest=_FEWEST, most=_MOST))
    rows = [
        {
            "norm": row.norm.slug,
            "label": row.norm.label.as_dict(),
            "citation": row.norm.provision.citation.as_dict(),
            "period": row.period,
            "outcomes": list(row.outcomes),
            "differs": row.differs,
        }
        for row in side_by_side(made)
    ]
    return {"organisations": [item.actor.slug for item in made], "rows": rows}


@operation(
    v1,
    "/calendar",
    Parameter("actor", required=True),
    DAY,
    Parameter("until", "day", required=True),
    answer=models.Calendar,
    refusals=(400, 404, 429),
)
def calendar(values: Values) -> dict[str, Any]:
    """Return what falls due for an actor after a day and up to another."""
    known, on, until = site().knowledge, day(values), day(values, "until")
    actor = actor_named(values["actor"])
    items = [
        {
            "lastDay": due.last_day.isoformat(),
            "period": due.period.slug,
            "norm": due.norm.slug,
            "label": due.norm.label.as_dict(),
            "citation": due.norm.provision.citation.as_dict(),
            "strength": due.norm.strength,
        }
        for due in dues(actor, known, on, until)
    ]
    return {"actor": actor.slug, "on": on.isoformat(), "until": until.isoformat(), "items": items}


def _body() -> bytes:
    """Return the body of the request; there is room for a large workbook."""
    request.max_content_length = _ROOM
    return request.get_data(cache=False)
