"""hyte format: Turtle in its canonical form."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hyte_graph.errors import FilingError
from hyte_graph.messages import say
from hyte_graph.resources import root
from hyte_graph.store.turtle import format_turtle


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="Turtle files (default: ontology and rules)")
    parser.add_argument("--check", action="store_true", help="change nothing; exit with 1 if a file is not canonical")


def run(options: argparse.Namespace) -> int:
    """Write the files in canonical form, or only name those that are not."""
    paths = [Path(name) for name in options.files] or [*root("ontology").rglob("*.ttl"), *root("rules").rglob("*.ttl")]
    changed = [path for path in sorted(paths) if _format(path, write=not options.check)]
    for path in changed:
        print(path, file=sys.stderr)
    return 1 if changed and options.check else 0


def _format(path: Path, *, write: bool) -> bool:
    """Return whether the file was not in canonical form."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FilingError(say("file-not-found", name=path.name)) from error
    canonical = format_turtle(text, path.name)
    if canonical != text and write:
        path.write_text(canonical, encoding="utf-8")
    return canonical != text
