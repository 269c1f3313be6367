"""The HTML report: one page that needs no network and no script, for the screen, for paper and for the archive."""

from __future__ import annotations

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.reports.page import Page
from hyte_graph.reports.pictures import timeline
from hyte_graph.reports.templating import template
from hyte_graph.store.knowledge import Knowledge


def render(assessment: Assessment, knowledge: Knowledge, language: str) -> str:
    """Return an assessment as one HTML page in "fi", "sv" or "en"; the same input gives the same bytes."""
    page = Page(assessment, knowledge, language)
    picture = timeline(assessment, knowledge, language)
    return template("report.html").render(page=page, made=assessment, picture=picture)
