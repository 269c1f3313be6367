"""Reports: one assessment model, one module for each format."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.errors import UsageError
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.store.knowledge import Knowledge

_MODULES = {
    "md": "markdown_report",
    "pdf": "pdf_report",
    "docx": "docx_report",
    "xlsx": "xlsx_report",
    "csv": "csv_report",
    "jsonl": "jsonl_report",
    "jsonld": "jsonld_report",
    "nq": "nquads_report",
    "sarif": "sarif_report",
    "junit": "junit_report",
    "oscal": "oscal_report",
    "ics": "ics_report",
}
"""The modules of the formats that need nothing but the assessments, the knowledge and a language."""

FORMATS = ("text", "json", "turtle", "html", *_MODULES)
STREAMED = ("csv", "jsonl", "nq", "text")
"""The formats that can be written one organisation after the other."""


def render(
    form: str, assessments: Sequence[Assessment], knowledge: Knowledge, language: str, *, verbose: bool = False
) -> str | bytes:
    """Return assessments in one of the formats: text, or bytes of a binary form.

    Raises:
        UsageError: the HTML report is asked for more than one organisation.
    """
    if form in _MODULES:
        module = import_module(f"hyte_graph.reports.{_MODULES[form]}")
        made: str | bytes = module.render(assessments, knowledge, language)
        return made
    if form == "json":
        from hyte_graph.reports import json_report

        return json_report.render(assessments)
    if form == "turtle":
        from hyte_graph.reports import turtle_report

        return turtle_report.render(assessments, knowledge)
    if form == "html":
        from hyte_graph.reports import html

        if len(assessments) != 1:
            raise UsageError(say("html-one-only"))
        return html.render(assessments[0], knowledge, language)
    from hyte_graph.reports import text_report

    return text_report.render(assessments, knowledge, language, verbose=verbose)


def opening(form: str) -> str:
    """Return what a report in a format of `STREAMED` begins with."""
    if form != "csv":
        return ""
    from hyte_graph.reports import csv_report

    return csv_report.opening()


def piece(form: str, made: Assessment, knowledge: Knowledge, language: str, *, verbose: bool = False) -> str:
    """Return the part of a report in a format of `STREAMED` that is about one organisation."""
    if form == "csv":
        from hyte_graph.reports import csv_report

        return csv_report.rows_of(made, knowledge, language)
    end = "\n" if form == "text" else ""
    return str(render(form, [made], knowledge, language, verbose=verbose)) + end


def refused_piece(form: str, name: str, messages: Sequence[Text]) -> str:
    """Return what a report in a format of `STREAMED` says of a file that could not be assessed."""
    if form != "jsonl":
        return ""
    from hyte_graph.reports import jsonl_report

    return jsonl_report.refused(name, messages)
