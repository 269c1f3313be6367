"""The form of a saved question: a field for each parameter, filled with what the address says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final

from werkzeug.datastructures import MultiDict

from hyte_graph.errors import UsageError
from hyte_graph.languages import Text
from hyte_graph.store.answers import Term
from hyte_graph.store.parameters import Parameter
from hyte_graph.store.questions import Question
from hyte_web.browse.things import by_label
from hyte_web.check.examples import examples, usual_day
from hyte_web.clock import day_of, today
from hyte_web.page import Item, Page
from hyte_web.sentences import said
from hyte_web.site import site

MOST_ABOUT: Final = 5
"""Organisations of one question; each is assessed for its day."""

LONGEST: Final = 500
"""Characters of a value."""

_KINDS = {"date": "date", "integer": "number"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, its label, its kind (an input type, or "choice"), its options, its value."""

    name: str
    label: Item
    kind: str
    value: str
    is_required: bool
    options: tuple[tuple[str, Item], ...] = ()
    wrong: str = ""


@dataclass
class Filled:
    """What the address says: fields, organisations, the terms for the query, and what is wrong."""

    fields: list[Field] = field(default_factory=list)
    about: tuple[str, ...] = ()
    on: date | None = None
    bindings: dict[str, Term] = field(default_factory=dict)
    wrong: list[tuple[str, str]] = field(default_factory=list)  # id of a field, sentence
    is_complete: bool = True


def filled(page: Page, question: Question, given: MultiDict[str, str]) -> Filled:
    """Return the form of a question as an address fills it."""
    made = Filled()
    for parameter in _asked(question):
        default = _default(question, parameter)
        value = given.get(parameter.name, default if parameter.name not in given else "").strip()
        made.fields.append(_field(page, parameter, value, made, is_sent=parameter.name in given))
    language = given.get("language", page.language)
    made.bindings |= _language(question, language, made, page)
    if question.needs_description:
        _choose(page, given, made)
    return made


def _asked(question: Question) -> list[Parameter]:
    own = [parameter for parameter in question.parameters if parameter.name != "language"]
    if question.needs_description and not any(parameter.name == "on" for parameter in own):
        own.append(_DAY)
    return own


_DAY = Parameter("on", Text.same(""), "http://www.w3.org/2001/XMLSchema#date", None, None, None, is_optional=False)


def _default(question: Question, parameter: Parameter) -> str:
    if parameter.default is not None:
        return str(parameter.default.value)
    if parameter.name == "on":
        return (usual_day() if question.needs_description else today()).isoformat()
    return ""


def _field(page: Page, parameter: Parameter, value: str, made: Filled, *, is_sent: bool) -> Field:
    """Return a field, and note its term or what is wrong with it."""
    wrong = ""
    if value and len(value) <= LONGEST:
        try:
            _take(parameter, value, made)
        except UsageError as error:
            wrong = error.message.within(page.language)
    elif value:
        wrong = page.say("questions-long", most=LONGEST)
    elif not parameter.is_optional:
        made.is_complete = False
        wrong = page.say("questions-required") if is_sent else ""
    if wrong:
        made.wrong.append((f"p-{parameter.name}", wrong))
        made.is_complete = False
    is_day = parameter is _DAY
    label = Item(page.say("questions-on"), page.language) if is_day else page.text(parameter.label)
    kind = "choice" if parameter.of_class else _KINDS.get((parameter.datatype or "").rpartition("#")[2], "text")
    options = _options(parameter, page.language) if parameter.of_class else ()
    return Field(parameter.name, label, kind, value[:LONGEST], not parameter.is_optional, options, wrong)


def _take(parameter: Parameter, value: str, made: Filled) -> None:
    term = parameter.term(value, site().knowledge)
    if parameter.name == "on":
        made.on = day_of(value)
    if parameter is not _DAY:
        made.bindings[parameter.name] = term


@cache
def _options(parameter: Parameter, language: str) -> tuple[tuple[str, Item], ...]:
    """Return what a thing may be chosen from, by label; the slug tells things of one label apart."""
    page = Page(site(), language)
    found = [(name, page.label(address)) for name, address in parameter.choices(site().knowledge).items()]
    return tuple(sorted(found, key=lambda option: (by_label(option[1]), option[0])))


def _language(question: Question, language: str, made: Filled, page: Page) -> Mapping[str, Term]:
    for parameter in question.parameters:
        if parameter.name == "language":
            try:
                return {"language": parameter.term(language, site().knowledge)}
            except UsageError as error:
                made.wrong.append(("content", error.message.within(page.language)))
                made.is_complete = False
    return {}


def _choose(page: Page, given: MultiDict[str, str], made: Filled) -> None:
    """Note the organisations that are asked about."""
    chosen = tuple(dict.fromkeys(given.getlist("about")))
    unknown = [name for name in chosen if name not in examples()]
    wrong = ""
    if unknown:
        wrong = said("questions-about-unknown", value=unknown[0][:100]).within(page.language)
    elif len(chosen) > MOST_ABOUT:
        wrong = page.say("questions-about-many", most=MOST_ABOUT)
    elif not chosen and given:
        wrong = page.say("questions-about-missing")
    if wrong:
        made.wrong.append(("about", wrong))
    made.about = () if unknown else chosen
    made.is_complete = made.is_complete and bool(chosen) and not wrong
