"""hyte bundle: a verdict that travels, in one file."""

from __future__ import annotations

import argparse
import os
import sys
from getpass import getpass
from pathlib import Path

from hyte_graph.bundle.evidence import EvidenceFile, attached, named
from hyte_graph.bundle.keys import SigningKey, read_private_key
from hyte_graph.bundle.make import Enclosed, bundle
from hyte_graph.bundle.manifest import Asked
from hyte_graph.bundle.opened import open_bundle
from hyte_graph.cli.days import day
from hyte_graph.cli.filings import read_filing
from hyte_graph.cli.output import read, save
from hyte_graph.compliance.engines import DEFAULT, ENGINES
from hyte_graph.errors import UsageError
from hyte_graph.messages import say
from hyte_graph.store.archive import Archive
from hyte_graph.store.knowledge import Knowledge

_PRIVATE = b"PRIVATE KEY-----"
_PASSPHRASE = "HYTE_KEY_PASSPHRASE"  # noqa: S105 – the name of a variable


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add = parser.add_argument
    add("files", nargs="+", metavar="FILE", help="descriptions, of one organisation each")
    add("--on", required=True, metavar="DATE", help="the day: facts as of, and law too unless --law-as-of is given")
    add("--law-as-of", metavar="DATE", help="apply the law of another day to the facts of --on")
    add("--known-on", metavar="DATE", help="leave out what was registered later (default: --on)")
    add("--engine", choices=ENGINES, default=DEFAULT, help="SHACL engine (default: hyte)")
    add("--judgements", action="append", default=[], metavar="FILE", help="findings of auditors (repeatable)")
    add("--include-drafts", action="store_true", help="show the norms of the 2017 drafts as hypothetical")
    add("--attach", nargs="+", default=[], metavar="FILE", help="evidence files to put into the bundle")
    add("--digest", nargs="+", default=[], metavar="FILE", help="evidence files of which only the SHA-256 goes in")
    add("--store", metavar="FOLDER", help="put in the chain over the saved assessments of a folder")
    add("--key", action="append", default=[], metavar="PEM", help="sign with a private Ed25519 key (repeatable)")
    add("-o", "--output", required=True, metavar="FILE", help="the bundle to write, such as kunta.hyte")


def run(options: argparse.Namespace) -> int:
    """Write the bundle, and say on stderr who signed it."""
    if len(options.files) > 1 and options.judgements:
        raise UsageError(say("laid-over-one"))
    keys = [_key(name, options.lang) for name in options.key]
    judged = [read_filing(name) for name in options.judgements]
    given = [[read_filing(name), *judged] for name in options.files]
    made = bundle(given, _asked(options), Knowledge.shipped(), _enclosed(options, keys))
    save(made, options.output)
    parts = len(open_bundle(made, options.output).parts)
    name = Path(options.output).name
    signers = ", ".join(key.public.fingerprint for key in keys)
    signed = say("bundle-signed-by", keys=signers) if keys else say("bundle-signed-by-nobody")
    print(say("bundle-written", name=name, parts=parts, signed=signed).within(options.lang), file=sys.stderr)
    return 0


def _enclosed(options: argparse.Namespace, keys: list[SigningKey]) -> Enclosed:
    files: list[EvidenceFile] = [named(read(name), Path(name).name) for name in options.digest]
    contents: dict[str, bytes] = {}
    for name in options.attach:
        content = read(name)
        if _PRIVATE in content:
            raise UsageError(say("bundle-private-key", name=Path(name).name))
        files.append(attached(content, Path(name).name))
        contents[files[-1].part] = content
    history = Archive(Path(options.store)).soundness() if options.store else None
    return Enclosed(keys, files, contents, history)


def _asked(options: argparse.Namespace) -> Asked:
    on = day(options.on)
    law_on, known_on = (day(text) if text else on for text in (options.law_as_of, options.known_on))
    return Asked(on, law_on, known_on, options.engine, options.include_drafts)


def _key(name: str, language: str) -> SigningKey:
    shown = Path(name).name
    return read_private_key(read(name), shown, lambda: _passphrase(shown, language))


def _passphrase(name: str, language: str) -> bytes:
    """Return the passphrase of a key: of the environment, or asked of the user; never an argument that others see."""
    told = os.environ.get(_PASSPHRASE)
    if told is None and sys.stdin.isatty():
        told = getpass(say("key-asks", name=name).within(language))
    return (told or "").encode()
