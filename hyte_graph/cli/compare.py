"""hyte compare: descriptions side by side, like with like."""

from __future__ import annotations

import argparse
import csv
import io
import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hyte_graph.api import read_file
from hyte_graph.cli.days import day
from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.comparison import Row, compare, shared
from hyte_graph.compliance.engines import DEFAULT, ENGINES, engine
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.errors import UsageError
from hyte_graph.messages import say, spoken_day
from hyte_graph.reports.grouping import ORDER, symbol
from hyte_graph.reports.stored import read_results
from hyte_graph.store.archive import Archive
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.lookup import actor_of

_WIDTH = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add = parser.add_argument
    add("files", nargs="+", metavar="FILE", help="two or more descriptions, or slugs of organisations with --store")
    add("--on", metavar="DATE", help="the day: law and facts as of (default: today)")
    add("--store", metavar="FOLDER", help="take the latest saved assessment of each organisation from there")
    add("--differing", action="store_true", help="show only rows in which the organisations differ")
    add("--format", choices=("text", "csv", "json"), default="text", help="form of the table")
    add("--engine", choices=ENGINES, default=DEFAULT, help="SHACL engine (default: hyte)")


def run(options: argparse.Namespace) -> int:
    """Print what is asked of several organisations alike, and the outcome for each."""
    if len(options.files) < 2:  # noqa: PLR2004
        raise UsageError(say("compare-needs-two"))
    knowledge, on = Knowledge.shipped(), day(options.on)
    if options.store:
        made = [_saved(name, options, on, knowledge) for name in options.files]
    else:
        described = [read_file(Path(name), knowledge) for name in options.files]
        made = [assess(item, knowledge, on=on, checker=engine(options.engine)) for item in described]
    rows = [row for row in shared(compare(made)) if len(set(row.asked)) > 1 or not options.differing]
    if options.format == "json":
        print(json.dumps([_value(row, made) for row in rows], ensure_ascii=False, indent=2))
    elif options.format == "csv":
        print(_csv(rows, made, options.lang), end="")
    else:
        print("\n".join(_lines(rows, made, knowledge, options.lang)))
    return 0


def _saved(name: str, options: argparse.Namespace, on: date, knowledge: Knowledge) -> Assessment:
    """Return the latest saved assessment of an organisation: of the day where one is given, and no what-if."""
    archive = Archive(Path(options.store))
    every = archive.history(actor_of(name, knowledge).slug if name in knowledge.actors else name)
    found = [item for item in every if not _is_hypothetical(item.result)]
    found = [item for item in found if options.on is None or item.result["on"] == on.isoformat()]
    if not found:
        days = ", ".join(dict.fromkeys(str(item.result["on"]) for item in every)) or "–"
        raise UsageError(say("compare-not-saved", actor=name, folder=Path(options.store).name, days=days))
    latest = max(found, key=lambda item: (item.result["on"], item.number))
    content = json.dumps(latest.result, ensure_ascii=False).encode()
    return read_results(content, f"{name} ({latest.number})", knowledge).assessments[0]


def _is_hypothetical(result: Mapping[str, Any]) -> bool:
    """Return whether a result rests on assumed facts or on the law of another day."""
    return bool(result.get("whatIf")) or result.get("lawOn", result["on"]) != result["on"]


def _value(row: Row, made: Sequence[Assessment]) -> dict[str, object]:
    outcomes = {item.actor.slug: outcome for item, outcome in zip(made, row.outcomes, strict=True)}
    return {"norm": row.norm.slug, "period": row.period, "outcomes": outcomes}


def _csv(rows: Sequence[Row], made: Sequence[Assessment], language: str) -> str:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(["norm", "citation", "label", "period", *(item.actor.slug for item in made)])
    for row in rows:
        citation, label = row.norm.provision.citation.within(language), row.norm.label.within(language)
        writer.writerow([row.norm.slug, citation, label, row.period, *(outcome or "" for outcome in row.outcomes)])
    return target.getvalue()


def _of_days(made: Sequence[Assessment], language: str) -> str:
    """Return a heading for assessments of several days: like is then compared with like only by its period."""
    told = ", ".join(f"{item.actor.label.within(language)} {spoken_day(item.on, language)}" for item in made)
    return say("compare-head-days", days=told).within(language)


def _lines(rows: Sequence[Row], made: Sequence[Assessment], knowledge: Knowledge, language: str) -> Iterator[str]:
    days = {item.on for item in made}
    yield say("compare-head", on=max(days)).within(language) if len(days) == 1 else _of_days(made, language)
    yield ""
    for number, item in enumerate(made, 1):
        yield f"{number:>3}  {item.actor.label.within(language)} ({item.name})"
    yield ""
    yield "".join(f"{number:>3}" for number in range(1, len(made) + 1))
    for row in rows:
        signs = "".join(f"{symbol(outcome, knowledge) if outcome else '':>3}" for outcome in row.outcomes)
        period = "" if row.period in (None, "standing") else f" ({row.period})"
        yield f"{signs}  {row.norm.provision.citation.within(language)}: {row.norm.label.within(language)}{period}"
    yield ""
    used: list[Outcome] = [outcome for outcome in ORDER if any(outcome in row.outcomes for row in rows)]
    key = (f"{symbol(outcome, knowledge)} {knowledge.code('outcome', outcome).within(language)}" for outcome in used)
    yield from textwrap.wrap(", ".join(key), _WIDTH)
    yield from textwrap.wrap(say("compare-foot").within(language), _WIDTH)
