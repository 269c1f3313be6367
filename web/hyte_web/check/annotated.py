"""The workbook that was handed in, with what was found of its cells."""

from __future__ import annotations

import json
from datetime import date

from flask import Response, abort, g

from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.engines import engine
from hyte_graph.errors import MissingToolError
from hyte_graph.intake import read_description
from hyte_graph.reports.annotations import verdict_copy
from hyte_web.check.downloads import kind_of, named
from hyte_web.check.part import check, private
from hyte_web.check.report import existing
from hyte_web.check.runs import Run
from hyte_web.errors import refuse
from hyte_web.sentences import said
from hyte_web.site import site


@check.get("/check/<string(length=32):run>/annotated")
def annotated(run: str) -> Response:
    """Give the workbook of a run with its verdicts as comments; only one that was found sound gets this far."""
    found = existing(run)
    if not found.is_annotated:
        abort(404)
    try:
        content = _copy(found)
    except MissingToolError:
        refuse(404, said("check-not-installed", name="xlsx"))
    answer = Response(content, mimetype=kind_of("xlsx").media_type)
    return private(named(answer, f"annotated-{found.name[:8]}.xlsx"))


def _copy(run: Run) -> bytes:
    """Return the copy. The writer needs files of its own, which the fenced processes may not have: it works here."""
    known, content, told = site().knowledge, run.content, json.loads(run.result)
    on, known_on = (date.fromisoformat(told[key]) for key in ("on", "knownOn"))
    description = read_description(content, run.file, known)
    made = assess(description, known, on=on, known_on=known_on, checker=engine())
    return verdict_copy(content, description, made, known, g.page.language)[0]
