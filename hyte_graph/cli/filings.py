"""Descriptions that commands read and write: a file, a folder of CSV files, or stdin."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from hyte_graph.cli.output import read, save
from hyte_graph.errors import FilingError, UsageError
from hyte_graph.intake.archives import file_or_folder, unpacked
from hyte_graph.intake.reader import FORMATS
from hyte_graph.languages import Text
from hyte_graph.messages import say

CSV = ".csv"


def read_filing(name: str) -> tuple[bytes, str]:
    """Return the bytes of a description and what it is called in reports: its name without its folders.

    A folder is read as the archive of its files, and its name ends in a slash.

    Raises:
        FilingError: there is no such file, or the folder holds too much.
    """
    if name == "-":
        return read(name), "stdin.yaml"
    try:
        return file_or_folder(Path(name))
    except OSError as error:
        raise FilingError(say("file-not-found", name=name)) from error


def spread(names: Iterable[str]) -> list[str]:
    """Return the files that some names stand for: a folder of descriptions stands for its files, in their order.

    A folder with CSV files is one description.

    Raises:
        FilingError: a folder holds neither.
    """
    return [file for name in names for file in _files_of(name)]


def _files_of(name: str) -> list[str]:
    if name == "-" or "://" in name or not Path(name).is_dir():
        return [name]
    inside = sorted(path for path in Path(name).iterdir() if path.is_file() and not path.name.startswith("."))
    if any(path.suffix.lower() == CSV for path in inside):
        return [name]
    found = [str(path) for path in inside if path.suffix.lower() in FORMATS]
    if not found:
        raise FilingError(say("folder-without-descriptions", name=name, endings=", ".join((*FORMATS, CSV))))
    return found


def is_folder(name: str) -> bool:
    """Return whether a name that is written to is that of a folder: it is one, or ends in a slash."""
    return name.endswith(("/", "\\")) or Path(name).is_dir()


def save_filing(content: bytes, name: str) -> None:
    """Write a description to a file, or an archive of CSV files into a folder.

    Raises:
        UsageError: it cannot be written, or the folder holds files already.
    """
    if not is_folder(name):
        save(content, name)
        return
    folder = Path(name)
    try:
        folder.mkdir(exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(say("folder-full", name=folder.name))
    except OSError as error:
        raise UsageError(say("report-not-written", name=folder.name)) from error
    for part, inner in unpacked(content, folder.name, CSV).items():
        save(inner, str(folder / part))


def announce(notices: Iterable[Text], language: str) -> None:
    """Tell on stderr what a reader should know, though nothing is wrong."""
    for notice in notices:
        print(notice.within(language), file=sys.stderr)
