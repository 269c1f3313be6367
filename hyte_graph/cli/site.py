"""hyte site: the reference pages and the term list, as a folder that any web server can show."""

from __future__ import annotations

import argparse
from pathlib import Path

from hyte_graph.errors import UsageError
from hyte_graph.languages import LANGUAGES
from hyte_graph.messages import say
from hyte_graph.reports.site import GENERATOR, pages, paths
from hyte_graph.store.knowledge import Knowledge

_MARK = f'<meta name="generator" content="{GENERATOR}">'


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("-o", "--output", required=True, metavar="DIR", type=Path, help="the folder to write")
    parser.add_argument(
        "--only", action="append", choices=LANGUAGES, help="pages in this language only; may be repeated (default: all)"
    )
    parser.add_argument("--force", action="store_true", help="write even if the folder has files of others")


def run(options: argparse.Namespace) -> int:
    """Write the site."""
    folder: Path = options.output
    if not options.force:
        _refuse_foreign(folder)
    chosen = [language for language in LANGUAGES if language in (options.only or LANGUAGES)]
    made = pages(Knowledge.shipped(), chosen)
    _write(folder, made)
    print(say("site-written", folder=folder, count=len(made), start=folder / "index.html").within(options.lang))
    return 0


def _refuse_foreign(folder: Path) -> None:
    """Stop if a folder has a file that an earlier run did not write.

    Raises:
        UsageError: it has one.
    """
    try:
        files = sorted(path for path in folder.rglob("*") if not path.is_dir())
        foreign = next((path for path in files if not _is_ours(path, folder)), None)
    except OSError as error:
        raise _unwritable(folder, error) from error
    if foreign:
        raise UsageError(say("site-foreign", folder=folder, file=foreign.relative_to(folder).as_posix()))


def _is_ours(path: Path, folder: Path) -> bool:
    if path.relative_to(folder).as_posix() not in paths() or path.is_symlink():
        return False
    return _MARK in path.read_text(encoding="utf-8", errors="replace")


def _write(folder: Path, made: dict[str, str]) -> None:
    try:
        for name, text in made.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> UsageError:
    return UsageError(say("site-unwritable", folder=folder, reason=error.strerror or type(error).__name__))
