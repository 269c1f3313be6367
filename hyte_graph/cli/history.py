"""hyte history: the saved assessments of an actor."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from hyte_graph.bundle.check import exit_code
from hyte_graph.cli.store import store_checks
from hyte_graph.cli.verify import print_checks
from hyte_graph.errors import UsageError
from hyte_graph.messages import say
from hyte_graph.reports.grouping import ORDER, symbol
from hyte_graph.store.archive import Archive, Saved
from hyte_graph.store.knowledge import Knowledge

_DIGITS = 12  # of a digest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("actor", metavar="ACTOR", help="slug of the organisation, such as lansi-uusimaa")
    parser.add_argument("--store", required=True, metavar="FOLDER", help="the folder given to hyte check --save")
    parser.add_argument("--verify", action="store_true", help="also tell whether they are as they were saved")


def run(options: argparse.Namespace) -> int:
    """Print the saved assessments of an actor, by day."""
    knowledge, archive = Knowledge.shipped(), Archive(Path(options.store))
    checks = tuple(store_checks(archive.soundness())) if options.verify else ()
    if exit_code(checks):
        print_checks(checks, options.lang)
        return exit_code(checks)
    found = archive.history(options.actor)
    if not found:
        known = ", ".join(archive.actors()) or "–"
        raise UsageError(say("history-empty", actor=options.actor, known=known))
    print("\n".join(_lines(found, knowledge, options.lang)))
    if checks:
        print()
        print_checks(checks, options.lang)
    return 0


def _mark(item: Saved, language: str) -> str:
    """Return what tells a saved what-if, or the law of another day, from an ordinary assessment."""
    law = item.result.get("lawOn", item.result["on"])
    told = [say("history-what-if").within(language)] if item.result.get("whatIf") else []
    told += [say("history-law", law=date.fromisoformat(law)).within(language)] if law != item.result["on"] else []
    return f"  {', '.join(told)}" if told else ""


def _lines(found: tuple[Saved, ...], knowledge: Knowledge, language: str) -> Iterator[str]:
    used = [outcome for outcome in ORDER if any(item.result["summary"][outcome] for item in found)]
    yield found[-1].result["organisation"]["name"][language]
    yield say("history-head").within(language) + "".join(f"{symbol(outcome, knowledge):>5}" for outcome in used)
    for item in found:
        counts = "".join(f"{item.result['summary'][outcome]:>5}" for outcome in used)
        digest = item.result["input"]["sha256"][:_DIGITS]
        yield f"{item.number:>5}  {item.result['on']}  {item.saved:<25}  {digest}{counts}{_mark(item, language)}"
    yield ""
    yield ", ".join(f"{symbol(item, knowledge)} {knowledge.code('outcome', item).within(language)}" for item in used)
