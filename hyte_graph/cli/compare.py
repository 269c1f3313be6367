"""hyte compare: descriptions side by side, like with like."""

from __future__ import annotations

import argparse
import csv
import io
import json
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from hyte_graph.api import read_file
from hyte_graph.cli.days import day
from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.comparison import Row, compare, shared
from hyte_graph.compliance.engines import ENGINES, engine
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.errors import UsageError
from hyte_graph.messages import say
from hyte_graph.reports.grouping import ORDER, symbol
from hyte_graph.store.knowledge import Knowledge

_WIDTH = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add = parser.add_argument
    add("files", nargs="+", metavar="FILE", help="two or more descriptions")
    add("--on", metavar="DATE", help="the day: law and facts as of (default: today)")
    add("--differing", action="store_true", help="show only rows in which the organisations differ")
    add("--format", choices=("text", "csv", "json"), default="text", help="form of the table")
    add("--engine", choices=ENGINES, default="pyshacl", help="SHACL engine (default: pyshacl)")


def run(options: argparse.Namespace) -> int:
    """Print what is asked of several organisations alike, and the outcome for each."""
    if len(options.files) < 2:  # noqa: PLR2004
        raise UsageError(say("compare-needs-two"))
    knowledge, on = Knowledge.shipped(), day(options.on)
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


def _lines(rows: Sequence[Row], made: Sequence[Assessment], knowledge: Knowledge, language: str) -> Iterator[str]:
    yield say("compare-head", on=made[0].on).within(language)
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
