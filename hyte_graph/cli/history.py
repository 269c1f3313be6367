"""hyte history: the saved assessments of an actor."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

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


def run(options: argparse.Namespace) -> int:
    """Print the saved assessments of an actor, by day."""
    knowledge, archive = Knowledge.shipped(), Archive(Path(options.store))
    found = archive.history(options.actor)
    if not found:
        known = ", ".join(archive.actors()) or "–"
        raise UsageError(say("history-empty", actor=options.actor, known=known))
    print("\n".join(_lines(found, knowledge, options.lang)))
    return 0


def _lines(found: tuple[Saved, ...], knowledge: Knowledge, language: str) -> Iterator[str]:
    used = [outcome for outcome in ORDER if any(item.result["summary"][outcome] for item in found)]
    yield found[-1].result["organisation"]["name"][language]
    yield say("history-head").within(language) + "".join(f"{symbol(outcome, knowledge):>5}" for outcome in used)
    for item in found:
        counts = "".join(f"{item.result['summary'][outcome]:>5}" for outcome in used)
        digest = item.result["input"]["sha256"][:_DIGITS]
        yield f"{item.number:>5}  {item.result['on']}  {item.saved:<25}  {digest}{counts}"
    yield ""
    yield ", ".join(f"{symbol(item, knowledge)} {knowledge.code('outcome', item).within(language)}" for item in used)
