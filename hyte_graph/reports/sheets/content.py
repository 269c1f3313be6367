"""The parts of the sheet of a norm that tell what it says: provision, content, exceptions, review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import say, spoken_day
from hyte_graph.model import Norm, NormException
from hyte_graph.reports.sheets.sheet import Entry, Section, listed, named
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.norms import read_provision
from hyte_graph.vocabulary import HYTE, iri, prefixed

_ENTRY_IN_FORCE = "eli:first_date_entry_in_force"


def provision(norm: Norm, knowledge: Knowledge) -> Section:
    """Return where a norm stands, how strong its source is, and from when it applies."""
    entries = (
        _provision(norm),
        *_things(norm, "hasTextCarrier", knowledge),
        *_day("sheet-in-force", _in_force(norm, knowledge)),
        *_day("sheet-applies-from", norm.applies_from),
        *_day("sheet-applies-until", norm.applies_until),
        *_day("sheet-first-due", norm.first_due_by),
        *_things(norm, "isDueWith", knowledge, say("sheet-due-with")),
        *_things(norm, "hasStrength", knowledge),
        *(_things(norm, "hasNormStatus", knowledge) if norm.kind != "GuidanceNorm" else ()),
    )
    return Section("provision", say("sheet-standing"), entries)


def _provision(norm: Norm) -> Entry:
    told = norm.provision
    if told.iri == norm.iri:
        return Entry(told.citation, say("sheet-basis"))
    label = say("sheet-basis" if norm.kind == "DraftNorm" else "sheet-provision")
    return Entry(told.citation, label, prefixed(told.iri), told.link)


def _in_force(norm: Norm, knowledge: Knowledge) -> date | None:
    """Return the day on which the act that carries the text of a norm came into force."""
    carrier = knowledge.law.value(norm.iri, "hasTextCarrier")
    return knowledge.law.day(carrier, _ENTRY_IN_FORCE) if carrier else None


def content(norm: Norm, knowledge: Knowledge) -> Section:
    """Return what a norm asks or allows, of whom, towards whom, how often."""
    bearer = {"GuidanceNorm": "sheet-bearer-guidance", "DraftNorm": "sheet-bearer-draft"}.get(norm.kind, "sheet-bearer")
    bound = (item for name in ("binds", "speaksTo", "wouldBind") for item in knowledge.law.values(norm.iri, name))
    entries = (
        named(HYTE + norm.kind, knowledge, say("sheet-norm-class")),
        *_things(norm, "hasModality", knowledge),
        *listed(say(bearer), tuple(named(item, knowledge) for item in bound)),
        *_things(norm, "isOwedTo", knowledge, say("sheet-counterparty")),
        *_things(norm, "benefits", knowledge, say("sheet-beneficiary")),
        *_things(norm, "isDeliveredTo", knowledge, say("sheet-delivered")),
        *_literal(norm, "isPublishedVia", knowledge),
        *_literal(norm, "demandsAction", knowledge),
        *_things(norm, "usesInstrument", knowledge),
        *_things(norm, "recurs", knowledge),
        *_things(norm, "belongsToFamily", knowledge),
        *(_things(norm, "isRecordedUnder", knowledge) if norm.recorded_under != norm.family else ()),
    )
    return Section("content", say("sheet-content"), entries)


def exceptions(norm: Norm, knowledge: Knowledge) -> Section:
    """Return the exceptions to a norm, each with the provisions that it rests on, and the conditions of the norm."""
    condition = knowledge.label(f"{HYTE}Condition")
    entries = (
        *(_exception(item, knowledge) for item in norm.exceptions),
        *(Entry(item.text, condition, prefixed(item.iri)) for item in norm.conditions),
    )
    return Section("exceptions", say("sheet-exceptions"), entries, None if entries else say("sheet-exceptions-none"))


def _exception(exception: NormException, knowledge: Knowledge) -> Entry:
    exempted = (iri("actor-kind", exception.exempts),) if exception.exempts else ()
    replacing = (iri("norm", exception.replaced_by),) if exception.replaced_by else ()
    under = (
        *listed(say("sheet-exempts"), tuple(named(item, knowledge) for item in exempted)),
        *_warrants(exception, knowledge),
        *listed(say("sheet-replaced-by"), tuple(named(item, knowledge) for item in replacing)),
        *_day("sheet-applies-from", exception.applies_from),
        *_day("sheet-first-due", exception.first_due_by),
    )
    return Entry(exception.text, knowledge.label(HYTE + exception.kind), prefixed(exception.iri), under=under)


def _warrants(exception: NormException, knowledge: Knowledge) -> Iterator[Entry]:
    for node in knowledge.law.values(exception.iri, "hasWarrant"):
        told = read_provision(knowledge.law, node)
        yield Entry(told.citation, say("sheet-warrant"), prefixed(node), told.link)


def review(norm: Norm, knowledge: Knowledge) -> Section:
    """Return how far the reading of a norm has been checked, and the notes on it."""
    current = knowledge.law.optional_text(norm.iri, "currencyNote")
    read_at = knowledge.law.values(norm.iri, "wasReadAt")
    entries = (
        *_things(norm, "hasReviewState", knowledge),
        *(Entry(text, say("sheet-note")) for text in (norm.note,) if text),
        *(Entry(text, knowledge.label(f"{HYTE}currencyNote")) for text in (current,) if text),
        *(Entry(Text.same(address), say("sheet-read-at")) for address in read_at),
    )
    return Section("review", say("sheet-review"), entries)


def _things(norm: Norm, predicate: str, knowledge: Knowledge, label: Text | None = None) -> tuple[Entry, ...]:
    """Return the things that a norm points to by a property, under the label of the property unless told otherwise."""
    entries = tuple(named(item, knowledge) for item in knowledge.law.values(norm.iri, predicate))
    return listed(label or knowledge.label(HYTE + predicate), entries)


def _literal(norm: Norm, predicate: str, knowledge: Knowledge) -> tuple[Entry, ...]:
    text = knowledge.law.optional_text(norm.iri, predicate)
    texts = (text,) if text else tuple(Text.same(value) for value in knowledge.law.values(norm.iri, predicate))
    return listed(knowledge.label(HYTE + predicate), tuple(Entry(item) for item in texts))


def _day(key: str, day: date | None) -> tuple[Entry, ...]:
    if day is None:
        return ()
    return (Entry(Text(*(spoken_day(day, language) for language in LANGUAGES)), say(key)),)
