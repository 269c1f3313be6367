"""The command line: `hyte COMMAND`. Each command is one module, imported only when it is called."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import NoReturn

from hyte_graph.languages import LANGUAGES
from hyte_graph.settings import language

COMMANDS = {
    "check": "check descriptions of organisations against the law on a day",
    "bundle": "put descriptions, verdicts and all they rest on into one file, signed if you like",
    "verify": "check a bundle: its bytes, its signatures, its evidence, and whether its verdicts come out again",
    "validate": "check any RDF data against SHACL shapes",
    "repair": "find the facts that would turn every breach into fulfilled",
    "report": "render a stored result of a check in another form",
    "template": "write a workbook to fill in for one organisation, from the norms that bind it",
    "convert": "write a description in another format, and tell what is lost",
    "norms": "list the norms that bind an actor on a day",
    "show": "show any thing of the graph, or how much of the law is executable",
    "explain": "explain a norm: provision, exceptions, rules, cases, and what the sources say of it",
    "query": "ask the graph: SPARQL, or a saved question",
    "compare": "put organisations side by side, like with like",
    "history": "list the saved assessments of an organisation",
    "store": "check saved assessments, copy them, or put a copy back",
    "diff": "tell what changed between two results, and what can have caused it",
    "calendar": "list what falls due for an actor, by year and council term",
    "term": "tell what a term means: labels, definition and use, in Finnish, Swedish and English",
    "format": "write Turtle files in their canonical form, or check that they are",
    "serve": "browse the graph on this machine",
    "site": "write the reference pages and the term list as a folder of web pages",
    "selftest": "check the ontology, the rules, the cases and the examples",
    "doctor": "tell which tools this machine has",
}

EXIT_CODES = """exit codes:
  0   done
  1   checked, and something at or above --fail-on was found; verify, store: something differs
  2   wrong usage, or a tool is missing
  3   the input cannot be read or is not sound
  4   cannot be judged: nothing stated, outside the scope, or the engine failed; verify: other versions here
  5   a query took too long or gave too many rows, or another server did not answer as it should
  70  a defect of the program
  130 interrupted"""

_NARROW = 78  # columns of the usage that stands above an error


def entry() -> NoReturn:
    """Run the command line as a process of its own.

    Graphs are many objects that stay until the end: the collector is told to look for garbage less often, and not to
    look through all of them once more while the process ends.
    """
    gc.set_threshold(200_000, 20, 20)
    try:
        code = main()
    finally:
        gc.freeze()
    sys.exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    is_helping = not words or bool({"-h", "--help"} & set(words))
    parser = _parser(words, None if is_helping else _NARROW)
    if is_helping:
        from hyte_graph.cli.spoken_help import speak, wanted_language

        speak(parser, wanted_language(words))
    options = parser.parse_args(words)
    if not options.command:
        parser.print_help()
        return 2
    return _run(options)


def _parser(words: Sequence[str], width: int | None = None) -> argparse.ArgumentParser:
    """Return the parser of a call; `width` None asks the terminal, for which argparse imports far more than itself."""
    shaped = partial(argparse.HelpFormatter, width=width)
    parser = argparse.ArgumentParser(
        prog="hyte",
        description="Finnish law on promoting health and wellbeing, and who fulfils it.",
        epilog=EXIT_CODES,
        formatter_class=partial(argparse.RawDescriptionHelpFormatter, width=width),
    )
    parser.add_argument("--version", action="store_true", help="print the version and stop")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog="hyte")
    called = words[0] if words and words[0] in COMMANDS else None
    for name, text in COMMANDS.items():
        if called not in (None, name):
            continue  # a parser takes time to make, and the one that is called is known
        described = text[:1].upper() + text[1:] + "."
        command = commands.add_parser(name, help=text, description=described, formatter_class=shaped)
        command.add_argument("--lang", choices=LANGUAGES, default=language(), help="language of what people read")
        if name in words:
            import_module(f"hyte_graph.cli.{name}").add_arguments(command)
    if words == ["--version"]:
        from hyte_graph.versions import package_version

        parser.exit(0, f"hyte {package_version()}\n")
    return parser


def _run(options: argparse.Namespace) -> int:
    from hyte_graph.cli.failures import told

    with told(options.lang) as failure:
        failure.code = int(import_module(f"hyte_graph.cli.{options.command}").run(options))
    return failure.code
