"""hyte diff: two results of one organisation."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from hyte_graph.errors import FilingError, UsageError
from hyte_graph.messages import say
from hyte_graph.reports.difference import Change, Difference, Result, difference
from hyte_graph.reports.grouping import symbol
from hyte_graph.reports.json_report import SCHEMA
from hyte_graph.store.archive import Archive
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import iri


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("earlier", metavar="A", help="a JSON report, or the number of a saved assessment")
    parser.add_argument("later", metavar="B", help="another of the same organisation")
    parser.add_argument("--store", metavar="FOLDER", help="the folder given to hyte check --save")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="form of the list")


def run(options: argparse.Namespace) -> int:
    """Print what is new, gone or changed; exit with 1 if anything is."""
    earlier, later = (_read(name, options.store) for name in (options.earlier, options.later))
    found = difference(earlier, later)
    if options.format == "json":
        print(json.dumps(_value(found), ensure_ascii=False, indent=2))
    else:
        print("\n".join(_lines(found, later, Knowledge.shipped(), options.lang)))
    return 1 if found.changes else 0


def _read(name: str, store: str | None) -> Result:
    if name.isdecimal():
        if store is None:
            raise UsageError(say("diff-needs-store", value=name))
        return Archive(Path(store)).get(int(name)).result
    try:
        found = json.loads(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FilingError(say("diff-unreadable", name=Path(name).name)) from error
    if not isinstance(found, dict) or found.get("schema") != SCHEMA or not found.get("verdicts"):
        raise FilingError(say("diff-no-result", name=Path(name).name, schema=SCHEMA))
    return found


def _value(found: Difference) -> dict[str, object]:
    changes = [{key: value for key, value in asdict(item).items() if key != "verdict"} for item in found.changes]
    return {"causes": list(found.causes), "changes": changes}


def _lines(found: Difference, later: Result, knowledge: Knowledge, language: str) -> Iterator[str]:
    yield later["organisation"]["name"][language]
    causes = [say(f"cause-{cause}").within(language) for cause in found.causes]
    yield (
        say("diff-causes", causes="; ".join(causes)).within(language)
        if causes
        else say("diff-same-basis").within(language)
    )
    for kind in ("changed", "new", "gone"):
        changes = [item for item in found.changes if item.kind == kind]
        if changes:
            yield ""
            yield say(f"diff-{kind}", count=len(changes)).within(language)
            yield from (f"  {_line(item, knowledge, language)}" for item in changes)
    if not found.changes:
        yield say("diff-none").within(language)


def _line(change: Change, knowledge: Knowledge, language: str) -> str:
    outcomes = " → ".join(
        f"{symbol(outcome, knowledge)} {knowledge.label(iri('outcome', outcome)).within(language)}"  # type: ignore[arg-type]
        for outcome in (change.before, change.after)
        if outcome
    )
    verdict, period = change.verdict, f" ({change.period})" if change.period else ""
    return f"{verdict['citation'][language]}: {verdict['label'][language]}{period}: {outcomes}"
