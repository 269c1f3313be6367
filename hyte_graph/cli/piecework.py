"""What a process does with the descriptions that it is handed: each becomes its piece of the report, or an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hyte_graph.compliance.assess import assess_many
from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.engines import engine
from hyte_graph.errors import HyteError
from hyte_graph.intake.description import Description
from hyte_graph.intake.reader import read_description
from hyte_graph.isolation import Message
from hyte_graph.isolation.wire import of_error, packed, unpacked
from hyte_graph.reports import piece
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.snapshot import frozen

_Made = Assessment | HyteError


def work(state: Message) -> Callable[[Message], Message]:
    """Return what answers the calls of a pool, with the law and the rules read."""
    knowledge = Knowledge(Path(state.head["ontology"]), Path(state.head["rules"]))
    return lambda call: pieces(call, knowledge)


def pieces(call: Message, knowledge: Knowledge) -> Message:
    """Return for each description of a call its piece of the report, the assessment itself, or why there is neither."""
    read = [_read(part, knowledge) for part in unpacked(call)]
    sound = [item for item in read if isinstance(item, Description)]
    made = iter(_assessed(sound, call.head, knowledge))
    return packed({}, [_answer(item, made, call.head, knowledge) for item in read])


def _read(part: Message, knowledge: Knowledge) -> Description | HyteError:
    try:
        return read_description(part.body, part.head["name"], knowledge)
    except HyteError as error:
        return error


def _assessed(descriptions: Sequence[Description], asked: Mapping[str, Any], knowledge: Knowledge) -> tuple[_Made, ...]:
    days = {name: date.fromisoformat(asked[name]) if asked[name] else None for name in ("known_on", "law_on")}
    return assess_many(
        descriptions,
        knowledge,
        on=date.fromisoformat(asked["on"]),
        include_drafts=asked["include_drafts"],
        checker=engine(asked["engine"]),
        **days,
    )


def _answer(
    item: Description | HyteError, made: Iterator[_Made], asked: Mapping[str, Any], knowledge: Knowledge
) -> Message:
    """Return the answer on one description; `made` gives the assessments of those that could be read, in turn."""
    if isinstance(item, HyteError):
        return of_error(item)
    result = next(made)
    if isinstance(result, HyteError):
        return of_error(result)
    told = piece(asked["form"], result, knowledge, asked["language"], verbose=asked["verbose"]) if asked["form"] else ""
    head = {
        "found": sorted({verdict.outcome for verdict in result.verdicts}),
        "is_silent": not result.states_facts,
        "title": result.name,
        "notices": [notice.as_dict() for notice in item.notices],
    }
    return Message(head, told.encode() if told else frozen(result))
