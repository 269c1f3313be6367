"""What a template asks: a row for each norm that binds an actor on a day, and for each subject and period of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hyte_graph.compliance.applicability import applicability, is_describable
from hyte_graph.compliance.windows import PER_TERM, YEARLY, periods
from hyte_graph.intake.form import context
from hyte_graph.model import Actor, Norm, Period
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import iri

Row = Mapping[str, str]
_TYPES = {"WellbeingServicesCounty": "wellbeing-services-county", "JointAuthority": "joint-authority"}


def binding_norms(actor: Actor, on: date, knowledge: Knowledge) -> tuple[Norm, ...]:
    """Return the norms that bind an actor on a day with the dates that hold for this actor, by act, guidance last."""
    asked = (
        norm
        for norm in knowledge.norms.values()
        if norm.is_duty and norm.kind != "DraftNorm" and is_describable(norm, knowledge)
    )
    found = (applicability(norm, actor, on, knowledge) for norm in asked)
    binding = (state.norm for state in found if state.state == "applies")
    return tuple(sorted(binding, key=lambda norm: (norm.provision.act or "~", norm.slug)))


def blank_description(actor: Actor, on: date, knowledge: Knowledge) -> dict[str, Any]:
    """Return the tree of a description that holds only what the registers know: the organisation and its terms."""
    kind = _TYPES.get(actor.type, "municipality")
    if "helsinki" in actor.kinds:
        kind = "city-with-own-organising-responsibility"
    codes = context()["organisation"]["@context"]["type"]["@context"]
    of_kind = next(code for code, place in codes.items() if place == iri("organisation-type", kind))
    organisation = {"id": actor.slug, "type": of_kind, "name_fi": actor.label.fi, "name_sv": actor.label.sv}
    terms = [
        {
            "id": f"t{term.starts.year}",
            "start": term.starts.isoformat(),
            "end": term.ends.isoformat(),
            "basis": "statute",
        }
        for term in knowledge.terms
        if term.of == ("municipality" if actor.type == "Municipality" else "county") and term.starts <= on
    ]
    start = {"schema_version": "1.0", "reference_date": on.isoformat(), "organisation": organisation}
    return {**start, "council_terms": terms}


def prepared(
    norms: Sequence[Norm], actor: Actor, on: date, knowledge: Knowledge, value: Mapping[str, Any]
) -> dict[str, list[Row]]:
    """Return the rows that a description does not hold yet: norms without an answer, subjects without completeness."""
    answered = {item.get("norm") for item in value.get("answers") or [] if item}
    answers: list[Row] = [{"norm": norm.slug} for norm in norms if norm.slug not in answered]
    held = {
        tuple(item.get(key) for key in ("subject", "year", "term")) for item in value.get("completeness") or [] if item
    }
    rows = _completeness(norms, actor, on, knowledge, value)
    missing = [row for row in rows if tuple(row.get(key) for key in ("subject", "year", "term")) not in held]
    return {"answers": answers, "completeness": missing}


def _completeness(
    norms: Sequence[Norm], actor: Actor, on: date, knowledge: Knowledge, value: Mapping[str, Any]
) -> list[Row]:
    """Return each subject with each calendar year or council term for which some norm makes a duty, each once."""
    words = _subject_codes()
    terms = {str(item.get("start"))[:4]: str(item.get("id")) for item in value.get("council_terms") or [] if item}
    found: dict[tuple[tuple[str, str], ...], Row] = {}
    for norm in sorted(norms, key=lambda norm: norm.recorded_under):
        if norm.recurrence not in YEARLY | PER_TERM or norm.recorded_under not in words:
            continue
        for period in periods(norm, actor, on, knowledge.terms):
            told = _told(period, terms)
            if told:
                row = {"subject": words[norm.recorded_under], **told}
                found.setdefault(tuple(row.items()), row)
    return list(found.values())


def _told(period: Period, terms: Mapping[str, str]) -> Row:
    """Return the year or the term of a period as a description names it; nothing where it does not know the term."""
    if period.term is None:
        return {"year": period.slug}
    known = terms.get(str(period.term.starts.year))
    return {"term": known} if known else {}


def _subject_codes() -> dict[str, str]:
    """Return the first code of each subject by its slug."""
    codes: dict[str, str] = context()["completeness"]["@context"]["subject"]["@context"]
    return {place.rsplit("/", 1)[-1]: code for code, place in reversed(codes.items())}
