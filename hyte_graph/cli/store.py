"""hyte store: whether saved assessments are as they were saved, copies of them, and the query index built anew."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from hyte_graph.bundle.check import Check, differs, exit_code, intact, note
from hyte_graph.bundle.verify import chain_of
from hyte_graph.cli.verify import print_checks, read_bundle
from hyte_graph.errors import FilingError, UsageError
from hyte_graph.messages import say
from hyte_graph.store.archive import FILE, Archive
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.linking import Soundness

_SHORT = 16  # digits of a digest that people compare


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add = parser.add_argument
    what = "check it, copy it to a folder, copy it back, or build the index of hyte serve --store-folder anew"
    add("action", choices=("verify", "backup", "restore", "rebuild"), help=what)
    add(
        "folder",
        metavar="FOLDER",
        help="the folder given to hyte check --save, or a copy of it; for rebuild, the index",
    )
    add("--against", action="append", default=[], metavar="FILE", help="a bundle made of it with --store (repeatable)")
    add("-o", "--output", metavar="FOLDER", help="where to copy to: a folder without saved assessments")


def run(options: argparse.Namespace) -> int:
    """Check the folder; copy it if asked and if it is sound; exit with 1 if it is not."""
    if options.action == "rebuild":
        _rebuild(Path(options.folder), options.lang)
        return 0
    archive = Archive(Path(options.folder))
    found = archive.soundness()
    checks = [*store_checks(found), *_against(found, options.against)]
    print_checks(checks, options.lang)
    code = exit_code(checks)
    if options.action != "verify" and code == 0:
        _copy(archive, found, options)
    return code


def store_checks(found: Soundness) -> Iterator[Check]:
    """Yield what is to be said of saved assessments."""
    if found.broken is not None:
        yield differs("store-broken", number=found.broken)
    elif found.chain is None:
        yield note("store-unchained", count=len(found.records))
    else:
        yield intact("store-sound", count=len(found.records), head=found.chain.head[:_SHORT])
    if found.chain and found.chain.before:
        yield note("chain-late", before=found.chain.before)


def _against(found: Soundness, bundles: list[str]) -> Iterator[Check]:
    """Yield whether a chain still holds what bundles were made of: alone it cannot tell that its end is gone."""
    for path in bundles:
        content, name = read_bundle(path)
        then = chain_of(content, name)
        if found.chain is None:
            yield differs("store-against-unchained", name=name)
            continue
        number = then.parts_from(found.chain)
        if number is None:
            yield intact("store-against-same", count=len(then.links), name=name)
        else:
            yield differs("store-against-other", number=number, name=name)


def _copy(archive: Archive, found: Soundness, options: argparse.Namespace) -> None:
    """Copy the archive, and look at the copy before saying that there is one."""
    if options.output is None:
        raise UsageError(say("store-needs-target", action=options.action, source=Path(options.folder).name))
    target = Path(options.output)
    archive.copy(target / FILE)
    copied = Archive(target).soundness()
    if copied.broken is not None or len(copied.records) < len(found.records):
        raise FilingError(say("archive-broken", name=FILE, detail=target.name))
    print(say("store-copied", count=len(copied.records), name=target.name).within(options.lang))


def _rebuild(folder: Path, language: str) -> None:
    """Build the index of the query service anew from the law and the rules; there is nothing else in it to lose."""
    from hyte_graph.store.dataset import Dataset
    from hyte_graph.store.published import ReadOnly, key_of, rebuild

    if not folder.is_dir():
        raise UsageError(say("index-missing", folder=folder.name))
    knowledge = Knowledge.shipped()
    try:
        home = rebuild(Dataset(knowledge), key_of(knowledge), folder)
    except OSError as error:
        raise UsageError(say("report-not-written", name=folder.name)) from error
    print(say("index-rebuilt", count=len(ReadOnly(home).store), name=home.name).within(language))
