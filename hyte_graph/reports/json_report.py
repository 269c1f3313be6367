"""The JSON report: the documented, versioned form of an assessment (docs/result.schema.json)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hyte_graph.compliance.assessment import Assessment, Evidence, Verdict
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.model import Period

SCHEMA = "hyte.result/1"


def render(assessments: Sequence[Assessment], refused: Sequence[tuple[str, Sequence[Text]]] = ()) -> str:
    """Return one result as a JSON object, several as an array; the same input gives the same bytes.

    Args:
        assessments: what was assessed.
        refused: for each file that was not, its name and the sentences that say why.
    """
    values = [as_value(assessment) for assessment in assessments]
    values += [refused_value(name, messages) for name, messages in refused]
    return json.dumps(values[0] if len(values) == 1 else values, ensure_ascii=False, indent=2) + "\n"


def as_value(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as plain values."""
    return {
        "schema": SCHEMA,
        "on": assessment.on.isoformat(),
        "knownOn": assessment.known_on.isoformat(),
        "referenceDate": assessment.reference_date,
        "organisation": {
            "id": assessment.actor.slug,
            "iri": assessment.actor.iri,
            "name": assessment.actor.label.as_dict(),
            "type": assessment.actor.type,
            "fictitious": assessment.actor.is_fictitious,
        },
        "input": {"name": assessment.name, "sha256": assessment.digest},
        "engine": assessment.engine,
        "versions": dict(assessment.versions),
        "statesFacts": assessment.states_facts,
        "verdicts": [_verdict(verdict) for verdict in assessment.verdicts],
        "summary": assessment.summary(),
        "dataErrors": [],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    norm = verdict.norm
    value = {
        "norm": norm.slug,
        "label": norm.label.as_dict(),
        "family": norm.family,
        "provision": norm.provision.iri,
        "citation": norm.provision.citation.as_dict(),
        "link": norm.provision.link.as_dict(),
        "actor": verdict.actor.slug,
        "period": _period(verdict.period),
        "since": verdict.period.opens.isoformat() if verdict.period and norm.applies_from else None,
        "outcome": verdict.outcome,
        "strength": norm.strength,
        "reasons": _by_language(verdict.reasons),
        "remarks": _by_language(verdict.remarks),
        "evidence": [_evidence(item) for item in verdict.evidence],
        "missing": [text.as_dict() for text in verdict.missing],
        "untested": [text.as_dict() for text in verdict.untested],
        "repair": [text.as_dict() for text in verdict.repair],
        "rules": list(verdict.rules),
    }
    return value | ({"reading": dict(verdict.readings)} if verdict.readings else {})


def _period(period: Period | None) -> dict[str, Any] | None:
    """Return the first and last day of a period; a standing duty and a norm that makes no duty have none."""
    if period is None or period.closes is None:
        return None
    return {"id": period.slug, "start": period.opens.isoformat(), "end": period.closes.isoformat()}


def _by_language(texts: Sequence[Text]) -> dict[str, list[str]]:
    return {language: [text.within(language) for text in texts] for language in LANGUAGES}


def _evidence(item: Evidence) -> dict[str, Any]:
    return {
        "id": item.id,
        "iri": item.iri,
        "label": item.label.as_dict(),
        "kind": item.kind.as_dict(),
        "certainty": item.certainty,
        "sources": [{"title": source.title, "url": source.url} for source in item.sources],
        "line": item.line,
    }


def refused_value(name: str, messages: Sequence[Text]) -> dict[str, Any]:
    """Return what is said of a description that could not be assessed: the faults, and not one verdict."""
    return {
        "schema": SCHEMA,
        "input": {"name": name},
        "verdicts": [],
        "summary": {},
        "dataErrors": [text.as_dict() for text in messages],
    }
