"""hyte verify: whether a bundle is as it was made, who signed it, and whether its verdicts come out again."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from hyte_graph.bundle.check import Check, exit_code
from hyte_graph.bundle.container import LARGEST
from hyte_graph.bundle.keys import read_public_key
from hyte_graph.bundle.verify import verify
from hyte_graph.cli.output import read
from hyte_graph.errors import FilingError
from hyte_graph.messages import say
from hyte_graph.store.knowledge import Knowledge

_SIGNS = {"intact": "✓", "differs": "✗", "unknown": "?", "note": "·"}
_RESULTS = {0: "verify-all-well", 1: "verify-all-differs", 4: "verify-all-unknown"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add = parser.add_argument
    add("file", metavar="FILE", help="a bundle that hyte bundle made")
    add("--trust", action="append", default=[], metavar="PEM", help="a public key that may have signed (repeatable)")
    add("--evidence", nargs="+", default=[], metavar="FILE", help="evidence files to compare with those it names")
    add("--format", choices=("text", "json"), default="text", help="form of the answer")


def run(options: argparse.Namespace) -> int:
    """Print what is intact and what differs; exit with 1 if anything differs, 4 if it could not be repeated here."""
    trusted = [read_public_key(read(name), Path(name).name) for name in options.trust]
    held = [(read(name), Path(name).name) for name in options.evidence]
    content, name = read_bundle(options.file)
    found = verify(content, name, Knowledge.shipped(), trusted=trusted, evidence=held)
    code = exit_code(found)
    if options.format == "json":
        print(json.dumps([_value(check) for check in found], ensure_ascii=False, indent=2))
    else:
        print_checks(found, options.lang)
        print(say(_RESULTS[code], name=name).within(options.lang))
    return code


def read_bundle(name: str) -> tuple[bytes, str]:
    """Return the bytes of a bundle and what it is called.

    Raises:
        FilingError: there is no such file, or it is larger than any bundle.
    """
    shown = Path(name).name
    try:
        too_large = Path(name).stat().st_size > LARGEST
    except OSError as error:
        raise FilingError(say("file-not-found", name=name)) from error
    if too_large:
        raise FilingError(say("bundle-larger", name=shown, limit=LARGEST // 1024**2))
    return read(name), shown


def print_checks(found: Sequence[Check], language: str) -> None:
    """Print each check on a line; what a file says may not move the cursor of a terminal."""
    for check in found:
        text = check.text.within(language)
        print(_SIGNS[check.state], "".join(letter if letter.isprintable() else "?" for letter in text))


def _value(check: Check) -> dict[str, object]:
    return {"state": check.state, "part": check.part, "text": check.text.as_dict()}
