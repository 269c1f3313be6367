"""hyte convert: a description in another format, with what is lost on the way."""

from __future__ import annotations

import argparse
import sys
from pathlib import PurePath

from hyte_graph.cli.output import read, save
from hyte_graph.intake.convert import convert
from hyte_graph.store.knowledge import Knowledge


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("source", metavar="IN", help="a description (.yaml .json .jsonld .ttl .xlsx .ods)")
    parser.add_argument("target", metavar="OUT", help="what to write (.yaml .json .jsonld .ttl .xlsx)")


def run(options: argparse.Namespace) -> int:
    """Write the description in the format of the target, and say on stderr what did not come along."""
    name = PurePath(options.source).name
    made = convert(read(options.source), name, options.target, options.lang, Knowledge.shipped())
    save(made.content, options.target)
    for loss in made.losses:
        print(loss.within(options.lang), file=sys.stderr)
    return 0
