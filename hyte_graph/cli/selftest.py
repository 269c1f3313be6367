"""hyte selftest: does everything that the project promises of its knowledge hold?"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from hyte_graph.compliance.agreement import agreement, table
from hyte_graph.compliance.cases import difference, read_cases, run_together
from hyte_graph.compliance.coverage import coverage, in_all
from hyte_graph.compliance.engines import ENGINES, engine
from hyte_graph.compliance.mutants import mutants
from hyte_graph.compliance.mutation import survivors
from hyte_graph.compliance.quality import check_quality
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.reasoning.consistency import check_consistency
from hyte_graph.resources import root
from hyte_graph.store.knowledge import Knowledge


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument(
        "--quick", action="store_true", help="leave out the mutants of the rules, and the other engines"
    )
    parser.add_argument("--mutants", action="store_true", help="print every mutant of the rules too")


@dataclass(frozen=True, slots=True)
class Check:
    """One promise and whether it holds."""

    holds: bool
    text: Text


def run(options: argparse.Namespace) -> int:
    """Print each promise with what was found; 1 if one does not hold."""
    knowledge = Knowledge.shipped()
    cases = partial(_cases, engines=ENGINES[:1] if options.quick else ENGINES)
    steps: list[Callable[[Knowledge], Iterator[Check]]] = [_counts, _quality, _consistency, cases, _agreement]
    if not options.quick:
        steps.append(partial(_mutants, is_listed=options.mutants))
    held = True
    for step in steps:
        for check in step(knowledge):
            held = held and check.holds
            print("✓" if check.holds else "✗", check.text.within(options.lang), flush=True)
    return 0 if held else 1


def _counts(knowledge: Knowledge) -> Iterator[Check]:
    kinds = Counter(norm.kind for norm in knowledge.norms.values())
    norms = sum(kinds.values()) - kinds["GuidanceNorm"]
    counted = {"norms": norms, "drafts": kinds["DraftNorm"], "guidance": kinds["GuidanceNorm"]}
    yield Check(norms > 0, say("selftest-norms", **counted))
    row = coverage(knowledge, in_all)[0]
    values = {"duties": row.duties, "executable": row.executable, "declared": row.declared}
    yield Check(row.duties == row.executable + row.declared, say("selftest-coverage", **values))


def _quality(knowledge: Knowledge) -> Iterator[Check]:
    faults = check_quality(knowledge)
    for fault in faults:
        print(fault, file=sys.stderr)
    yield Check(not faults, say("selftest-quality", count=len(faults)))


def _consistency(knowledge: Knowledge) -> Iterator[Check]:
    report = check_consistency(knowledge)
    values = {"triples": report.triples, "count": len(report.unsatisfiable)}
    yield Check(report.is_consistent and not report.unsatisfiable, say("selftest-consistency", **values))


def _cases(knowledge: Knowledge, *, engines: Iterable[str]) -> Iterator[Check]:
    cases = read_cases(knowledge)
    for name in engines:
        found = run_together(cases, knowledge, engine(name))
        agreeing = sum(not difference(case, found[case.name]) for case in cases)
        yield Check(agreeing == len(cases), say("selftest-cases", engine=name, agreeing=agreeing, count=len(cases)))


def _agreement(knowledge: Knowledge) -> Iterator[Check]:
    cells = agreement(root("examples"), knowledge, engine())
    print("\n".join(table(cells)))
    explained = all(cell.agrees or cell.because for cell in cells)
    breaches = sum(cell.given == "N" for cell in cells)
    values = {"agreeing": sum(cell.agrees for cell in cells), "count": len(cells), "breaches": breaches}
    yield Check(explained and not breaches, say("selftest-agreement", **values))


def _mutants(knowledge: Knowledge, *, is_listed: bool) -> Iterator[Check]:
    with _progress() as on_progress:
        result = survivors(knowledge, on_progress)
    if is_listed:
        for mutant in mutants(knowledge.shapes):
            print("✗" if mutant in result.survivors else "✓", mutant)
    for mutant in result.survivors:
        print(mutant, file=sys.stderr)
    values = {"total": result.total, "killed": result.killed, "count": len(result.survivors)}
    yield Check(not result.survivors, say("selftest-mutants", **values))


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """Yield what moves a progress bar, where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("hyte selftest")
        yield lambda done, total: progress.update(task, completed=done, total=total)
