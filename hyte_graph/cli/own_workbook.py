"""The auditor's own workbook back, annotated: with the verdicts, or with the faults for which there are none."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from hyte_graph.cli.filings import announce, read_filing
from hyte_graph.cli.output import write
from hyte_graph.compliance.assessment import Assessment
from hyte_graph.errors import HyteError
from hyte_graph.intake.places import PlacedError
from hyte_graph.intake.reader import read_stated
from hyte_graph.store.knowledge import Knowledge


def is_asked(options: argparse.Namespace) -> bool:
    """Return whether the report on a workbook is to be that workbook; facts that are only assumed have no cell."""
    [name, *others] = options.files
    is_workbook = not others and name.lower().endswith(".xlsx")
    return bool(is_workbook and options.format == "xlsx" and not options.assume)


def write_verdicts(made: Assessment, options: argparse.Namespace, knowledge: Knowledge) -> None:
    """Write the workbook with the verdicts in it.

    Raises:
        FilingError: the workbook was read, but cannot be annotated.
        MissingToolError: the tool for it is not installed.
    """
    from hyte_graph.reports.annotations import verdict_copy

    content, shown = read_filing(options.files[0])
    description = read_stated(content, shown, knowledge)
    copy, notices = verdict_copy(content, description, made, knowledge, options.lang)
    write(copy, options.output)
    announce(notices, options.lang)


def write_faults(refused: Sequence[tuple[str, HyteError]], options: argparse.Namespace) -> None:
    """Write the workbook with its faults in it, where there is a file to write to; errors as above."""
    from hyte_graph.reports.annotations import fault_copy

    placed = [error for _, error in refused if isinstance(error, PlacedError)]
    if not placed or options.output in (None, "-"):
        return
    content, shown = read_filing(options.files[0])
    copy, notices = fault_copy(content, shown, placed[0].faults, options.lang)
    write(copy, options.output)
    announce(notices, options.lang)
