"""The parts of the sheet of a norm that tell what others say of its matter: sources, guidance, drafts, terms."""

from __future__ import annotations

from collections.abc import Iterable

from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.model import Norm
from hyte_graph.reports.sheets.sheet import Entry, Section, listed, named
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import HYTE, iri, prefixed

_OF_DRAFTS = iri("relation", "draft-2017")


def statements(norm: Norm, knowledge: Knowledge) -> Section:
    """Return what the sources say on the matter of a norm, and how it differs; what they say of drafts is elsewhere."""
    found = [item for item in _comparing(norm, "Reconciliation", knowledge) if not _is_of_drafts(item, knowledge)]
    told = {knowledge.triples.value(item, "reconciles") for item in found}
    drawn = (item for item in _comparing(norm, "SourceObligation", knowledge) if not _is_of_drafts(item, knowledge))
    entries = (
        *(_statement(item, knowledge) for item in found),
        *(_drawn(item, knowledge) for item in drawn if not told.issuperset(_origins(item, knowledge))),
    )
    lead = None if entries else say("sheet-statements-none")
    return Section("statements", say("sheet-statements"), entries, lead)


def _comparing(norm: Norm, kind: str, knowledge: Knowledge) -> list[str]:
    """Return the nodes of a class that set something beside a norm."""
    nodes = knowledge.triples.of_class(HYTE + kind)
    return [node for node in nodes if norm.iri in knowledge.triples.values(node, "comparesNorm")]


def _is_of_drafts(node: str, knowledge: Knowledge) -> bool:
    return knowledge.triples.value(node, "hasRelation") == _OF_DRAFTS


def _statement(reconciliation: str, knowledge: Knowledge) -> Entry:
    triples = knowledge.triples
    statement = triples.value(reconciliation, "reconciles") or ""
    relation = triples.value(reconciliation, "hasRelation") or ""
    difference = triples.optional_text(reconciliation, "tellsDifference")
    under = (
        *(Entry(text, say("sheet-difference")) for text in (difference,) if text),
        Entry(_place(statement, knowledge), say("sheet-source")),
    )
    gloss = triples.text(statement, "skos:definition")
    return Entry(gloss, knowledge.label(relation), prefixed(statement), under=under)


def _origins(obligation: str, knowledge: Knowledge) -> list[str]:
    return knowledge.triples.values(obligation, "isDrawnFrom")


def _drawn(obligation: str, knowledge: Knowledge) -> Entry:
    """Return an obligation that was drawn from statements which no reconciliation sets beside the norm."""
    triples = knowledge.triples
    origins = tuple(Entry(_place(item, knowledge), name=prefixed(item)) for item in _origins(obligation, knowledge))
    difference = triples.optional_text(obligation, "tellsDifference")
    under = (
        *(Entry(text, say("sheet-difference")) for text in (difference,) if text),
        *listed(say("sheet-source"), origins),
    )
    relation = knowledge.label(triples.value(obligation, "hasRelation") or "")
    return Entry(triples.text(obligation, "skos:definition"), relation, prefixed(obligation), under=under)


def _place(statement: str, knowledge: Knowledge) -> Text:
    """Return where a statement stands: its source and lines."""
    source = knowledge.label(knowledge.triples.value(statement, "isFoundIn") or "")
    lines = sorted(int(line) for line in knowledge.triples.values(statement, "hasLine"))
    if len(lines) == 1:
        return say("sheet-place", source=source, first=lines[0])
    return say("sheet-place-lines", source=source, first=lines[0], last=lines[-1])


def guidance(norm: Norm, knowledge: Knowledge) -> Section:
    """Return the guidance that touches a norm; of guidance, the norms of the law that it touches."""
    if norm.kind == "GuidanceNorm":
        touched = knowledge.law.values(norm.iri, "relatesToNorm")
        return Section("norms", say("sheet-norms-beside"), tuple(_cited(item, knowledge) for item in touched))
    beside = [node for node in knowledge.law.having("relatesToNorm") if _touches(node, norm, knowledge)]
    return Section("guidance", say("sheet-guidance-beside"), tuple(_defined(beside, knowledge)))


def _touches(node: str, norm: Norm, knowledge: Knowledge) -> bool:
    return norm.iri in knowledge.law.values(node, "relatesToNorm")


def _cited(address: str, knowledge: Knowledge) -> Entry:
    norm = knowledge.norms[address.rsplit("/", 1)[-1]]
    return Entry(norm.label, norm.provision.citation, prefixed(address))


def _defined(addresses: Iterable[str], knowledge: Knowledge) -> Iterable[Entry]:
    for address in addresses:
        yield Entry(knowledge.triples.text(address, "skos:definition"), knowledge.label(address), prefixed(address))


def drafts(norm: Norm, knowledge: Knowledge) -> Section:
    """Return the rows of the crosswalk from the drafts of 2017 that lead to a norm, or set out from a draft norm."""
    rows = set(_comparing(norm, "CrosswalkRow", knowledge))
    every = knowledge.triples.of_class(f"{HYTE}CrosswalkRow")
    rows |= {row for row in every if norm.iri in knowledge.triples.values(row, "comparesDraft")}
    alone = _alone(norm, rows, knowledge)
    entries = (*(_row(row, norm, knowledge) for row in sorted(rows)), *(_statement(item, knowledge) for item in alone))
    return Section("drafts", say("sheet-drafts"), entries, say("sheet-drafts-lead") if entries else None)


def _alone(norm: Norm, rows: Iterable[str], knowledge: Knowledge) -> list[str]:
    """Return the reconciliations of statements on drafts that no row of the crosswalk names."""
    told = {item for row in rows for item in knowledge.triples.values(row, "comparesDraft")}
    found = [item for item in _comparing(norm, "Reconciliation", knowledge) if _is_of_drafts(item, knowledge)]
    return [item for item in found if knowledge.triples.value(item, "reconciles") not in told]


def _row(row: str, norm: Norm, knowledge: Knowledge) -> Entry:
    triples = knowledge.triples
    drafted, others = triples.values(row, "comparesDraft"), triples.values(row, "comparesNorm")
    under = (
        *listed(knowledge.label(f"{HYTE}comparesDraft"), _named(drafted, norm, knowledge)),
        *listed(say("sheet-also"), _named(others, norm, knowledge)),
    )
    change = knowledge.label(triples.value(row, "hasChange") or "")
    return Entry(triples.text(row, "tellsDifference"), change, prefixed(row), under=under)


def _named(addresses: Iterable[str], norm: Norm, knowledge: Knowledge) -> tuple[Entry, ...]:
    """Return entries for all but the norm itself."""
    return tuple(named(address, knowledge) for address in addresses if address != norm.iri)


def terms(norm: Norm, knowledge: Knowledge) -> Section:
    """Return the terms that are used in a norm, with their definitions."""
    users = knowledge.triples.having("isUsedInNorm")
    used = [term for term in users if norm.iri in knowledge.triples.values(term, "isUsedInNorm")]
    return Section("terms", say("sheet-terms"), tuple(_defined(used, knowledge)))
