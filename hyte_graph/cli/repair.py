"""hyte repair: the facts that would turn every breach into fulfilled."""

from __future__ import annotations

import argparse
from pathlib import Path

from hyte_graph.cli.days import day
from hyte_graph.cli.filings import announce, read_filing
from hyte_graph.cli.output import save
from hyte_graph.compliance.engines import ENGINES, engine
from hyte_graph.compliance.outcomes import BREACHES, Outcome
from hyte_graph.compliance.repair.search import Trial, repair
from hyte_graph.intake.overlay import with_judgements
from hyte_graph.intake.reader import read_description
from hyte_graph.reports import repair_report
from hyte_graph.store.knowledge import Knowledge

_PARTLY: frozenset[Outcome] = BREACHES | {"partly-fulfilled", "contested"}
_LEVELS: dict[str, frozenset[Outcome]] = {
    "breach": BREACHES,
    "partly": _PARTLY,
    "evidence": _PARTLY | {"evidence-missing", "needs-judgement", "guidance-gap"},
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add = parser.add_argument
    add("file", metavar="FILE", help="a description (.yaml .json .jsonld .ttl .nt .rdf .xlsx .ods .zip, or a folder)")
    add("--on", metavar="DATE", help="the day: facts as of, and law too unless --law-as-of is given (default: today)")
    add("--law-as-of", metavar="DATE", help="apply the law of another day to the facts of --on")
    add("--known-on", metavar="DATE", help="leave out what was registered later (default: --on)")
    add("--judgements", action="append", default=[], metavar="FILE", help="findings of auditors (repeatable)")
    add("--mend", choices=tuple(_LEVELS), default="breach", help="which duties to mend (default: breach)")
    add("--format", choices=("text", "json"), default="text", help="form of the list")
    add("-o", "--output", metavar="FACTS", help="write the facts to a file (.yaml or .json) for hyte check --assume")
    add("--engine", choices=ENGINES, default="pyshacl", help="SHACL engine (default: pyshacl)")


def run(options: argparse.Namespace) -> int:
    """Print what would mend the description; exit with 1 if something cannot be mended."""
    knowledge = Knowledge.shipped()
    content, shown = read_filing(options.file)
    read = read_description(content, shown, knowledge)
    announce(read.notices, options.lang)
    description = with_judgements(read, map(read_filing, options.judgements), knowledge)
    trial = Trial(
        knowledge,
        on=day(options.on),
        known_on=day(options.known_on) if options.known_on else None,
        law_on=day(options.law_as_of) if options.law_as_of else None,
        checker=engine(options.engine),
    )
    found = repair(description, trial, _LEVELS[options.mend])
    written = Path(options.output).name if options.output and found.facts else None
    if written:
        save(repair_report.facts_file(found, written, options.lang).encode(), options.output)
    if options.format == "json":
        print(repair_report.render_json(found), end="")
    else:
        print(repair_report.render(found, knowledge, options.lang, written), end="")
    return 1 if found.beyond or found.unmended else 0
