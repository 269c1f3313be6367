"""Prints the digests of one description in a given file, and those of its report: run in processes that differ."""

from __future__ import annotations

import json
import locale
import sys
import time
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

import pyoxigraph

from hyte_graph.compliance.assess import assess
from hyte_graph.intake import read_description
from hyte_graph.reports import json_report
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import term_of


def canonical(triples: object) -> str:
    """Return the SHA-256 of the canonical N-Quads of some triples (RDFC-1.0)."""
    dataset = pyoxigraph.Dataset(pyoxigraph.Quad(*map(term_of, triple)) for triple in triples)  # type: ignore[arg-type, attr-defined]
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return sha256("\n".join(sorted(map(str, dataset))).encode()).hexdigest()


def placeless(value: object) -> object:
    """Return a report without the lines of the file on which facts stand: every format has others, or none."""
    if isinstance(value, dict):
        return {key: placeless(inner) for key, inner in value.items() if key not in ("line", "input")}
    return [placeless(inner) for inner in value] if isinstance(value, list) else value


def report(path: Path, knowledge: Knowledge) -> str:
    """Return the SHA-256 of the report, but for the file: its name, its digest and its lines."""
    description = read_description(path.read_bytes(), path.name, knowledge)
    value = json.loads(json_report.render([assess(description, knowledge, on=date(2025, 12, 31))]))
    return sha256(json.dumps(placeless(value), sort_keys=True).encode()).hexdigest()


def main() -> None:
    """Print one line for each file: the digest of its data and of its report."""
    with suppress(locale.Error):  # what the machine does not have, it does not have
        locale.setlocale(locale.LC_ALL, "")
    time.tzset()
    knowledge = Knowledge.shipped()
    for name in sys.argv[1:]:
        path = Path(name)
        data = canonical(read_description(path.read_bytes(), path.name, knowledge).graph)
        print(data, report(path, knowledge))


if __name__ == "__main__":
    main()
