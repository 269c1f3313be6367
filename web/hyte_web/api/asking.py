"""Operations that ask saved questions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hyte_graph.languages import LANGUAGES
from hyte_graph.store.parameters import Parameter as QuestionParameter
from hyte_graph.store.questions import Question
from hyte_web.api import models
from hyte_web.api.described import operation
from hyte_web.api.parameters import DAY, Parameter, day
from hyte_web.api.part import v1
from hyte_web.errors import refuse
from hyte_web.questions.asking import as_rows
from hyte_web.sentences import said
from hyte_web.site import site
from hyte_web.sparql.service import service

Values = Mapping[str, Any]
_OWN = ("lang", "on")


@operation(v1, "/queries", answer=models.Questions)
def queries(_: Values) -> dict[str, Any]:
    """Return the saved questions with their parameters."""
    found = [_question(question) for question in site().library.questions.values()]
    return {"total": len(found), "items": found}


def _question(question: Question) -> dict[str, Any]:
    return {
        "slug": question.slug,
        "label": question.label.as_dict(),
        "comment": question.comment.as_dict(),
        "needsDescription": question.needs_description,
        "parameters": [_parameter(one) for one in question.parameters],
    }


def _parameter(one: QuestionParameter) -> dict[str, Any]:
    return {
        "name": one.name,
        "label": one.label.as_dict(),
        "datatype": one.datatype,
        "ofClass": one.of_class,
        "required": one.default is None and not one.is_optional and one.name not in ("language", "on"),
        "default": one.default.value if one.default is not None else None,
    }


@operation(
    v1,
    "/query/{slug}",
    Parameter("lang", "choice", LANGUAGES, default="en"),
    DAY,
    answer=models.Rows,
    free=True,
    refusals=(400, 429, 503),
)
def query(values: Values, slug: str) -> dict[str, Any]:
    """Return the rows of a saved question."""
    library = site().library
    question = library.questions.get(slug) or refuse(404)
    if question.needs_description:
        refuse(400, said("api-needs-description"))
    given = {name: value for name, value in values.items() if name not in _OWN}
    _check_given(question, given)
    on = day({"on": DAY.read(values["on"]) if values["on"] else None})
    if on is not None and any(one.name == "on" for one in question.parameters):
        given = {"on": on.isoformat(), **given}
    found = as_rows(service().answer(question.sparql, question.bindings(given, library.knowledge, values["lang"])))
    told = json.loads(found.written("json"))
    rows = told["results"]["bindings"]
    return {"question": slug, "variables": told["head"]["vars"], "total": len(rows), "rows": rows}


def _check_given(question: Question, given: Mapping[str, str]) -> None:
    """Refuse what the question does not know, and tell what it lacks."""
    known = {one["name"]: one["required"] for one in map(_parameter, question.parameters)}
    faults = [said("api-parameter-unknown", name=name) for name in given if name not in known]
    faults += [
        said("api-parameter-missing", name=name) for name, needed in known.items() if needed and name not in given
    ]
    if faults:
        refuse(400, *faults)
