"""Thirteen kinds of queries, asked of the project's own query service and of other engines, in turn in one run.

The data are the shipped graph and invented descriptions of every county and municipality over eight years, made from a
seed. Each engine is a process of its own that has loaded the data; each query is asked in rounds, one engine after
another, and an answer counts when its rows are read. Medians, the number of rows and the ratios go to results/.

    python -m benchmarks.queries [--comunica FOLDER] [--rounds N] [--leave-out NAME …]

Comunica is looked for in a folder with `node_modules` (npm install @comunica/query-sparql); Virtuoso and Oxigraph's
server are started if their programs are found. What is not found is left out and named.
SPARQL leaves open whether years are ordered: rdflib and Comunica do not order them, and have fewer rows in query 12.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.queries.data import write_data
from benchmarks.queries.engines import started
from benchmarks.queries.measures import ask_all, report
from benchmarks.queries.texts import QUERIES

ROUNDS = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comunica", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--leave-out", nargs="*", default=[])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        triples = write_data(data)
        engines, missing = started(data, options)
        try:
            measured = {name: ask_all(name, text, engines, options.rounds) for name, text in QUERIES.items()}
        finally:
            for engine in engines.values():
                engine.stop()
    report(measured, engines, missing, triples)


if __name__ == "__main__":
    main()
