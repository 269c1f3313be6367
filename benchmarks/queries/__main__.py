"""Thirteen kinds of queries, asked of the project's own query service and of other engines, in turn in one run.

The data are the shipped graph and invented descriptions of every county and municipality over eight years, made from a
seed. Each engine is a process of its own that has loaded the data; each query is asked in rounds, one engine after
another, a quick one several times in a turn, and an answer counts when its rows are read. Processor time stands beside
elapsed time, since it moves less when others use the machine; that of a server is counted with it. Where rows are
terms of Oxigraph, they are compared, outside the time.

    python -m benchmarks.queries [--only NAME …] [--leave-out NAME …] [--keep] [--comunica FOLDER] [--rounds N]

With --keep, the figures of engines that do not run now stay as an earlier run has written them, with its day.
Comunica is looked for in a folder with `node_modules` (npm install @comunica/query-sparql); Virtuoso and Oxigraph's
server are started if their programs are found. What is not found is left out and named.
SPARQL leaves open whether years are ordered: rdflib and Comunica do not order them, and have fewer rows in query 12.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.queries.data import write_data
from benchmarks.queries.engines import STARTS, started
from benchmarks.queries.measures import ask_all, ask_new
from benchmarks.queries.page import RAW, earlier, report
from benchmarks.queries.texts import QUERIES

ROUNDS = 7


def main() -> None:
    from hyte_graph.store.clauses import with_prefixes

    options = _options()
    texts = {name: with_prefixes(text) for name, text in QUERIES.items()}
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        triples = write_data(data)
        engines, missing = started(data, options)
        try:
            measured = {name: ask_all(name, text, engines, options.rounds) for name, text in texts.items()}
            quick = {name: engines[name] for name in ("hyte", RAW) if name in engines}
            new = ask_new(next(iter(texts.values())), quick)
        finally:
            for engine in engines.values():
                engine.stop()
    told = {"before": earlier() if options.keep else {}, "missing": missing, "triples": triples}
    report(measured, new, engines, told)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--comunica", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", nargs="+", choices=STARTS, help="these engines only")
    parser.add_argument("--leave-out", nargs="*", choices=STARTS, default=[], help="all engines but these")
    parser.add_argument("--keep", action="store_true", help="keep what an earlier run has written of other engines")
    return parser.parse_args()


if __name__ == "__main__":
    main()
