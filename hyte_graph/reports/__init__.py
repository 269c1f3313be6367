"""Reports: one assessment model, one module for each format."""

from __future__ import annotations

from collections.abc import Sequence

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.errors import UsageError
from hyte_graph.messages import say
from hyte_graph.store.knowledge import Knowledge

FORMATS = ("text", "json", "turtle", "html")


def render(
    form: str, assessments: Sequence[Assessment], knowledge: Knowledge, language: str, *, verbose: bool = False
) -> str:
    """Return assessments in one of the formats.

    Raises:
        UsageError: the HTML report is asked for more than one organisation.
    """
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
