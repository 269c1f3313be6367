"""hyte validate: plain SHACL, for who writes shapes or has data in RDF."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from hyte_graph.compliance.engines import DEFAULT, ENGINES
from hyte_graph.resources import root

if TYPE_CHECKING:
    from hyte_graph.model import Finding

_FORMATS = ("text", "ttl", "json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add = parser.add_argument
    add("data", nargs="+", type=Path, metavar="DATA", help="RDF files (.ttl .nt .rdf .jsonld)")
    add(
        "--shapes",
        nargs="+",
        type=Path,
        metavar="SHAPES",
        help="files with shapes (default: the rules of this project)",
    )
    add("--engine", choices=ENGINES, default=DEFAULT, help="SHACL engine (default: hyte)")
    add("--format", choices=_FORMATS, default="text", help="text, the whole report as Turtle, or JSON (default: text)")
    add("--cache", type=Path, metavar="FOLDER", help="keep what was read in this folder, by content; engine hyte only")
    add("--explain", action="store_true", help="tell on stderr how the engine checked each constraint")


def run(options: argparse.Namespace) -> int:
    """Write the report; 0 if the data conform, else 1."""
    shapes = options.shapes or _rules()
    if options.engine == DEFAULT:
        return _by_plan(options, shapes)
    return _by_graphs(options, shapes)


def _rules() -> list[Path]:
    return [path for path in sorted(root("rules").rglob("*.ttl")) if "cases" not in path.parts]


def _by_plan(options: argparse.Namespace, shapes: list[Path]) -> int:
    from hyte_graph.compliance.engines.files import Validation, plan_of_files

    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # no algebra: threads would only cost at the start
    found = Validation(options.data, lambda: plan_of_files(shapes, options.cache), options.cache)
    results = list(found.results())
    if options.format == "ttl":
        from hyte_graph.compliance.engines.written import report_lines

        sys.stdout.writelines(report_lines(results, found.terms))
    else:
        from hyte_graph.compliance.engines.compiled.told import findings

        _write(findings(results, found.terms), options)
    if options.explain:
        from hyte_graph.cli.rungs import Explained

        explained = Explained()
        explained.keep(found.rungs())
        sys.stderr.write(explained.table(options.lang))
    return 1 if results else 0


def _by_graphs(options: argparse.Namespace, shapes: list[Path]) -> int:
    """Write the report of another engine, which reads graphs of rdflib."""
    from rdflib.namespace import SH

    from hyte_graph.compliance.engines import engine
    from hyte_graph.compliance.engines.files import graph_of_files
    from hyte_graph.compliance.engines.report import read_findings

    report = engine(options.engine).report(graph_of_files(options.data), graph_of_files(shapes))
    if options.format == "ttl":
        sys.stdout.write(report.serialize(format="turtle"))
    else:
        _write(read_findings(report), options)
    return 1 if (None, SH.result, None) in report else 0


def _write(findings: Iterable[Finding], options: argparse.Namespace) -> None:
    every = list(findings)
    if options.format == "json":
        import json
        from dataclasses import asdict

        told = {"conforms": not every, "results": [asdict(finding) for finding in every]}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    from hyte_graph.messages import say

    for finding in every:
        words = (finding.severity, finding.focus, finding.path, finding.value, finding.component, finding.shape)
        print("\t".join(word.rsplit("#", 1)[-1] if at in (2, 4) else word for at, word in enumerate(words)))
    for name, count in sorted(Counter(finding.severity for finding in every).items()):
        print(f"{name}: {count}")
    key = "validate-results" if every else "validate-conforms"
    print(say(key, count=str(len(every))).within(options.lang))
