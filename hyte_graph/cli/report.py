"""hyte report: a stored result in another form."""

from __future__ import annotations

import argparse
from pathlib import Path

from hyte_graph.cli.failures import tell
from hyte_graph.cli.output import read, write
from hyte_graph.errors import FilingError, UsageError
from hyte_graph.messages import say
from hyte_graph.reports import FORMATS, json_report, render
from hyte_graph.reports.stored import Stored, read_results
from hyte_graph.store.knowledge import Knowledge

_NEED_FINDINGS = ("turtle", "jsonld", "nq")
"""The formats that hold the SHACL report, which a stored result does not."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add = parser.add_argument
    add("files", nargs="+", metavar="RESULT", help="a result of hyte check --format json; - is stdin")
    add("--format", choices=FORMATS, default="text", help="form of the report (default: text)")
    add("-o", "--output", metavar="FILE", help="write the report to a file (default: stdout)")
    add("--verbose", action="store_true", help="show norms that do not apply, and every reason")


def run(options: argparse.Namespace) -> int:
    """Write the results as one report; tell of the descriptions that had been refused."""
    if options.format in _NEED_FINDINGS:
        raise UsageError(say("stored-cannot", format=options.format))
    knowledge = Knowledge.shipped()
    results = [read_results(read(name), Path(name).name, knowledge) for name in options.files]
    found = Stored(
        tuple(made for result in results for made in result.assessments),
        tuple(refused for result in results for refused in result.refused),
    )
    for _, messages in found.refused:
        tell(FilingError(*messages), options.lang)
    if options.format == "json":
        write(json_report.render(found.assessments, found.refused), options.output)
    elif found.assessments:
        write(
            render(options.format, found.assessments, knowledge, options.lang, verbose=options.verbose), options.output
        )
    return FilingError.exit_code if found.refused else 0
