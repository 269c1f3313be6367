"""hyte check: verdicts on descriptions."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from hyte_graph.cli import own_workbook, parts
from hyte_graph.cli.days import day, now
from hyte_graph.cli.elsewhere import cluster_at
from hyte_graph.cli.failures import tell
from hyte_graph.cli.filings import announce, read_filing, spread
from hyte_graph.cli.jobs import Checked, batch, in_order, processes
from hyte_graph.cli.output import write
from hyte_graph.cli.stored import knowledge_from, read_from
from hyte_graph.cli.streamed import shown, told, write_streamed
from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.engines import DEFAULT, ENGINES, Engine, engine
from hyte_graph.compliance.outcomes import Outcome
from hyte_graph.compliance.what_if import assess_what_if
from hyte_graph.errors import FilingError, HyteError, UndecidedError, UsageError
from hyte_graph.intake.overlay import assume, with_judgements
from hyte_graph.intake.reader import read_description
from hyte_graph.messages import say
from hyte_graph.reports import FORMATS, render
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.parts import Folder

_LEVELS: dict[str, frozenset[Outcome]] = {
    "breach": frozenset({"not-fulfilled", "overdue"}),
    "partly": frozenset({"not-fulfilled", "overdue", "partly-fulfilled", "contested"}),
    "evidence": frozenset(
        {"not-fulfilled", "overdue", "partly-fulfilled", "contested", "evidence-missing", "needs-judgement"}
    ),
    "never": frozenset(),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    add = parser.add_argument
    add(
        "files",
        nargs="+",
        metavar="FILE",
        help="descriptions: .yaml .json .jsonld .ttl .nt .rdf .xlsx .ods .zip, a folder of these or of CSV; - is stdin",
    )
    add("--on", metavar="DATE", help="the day: facts as of, and law too unless --law-as-of is given (default: today)")
    add("--law-as-of", metavar="DATE", help="apply the law of another day to the facts of --on")
    add("--known-on", metavar="DATE", help="leave out what was registered later (default: --on)")
    add("--assume", action="append", default=[], metavar="FACTS", help="what if these facts held? (repeatable)")
    add("--judgements", action="append", default=[], metavar="FILE", help="findings of auditors (repeatable)")
    add("--format", choices=FORMATS, default="text", help="form of the report (default: text)")
    add("-o", "--output", metavar="FILE", help="write the report to a file (default: stdout)")
    add("--fail-on", choices=tuple(_LEVELS), default="breach", help="what gives exit code 1 (default: breach)")
    add("--engine", choices=ENGINES, default=DEFAULT, help="SHACL engine (default: hyte)")
    add("--include-drafts", action="store_true", help="show the norms of the 2017 drafts as hypothetical")
    add("--verbose", action="store_true", help="show norms that do not apply, and every reason")
    add("--save", metavar="FOLDER", help="save the assessments there, for hyte history and hyte diff")
    add("--quiet", action="store_true", help="no progress bar")
    add("--explain", action="store_true", help="tell on stderr how the engine checked each constraint")
    add("--jobs", type=int, default=1, metavar="N", help="check in N processes; 0 for one a processor (default: 1)")
    add("--parts", metavar="FOLDER", help="write compressed parts there, as N-Quads unless --format is csv or jsonl")
    add("--per-part", type=int, default=parts.SIZE, metavar="N", help="descriptions of a part (default: 500)")
    add("--scheduler", metavar="ADDRESS", help="check on the workers of a Dask scheduler, such as tcp://HOST:8786")
    add(
        "--store", metavar="URL", help="take the law and the rules from a SPARQL 1.1 store; a FILE may be a graph of it"
    )


def run(options: argparse.Namespace) -> int:
    """Check the files and write one report; a file that cannot be read or judged does not stop the others."""
    options.files = spread(options.files)
    if len(options.files) > 1 and (options.assume or options.judgements):
        raise UsageError(say("laid-over-one"))
    if options.scheduler and (options.assume or options.judgements or options.explain or options.jobs != 1):
        raise UsageError(say("scheduler-alone"))
    with (
        knowledge_from(options.store, options.lang) as knowledge,
        cluster_at(options.scheduler, knowledge) as options.cluster,
    ):
        if options.parts:
            return _in_parts(options, knowledge)
        return _streamed(options, knowledge) if _is_streamed(options) else _checked(options, knowledge)


def _in_parts(options: argparse.Namespace, knowledge: Knowledge) -> int:
    alone = (options.output, options.save, options.assume, options.judgements, options.explain)
    form = parts.FORMATS[0] if options.format == "text" else options.format
    if any(alone) or form not in parts.FORMATS or options.per_part < 1:
        raise UsageError(say("parts-alone", formats=", ".join(parts.FORMATS)))
    folder = Folder(Path(options.parts), form)
    made = parts.Parts(folder, _asked(options), knowledge.digest, options.store, options.per_part)
    check = partial(_results, form=form, options=options, knowledge=knowledge)
    return parts.write_parts(options, made, check, _LEVELS[options.fail_on])


def _is_streamed(options: argparse.Namespace) -> bool:
    """Return whether the report can be written while the checks go on; text then ends without its comparison."""
    one_by_one = options.format in ("csv", "jsonl", "nq") or (options.format == "text" and _is_spread(options))
    return one_by_one and not (options.assume or options.judgements or options.save or options.explain)


def _streamed(options: argparse.Namespace, knowledge: Knowledge) -> int:
    with _progress(options.files, options) as files:
        results = _results(files, options.format, options, knowledge)
        return write_streamed(results, options.format, options.output, options.lang, _LEVELS[options.fail_on])


def _is_spread(options: argparse.Namespace) -> bool:
    return bool(options.scheduler) or options.jobs != 1


def _results(files: Iterable[str], form: str, options: argparse.Namespace, knowledge: Knowledge) -> Iterator[Checked]:
    """Yield what became of each file, checked here, in other processes or on other machines."""
    cluster, jobs = options.cluster, _processes(options)
    together = batch(len(options.files), cluster.size if cluster else jobs)
    shared: dict[str, Any] = {"store": options.store, "jobs": jobs, "together": together, "cluster": cluster}
    return in_order(files, _asked(options), form, knowledge, **shared)


def _processes(options: argparse.Namespace) -> int:
    return min(processes(options.jobs), len(options.files))


def _checked(options: argparse.Namespace, knowledge: Knowledge) -> int:
    """Assess all, write the report and return the exit code."""
    assessments, refused = _explained(options, knowledge) if options.explain else _assess_all(options, knowledge)
    if options.format == "json":
        from hyte_graph.reports import json_report

        write(json_report.render(assessments, [(shown(name), told(error)) for name, error in refused]), options.output)
    elif own_workbook.is_asked(options):
        own_workbook.write_faults(refused, options)
        for made in assessments:
            own_workbook.write_verdicts(made, options, knowledge)
    elif assessments:
        write(render(options.format, assessments, knowledge, options.lang, verbose=options.verbose), options.output)
    return max((error.exit_code for _, error in refused), default=0) or _verdict_code(assessments, options)


Refused = list[tuple[str, HyteError]]


def _explained(options: argparse.Namespace, knowledge: Knowledge) -> tuple[list[Assessment], Refused]:
    """Assess all, and tell how each constraint was checked."""
    from hyte_graph.cli.rungs import Explained

    if options.engine != DEFAULT:
        raise UsageError(say("explain-needs-hyte"))
    explained = Explained()
    made = _assess_all(options, knowledge, explained.engine)
    print(explained.table(options.lang), file=sys.stderr, end="")
    return made


def _assess_all(
    options: argparse.Namespace, knowledge: Knowledge, checker: Engine | None = None
) -> tuple[list[Assessment], Refused]:
    if options.cluster or _processes(options) > 1:
        return _in_processes(options, knowledge)
    checker = checker or engine(options.engine)
    assessments: list[Assessment] = []
    refused: Refused = []
    with _progress(options.files, options) as files:
        for name in files:
            try:
                content, shown = read_from(name, options.store)
                assessments.append(_assess(content, shown, options, knowledge, checker))
                if options.save:
                    _save(assessments[-1], content, options)
            except (FilingError, UndecidedError, UsageError) as error:
                tell(error, options.lang)
                refused.append((name, error))
    return assessments, refused


def _in_processes(options: argparse.Namespace, knowledge: Knowledge) -> tuple[list[Assessment], Refused]:
    """Assess all in several processes, for a report that needs them together."""
    if options.explain:
        raise UsageError(say("explain-one-process"))
    assessments: list[Assessment] = []
    refused: Refused = []
    with _progress(options.files, options) as files:
        for result in _results(files, "", options, knowledge):
            announce(result.notices, options.lang)
            if result.error:
                tell(result.error, options.lang)
                refused.append((result.name, result.error))
            elif result.made:
                assessments.append(result.made)
                if options.save:
                    _save(result.made, result.content, options)
    return assessments, refused


def _save(made: Assessment, content: bytes, options: argparse.Namespace) -> None:
    from hyte_graph.reports.json_report import as_value
    from hyte_graph.store.archive import Archive

    def migrated(count: int) -> None:
        print(say("archive-migrated", count=count).within(options.lang), file=sys.stderr)

    number = Archive(Path(options.save)).save(as_value(made), content, now(), migrated)
    print(say("archive-saved", number=number, name=made.name).within(options.lang), file=sys.stderr)


def _assess(
    content: bytes, shown: str, options: argparse.Namespace, knowledge: Knowledge, checker: Engine
) -> Assessment:
    description = read_description(content, shown, knowledge)
    announce(description.notices, options.lang)
    described = with_judgements(description, map(read_filing, options.judgements), knowledge)
    asked: dict[str, Any] = _days(options) | {"include_drafts": options.include_drafts, "checker": checker}
    if not options.assume:
        return assess(described, knowledge, **asked)
    assumed = assume(described, map(read_filing, options.assume), knowledge)
    return assess_what_if(described, assumed, knowledge, **asked)


def _days(options: argparse.Namespace) -> dict[str, date | None]:
    return {
        "on": day(options.on),
        "known_on": day(options.known_on) if options.known_on else None,
        "law_on": day(options.law_as_of) if options.law_as_of else None,
    }


def _asked(options: argparse.Namespace) -> dict[str, Any]:
    """Return what is asked, as values that can be sent to another process."""
    days = {name: told.isoformat() if told else None for name, told in _days(options).items()}
    drafts = {"include_drafts": options.include_drafts, "verbose": options.verbose}
    return days | drafts | {"engine": options.engine, "language": options.lang}


@contextmanager
def _progress(files: Sequence[str], options: argparse.Namespace) -> Iterator[Iterator[str]]:
    """Yield the files behind a progress bar, where there are several and stderr is a terminal."""
    if len(files) == 1 or options.quiet or not sys.stderr.isatty():
        yield iter(files)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        yield iter(progress.track(files, description="hyte check"))


def _verdict_code(assessments: Sequence[Assessment], options: argparse.Namespace) -> int:
    """Return 4 where a description states nothing, 1 where something at the level was found, else 0."""
    silent = [made for made in assessments if not made.states_facts]
    for made in silent:
        print(say("nothing-stated", name=made.name).within(options.lang), file=sys.stderr)
    level = _LEVELS[options.fail_on]
    found = any(verdict.outcome in level for made in assessments for verdict in made.verdicts)
    return 1 if found else (4 if silent else 0)
