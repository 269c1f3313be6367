"""The report as JSON lines: one organisation a line, each the same object as in the JSON report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hyte_graph.compliance.assessment import Assessment
from hyte_graph.languages import Text
from hyte_graph.reports.json_report import as_value, refused_value
from hyte_graph.store.knowledge import Knowledge


def render(assessments: Sequence[Assessment], knowledge: Knowledge, language: str) -> str:  # noqa: ARG001
    """Return one line for each assessment; every language is in it, as in the JSON report."""
    return "".join(_line(as_value(made)) for made in assessments)


def refused(name: str, messages: Sequence[Text]) -> str:
    """Return the line of a file that could not be assessed."""
    return _line(refused_value(name, messages))


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
