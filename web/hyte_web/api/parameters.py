"""The parameters of the JSON interface: what each takes, and clear refusals of what does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from hyte_graph.languages import Text
from hyte_web.clock import day_of, today
from hyte_web.errors import refuse
from hyte_web.sentences import said

LONGEST: Final = 200
"""The most letters of a text."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of the query part of an address; its text is the sentence `api-parameter-<name>`."""

    name: str
    kind: str = "text"  # or "day", "count", "choice"
    choices: tuple[str, ...] = ()
    required: bool = False
    default: Any = None
    most: int = LONGEST  # letters of a text, or the largest count

    @property
    def text(self) -> Text:
        """Return what the parameter means."""
        return said(f"api-parameter-{self.name}")

    def read(self, value: str) -> Any:
        """Return the value, or None where it does not fit."""
        if self.kind == "day":
            return day_of(value)
        if self.kind == "count":
            is_number = value.isascii() and value.isdigit() and len(value) < LONGEST
            return int(value) if is_number and 1 <= int(value) <= self.most else None
        if self.kind == "choice":
            return value if value in self.choices else None
        return value if len(value) <= self.most else None

    @property
    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the value."""
        forms: dict[str, dict[str, Any]] = {
            "day": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
            "count": {"type": "integer", "minimum": 1, "maximum": self.most},
            "choice": {"type": "string", "enum": list(self.choices)},
            "text": {"type": "string", "maxLength": self.most},
        }
        told = forms[self.kind]
        return told | ({"default": self.default} if self.default is not None else {})


DAY: Final = Parameter("on", "day")


def read(parameters: tuple[Parameter, ...], given: MultiDict[str, str]) -> dict[str, Any]:
    """Return the values of the parameters of a request; anything that does not fit is refused."""
    faults = [said("api-parameter-unknown", name=name) for name in given if name not in _names(parameters)]
    faults += [said("api-parameter-twice", name=name) for name in given if len(given.getlist(name)) > 1]
    values: dict[str, Any] = {}
    for parameter in parameters:
        told = given.get(parameter.name)
        if told is None:
            faults += [said("api-parameter-missing", name=parameter.name)] if parameter.required else []
            values[parameter.name] = parameter.default
            continue
        values[parameter.name] = parameter.read(told)
        if values[parameter.name] is None:
            faults.append(said("api-parameter-wrong", name=parameter.name, about=parameter.text))
    if faults:
        refuse(400, *faults)
    return values


def _names(parameters: tuple[Parameter, ...]) -> set[str]:
    return {parameter.name for parameter in parameters}


def day(values: Mapping[str, Any], name: str = "on") -> date:
    """Return the day that was asked for, else today."""
    found = values[name]
    return found if isinstance(found, date) else today()
