"""The Turtle report in JSON-LD: the same triples."""

from __future__ import annotations

from collections.abc import Sequence

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.reports.turtle_report import report_triples
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.rdf import FORMATS, written

_FORM = next(form for form in FORMATS if form.suffix == "jsonld")


def render(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> str:  # noqa: ARG001
    """Return assessments as JSON-LD, in all languages; the same input gives the same bytes."""
    return written(report_triples(assessments, knowledge), _FORM).decode()
