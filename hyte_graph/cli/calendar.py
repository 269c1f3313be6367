"""hyte calendar: what falls due for an actor."""

from __future__ import annotations

import argparse
import csv
import io
import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from hyte_graph.cli.days import day
from hyte_graph.cli.output import write
from hyte_graph.compliance.calendar import Due, calendar
from hyte_graph.errors import UsageError
from hyte_graph.languages import Text
from hyte_graph.messages import say, spoken_day
from hyte_graph.model import Actor
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.lookup import actor_of

_COLUMNS = ("last_day", "period", "norm", "strength", "citation", "label")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("actor", metavar="ACTOR", help="slug or official name, such as lansi-uusimaa")
    parser.add_argument("--on", metavar="DATE", help="look after this day (default: today)")
    parser.add_argument("--until", metavar="DATE", required=True, help="the last day to look at")
    parser.add_argument("--format", choices=("text", "csv", "json", "ics"), default="text", help="form of the list")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the list to a file (default: stdout)")


def run(options: argparse.Namespace) -> int:
    """Print the last days of the duties of an actor."""
    knowledge = Knowledge.shipped()
    actor, on, until = actor_of(options.actor, knowledge), day(options.on), day(options.until)
    if until <= on:
        raise UsageError(say("calendar-backwards", on=on, until=until))
    found = calendar(actor, knowledge, on, until)
    write(_written(actor, found, knowledge, options), options.output)
    return 0


def _written(actor: Actor, found: Sequence[Due], knowledge: Knowledge, options: argparse.Namespace) -> str:
    """Return the list in the form that was asked for."""
    rows = [_row(due, knowledge, options.lang) for due in found]
    if options.format == "json":
        return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    if options.format == "csv":
        return _csv(rows)
    if options.format == "ics":
        from hyte_graph.reports import due_calendar

        return due_calendar.render(actor, found, knowledge, day(options.on), options.lang)
    return "\n".join(_lines(actor.label, found, knowledge, options)) + "\n"


def _row(due: Due, knowledge: Knowledge, language: str) -> dict[str, str]:
    return {
        "last_day": due.last_day.isoformat(),
        "period": due.period.slug,
        "norm": due.norm.slug,
        "strength": knowledge.code("strength", due.norm.strength).within(language),
        "citation": due.norm.provision.citation.within(language),
        "label": due.norm.label.within(language),
    }


def _csv(rows: Sequence[dict[str, str]]) -> str:
    target = io.StringIO()
    writer = csv.DictWriter(target, _COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue()


def _lines(actor: Text, found: Sequence[Due], knowledge: Knowledge, options: argparse.Namespace) -> Iterator[str]:
    language = options.lang
    on, until = day(options.on), day(options.until)
    yield say("calendar-head", actor=actor, on=on, until=until).within(language)
    for (last_day, _), group in groupby(found, key=lambda due: (due.last_day, due.period.slug)):
        dues = list(group)
        term = dues[0].period.term
        yield ""
        yield f"{spoken_day(last_day, language)} · {term.label.within(language) if term else dues[0].period.slug}"
        for due in dues:
            norm = due.norm
            strength = "" if norm.is_binding else f" [{knowledge.code('strength', norm.strength).within(language)}]"
            yield f"  {norm.provision.citation.within(language)}: {norm.label.within(language)}{strength}"
    yield ""
    yield say("calendar-foot" if found else "calendar-empty").within(language)
