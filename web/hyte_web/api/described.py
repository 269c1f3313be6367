"""Operations of the JSON interface, and the OpenAPI 3.1 document that is made from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, Response, request
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from hyte_graph.languages import Text
from hyte_graph.versions import package_version
from hyte_web.api.models import Problem
from hyte_web.api.parameters import Parameter, read
from hyte_web.forms import LICENCE, as_json
from hyte_web.sentences import said, sentence

_REF = "#/components/schemas/{model}"
_PROBLEM = "application/problem+json"
PREFIX = "/api/v1"


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: its text is the sentence `api-<name>`."""

    name: str
    method: str
    path: str  # with {names} in braces
    parameters: tuple[Parameter, ...]
    answer: type[BaseModel]
    takes: tuple[str, ...] = ()  # media types of the body
    takes_model: type[BaseModel] | None = None
    refusals: tuple[int, ...] = (400, 429)
    free: bool = False  # further parameters, such as those of a question

    @property
    def text(self) -> Text:
        """Return what the operation does."""
        return said(f"api-{self.name}")


_OPERATIONS: list[Operation] = []


def operations() -> tuple[Operation, ...]:
    """Return all operations, those that read before those that are posted to."""
    return tuple(sorted(_OPERATIONS, key=lambda item: (item.method, item.path)))


View = Callable[..., Mapping[str, Any]]


def operation(
    part: Blueprint, path: str, *parameters: Parameter, method: str = "GET", **told: Any
) -> Callable[[View], View]:
    """Return what makes a view an operation: it is called with its parameters, and its value is answered as JSON."""

    def described(view: View) -> View:
        made = Operation(view.__name__, method, path, parameters, **told)
        _OPERATIONS.append(made)

        @wraps(view)
        def answer(**places: str) -> Response:
            free = {} if not made.free else dict(request.args)
            known = request.args if not made.free else _only(parameters)
            values = read(parameters, known)
            return Response(
                as_json(view(values | free if made.free else values, **places)), mimetype="application/json"
            )

        part.add_url_rule(path.replace("{", "<").replace("}", ">"), view.__name__, answer, methods=[method])
        return view

    return described


def _only(parameters: tuple[Parameter, ...]) -> Any:
    names = {parameter.name for parameter in parameters}
    return type(request.args)([pair for pair in request.args.items(multi=True) if pair[0] in names])


def document(base: str, language: str) -> dict[str, Any]:
    """Return the description of the interface (OpenAPI 3.1) with texts in a language."""
    models: set[type[BaseModel]] = {Problem, *(item.answer for item in _OPERATIONS)}
    models |= {item.takes_model for item in _OPERATIONS if item.takes_model}
    ordered = sorted(models, key=lambda model: model.__name__)
    _, schemas = models_json_schema([(model, "serialization") for model in ordered], ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for item in operations():
        paths.setdefault(item.path, {})[item.method.lower()] = _told(item, language)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": sentence("api-title", language),
            "description": sentence("api-lead", language),
            "version": package_version(),
            "license": {"name": "CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": base + PREFIX}],
        "paths": paths,
        "components": {"schemas": schemas["$defs"]},
    }


def _told(item: Operation, language: str) -> dict[str, Any]:
    places = [word[1:-1] for word in item.path.split("/") if word.startswith("{")]
    told: dict[str, Any] = {
        "operationId": item.name,
        "summary": item.text.within(language),
        "parameters": [_place(name, language) for name in places] + [_query(one, language) for one in item.parameters],
        "responses": {"200": _answer(item.answer.__name__, "application/json", sentence("api-answer", language))},
    }
    if item.free:
        free = {"name": "parameters", "in": "query", "style": "form", "explode": True, "required": False}
        schema = {"type": "object", "additionalProperties": {"type": "string"}}
        told["parameters"].append(free | {"description": sentence("api-parameter-free", language), "schema": schema})
    for code in sorted({*item.refusals, *([404] if places else [])}):
        told["responses"][str(code)] = _answer(Problem.__name__, _PROBLEM, sentence(_title(code), language))
    if item.takes:
        told["requestBody"] = {"required": True, "content": {kind: _body(item) for kind in item.takes}}
    return told


def _title(code: int) -> str:
    return "error-400-title" if code == 400 else f"error-{code}"  # noqa: PLR2004


def _body(item: Operation) -> dict[str, Any]:
    if item.takes_model:
        return {"schema": {"$ref": _REF.format(model=item.takes_model.__name__)}}
    return {"schema": {}}


def _answer(model: str, media_type: str, description: str) -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": {"$ref": _REF.format(model=model)}}}}


def _place(name: str, language: str) -> dict[str, Any]:
    description = sentence(f"api-parameter-{name}", language)
    schema = {"type": "string", "pattern": "^[A-Za-z0-9._-]+$", "minLength": 1}
    return {"name": name, "in": "path", "required": True, "description": description, "schema": schema}


def _query(one: Parameter, language: str) -> dict[str, Any]:
    told = {"name": one.name, "in": "query", "required": one.required, "schema": one.schema}
    return told | {"description": one.text.within(language)}
