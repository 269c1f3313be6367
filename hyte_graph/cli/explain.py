"""hyte explain: the sheet of one norm."""

from __future__ import annotations

import argparse

from hyte_graph.errors import UsageError
from hyte_graph.messages import say
from hyte_graph.model import Norm
from hyte_graph.reports.sheets import data, markdown, text
from hyte_graph.reports.sheets.norm import norm_sheet
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.names import nearest_names
from hyte_graph.vocabulary import slug


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("norm", metavar="NORM", help="its slug, prefixed name or IRI, or that of a rule that checks it")
    parser.add_argument("--format", choices=("text", "md", "json"), default="text", help="form of the sheet")


def run(options: argparse.Namespace) -> int:
    """Print the sheet of a norm."""
    knowledge = Knowledge.shipped()
    sheet = norm_sheet(_norm(options.norm, knowledge), knowledge)
    if options.format == "json":
        print(data.render(sheet), end="")
    else:
        form = markdown if options.format == "md" else text
        print(form.render(sheet, options.lang), end="")
    return 0


def _norm(name: str, knowledge: Knowledge) -> Norm:
    """Return the norm of a name; a rule shares the slug of its norm, with a part after two hyphens."""
    wanted = slug(name.strip("<>").rpartition(":")[2])
    norm = knowledge.norms.get(wanted) or knowledge.norms.get(wanted.partition("--")[0])
    if norm is None:
        raise UsageError(say("explain-unknown", value=name, nearest=nearest_names(wanted, knowledge.norms)))
    return norm
