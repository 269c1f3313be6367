"""The JSON report: the documented, versioned form of an assessment (docs/result.schema.json)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from hyte_graph.compliance.assessment import Assessment, Evidence, File, Judgement, Source, Verdict
from hyte_graph.languages import Text
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


def digest(assessment: Assessment) -> str:
    """Return the SHA-256 of the JSON report of one assessment, by which every other format names the report."""
    return sha256(render([assessment]).encode()).hexdigest()


def as_value(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as plain values."""
    return {
        "schema": SCHEMA,
        "on": assessment.on.isoformat(),
        "lawOn": assessment.law_on.isoformat(),
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
        "whatIf": assessment.is_what_if,
        "assumed": [_file(file) for file in assessment.assumed],
        "judged": [_file(file) for file in assessment.judged],
        "engine": assessment.engine,
        "versions": dict(assessment.versions),
        "statesFacts": assessment.states_facts,
        "verdicts": [_verdict(verdict) for verdict in assessment.verdicts],
        "summary": assessment.summary(),
        "dataErrors": [],
    }


def _file(file: File) -> dict[str, str]:
    return {"name": file.name, "sha256": file.digest}


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
        "settledBy": verdict.settled_by,
        "strength": norm.strength,
        "reasons": _by_language(verdict.reasons),
        "remarks": _by_language(verdict.remarks),
        "evidence": [_evidence(item) for item in verdict.evidence],
        "missing": [text.as_dict() for text in verdict.missing],
        "untested": [text.as_dict() for text in verdict.untested],
        "repair": [text.as_dict() for text in verdict.repair],
        "judgements": [_judgement(item) for item in verdict.judgements],
        "rules": list(verdict.rules),
    }
    changed = {"changedFrom": verdict.changed_from} if verdict.changed_from else {}
    return value | changed | ({"reading": dict(verdict.readings)} if verdict.readings else {})


def _period(period: Period | None) -> dict[str, Any] | None:
    """Return the first and last day of a period; a standing duty and a norm that makes no duty have none."""
    if period is None or period.closes is None:
        return None
    return {"id": period.slug, "start": period.opens.isoformat(), "end": period.closes.isoformat()}


def _by_language(texts: Sequence[Text]) -> dict[str, list[str]]:
    return {
        "fi": [text.fi for text in texts],
        "sv": [text.sv for text in texts],
        "en": [text.en for text in texts],
    }


def _evidence(item: Evidence) -> dict[str, Any]:
    return {
        "id": item.id,
        "iri": item.iri,
        "label": item.label.as_dict(),
        "kind": item.kind.as_dict(),
        "certainty": item.certainty,
        "sources": _sources(item.sources),
        "line": item.line,
    }


def _judgement(item: Judgement) -> dict[str, Any]:
    """Return what a person judged; `file` is empty where the description itself holds it."""
    return {
        "id": item.id,
        "iri": item.iri,
        "role": item.role,
        "date": item.day,
        "reason": item.reason,
        "outcome": item.outcome,
        "sources": _sources(item.sources),
        "file": item.file,
        "settles": item.settles,
    }


def _sources(sources: Sequence[Source]) -> list[dict[str, str]]:
    return [{"title": source.title, "url": source.url} for source in sources]


def refused_value(name: str, messages: Sequence[Text]) -> dict[str, Any]:
    """Return what is said of a description that could not be assessed: the faults, and not one verdict."""
    return {
        "schema": SCHEMA,
        "input": {"name": name},
        "verdicts": [],
        "summary": {},
        "dataErrors": [text.as_dict() | ({"code": text.code} if text.code else {}) for text in messages],
    }
