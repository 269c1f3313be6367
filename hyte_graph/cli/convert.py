"""hyte convert: a description in another format, with what is lost on the way."""

from __future__ import annotations

import argparse

from hyte_graph.cli.filings import announce, is_folder, read_filing, save_filing
from hyte_graph.intake.convert import convert
from hyte_graph.store.knowledge import Knowledge


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument(
        "source", metavar="IN", help="a description (.yaml .json .jsonld .ttl .nt .rdf .xlsx .ods .zip, or a folder)"
    )
    parser.add_argument(
        "target", metavar="OUT", help="what to write (.yaml .json .jsonld .ttl .xlsx .ods .zip, or FOLDER/)"
    )


def run(options: argparse.Namespace) -> int:
    """Write the description in the format of the target, and say on stderr what did not come along."""
    content, name = read_filing(options.source)
    target = f"{options.target.rstrip('/')}/" if is_folder(options.target) else options.target
    made = convert(content, name, target, options.lang, Knowledge.shipped())
    save_filing(made.content, target)
    announce((*made.notices, *made.losses), options.lang)
    return 0
