"""The work of a check, done on bytes alone, in a process of its own: all that touches what strangers hand in."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.engines import engine
from hyte_graph.compliance.prepared import blank_description
from hyte_graph.intake import Description, read_description
from hyte_graph.intake.convert import tree_of
from hyte_graph.intake.writing import as_yaml
from hyte_graph.isolation import Message
from hyte_graph.reports import json_report, render
from hyte_graph.reports.stored import read_results
from hyte_graph.store.knowledge import Knowledge

DATA = ("turtle", "jsonld")  # these hold the SHACL report, which a stored result does not, and take long to write


def judging(state: Message) -> Callable[[Message], Message]:
    """Return what answers the calls of a pool (`hyte_graph.isolation`), with the law and the rules read."""
    knowledge = Knowledge(Path(state.head["ontology"]), Path(state.head["rules"]))
    _judged(_smallest(knowledge), date(2025, 12, 31), None, knowledge)  # the first check reads and compiles the rules

    def work(call: Message) -> Message:
        return _tree(call, knowledge) if call.head["do"] == "tree" else _check(call, knowledge)

    return work


def _check(call: Message, knowledge: Knowledge) -> Message:
    """Return the result as the documented JSON, and in one of the formats of `DATA` where it is asked for."""
    told = call.head
    known_on = date.fromisoformat(told["known_on"]) if told["known_on"] else None
    description = read_description(call.body, told["name"], knowledge)
    return _judged(description, date.fromisoformat(told["on"]), known_on, knowledge, told["form"])


def _judged(description: Description, on: date, known_on: date | None, knowledge: Knowledge, form: str = "") -> Message:
    made = assess(description, knowledge, on=on, known_on=known_on, checker=engine())
    result = json_report.render([made]).encode()
    read_results(result, description.name, knowledge)  # what cannot be read back is no result
    data = str(render(form, [made], knowledge, "en")).encode() if form in DATA else b""
    return Message({"bytes": len(result)}, result + data)


def _tree(call: Message, knowledge: Knowledge) -> Message:
    value = tree_of(call.body, call.head["name"], knowledge)
    return Message({}, json.dumps(value).encode())


def _smallest(knowledge: Knowledge) -> Description:
    """Return a description that states nothing."""
    actor = next(actor for actor in knowledge.actors.values() if actor.kinds)
    text = as_yaml(blank_description(actor, date(2025, 12, 31), knowledge))
    return read_description(text.encode(), "blank.yaml", knowledge)
