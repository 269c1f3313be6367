"""A concept: its names and meaning in three languages side by side, how each is attested, where it is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from flask import render_template

from hyte_graph.languages import LANGUAGES
from hyte_graph.model import Norm
from hyte_graph.reports.ordering import alphabetical, natural
from hyte_graph.vocabulary import full, slug
from hyte_web.browse import things
from hyte_web.page import Item, Page

_KINDS = ("prefLabel", "altLabel", "hiddenLabel")
_RELATIONS = ("broader", "narrower", "related")
_MATCHES = ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")
_USES = ("hyte:isModelledAs", "hyte:namesThing", "hyte:isKeptBy", "hyte:canEvidence")
_IN_SHEET = (
    *(f"skos:{name}" for name in (*_KINDS, *_RELATIONS, "definition", "inScheme", "topConceptOf", "notation")),
    *(f"skosxl:{name}" for name in _KINDS),
    *_MATCHES,
    *_USES,
    *("hyte:isUsedInNorm", "hyte:isUsedInProvision", "hyte:isUsedInStatement"),
    *("hyte:divergenceNote", "dcterms:source", "rdfs:isDefinedBy", "skos:editorialNote"),
)


@dataclass(frozen=True, slots=True)
class Label:
    """A name of a concept, with how far it rests on a source, and the form in which the source has it."""

    text: str
    status: Item
    sources: list[Item]
    forms: list[tuple[str, str]]  # language and form


@dataclass(frozen=True, slots=True)
class Column:
    """A concept in one language."""

    language: str
    labels: dict[str, list[Label]]  # by the name of the SKOS property
    definition: str


def sheet(page: Page, address: str) -> str:
    """Return the page of a concept; groups of concepts have a plain page."""
    triples = page.site.knowledge.triples
    meaning = triples.optional_text(address, "skos:definition")
    if meaning is None or not triples.values(address, "skosxl:prefLabel"):
        return things.sheet(page, address)
    labels = {kind: _labels(page, address, kind) for kind in _KINDS}
    return render_template(
        "term.html",
        page=page,
        address=address,
        columns=[
            Column(language, {kind: labels[kind][language] for kind in _KINDS}, meaning.within(language))
            for language in LANGUAGES
        ],
        relations=[(key, items) for key, items in _relations(page, address) if items],
        matches=[(page.property_name(match), items) for match, items in _matches(page, address)],
        norms=_norms(page, address),
        provisions=page.refs(address, "hyte:isUsedInProvision"),
        statements=_statements(page, address),
        hidden=_IN_SHEET,
    )


def _labels(page: Page, address: str, kind: str) -> dict[str, list[Label]]:
    triples = page.site.knowledge.triples
    found: dict[str, list[Label]] = defaultdict(list)
    for holder in triples.values(address, f"skosxl:{kind}"):
        for language, text in triples.spoken(holder, "skosxl:literalForm"):
            found[language].append(_label(page, holder, text))
    return {one: sorted(found[one], key=lambda label: alphabetical(label.text)) for one in LANGUAGES}


def _label(page: Page, holder: str, text: str) -> Label:
    triples = page.site.knowledge.triples
    sources = [item for item in triples.values(holder, "dcterms:source") if "/module/" not in item]
    status = page.ref(triples.value(holder, "hasLabelStatus") or "")
    return Label(text, status, [page.ref(item) for item in sources], triples.spoken(holder, "hasAttestedForm"))


def _relations(page: Page, address: str) -> Iterable[tuple[str, list[Item]]]:
    """Yield the wider, narrower and related concepts, and the groups; a narrower one may name this as its wider."""
    known = page.site
    yield "broader", _ordered(page, known.objects(address, "skos:broader"))
    narrower = {*known.objects(address, "skos:narrower"), *known.pointing(address, "skos:broader")}
    yield "narrower", _ordered(page, narrower)
    related = {*known.objects(address, "skos:related"), *known.pointing(address, "skos:related")}
    yield "related", _ordered(page, related)
    yield "group", _ordered(page, known.pointing(address, "skos:member"))


def _matches(page: Page, address: str) -> Iterable[tuple[str, list[Item]]]:
    """Yield what the concept stands for elsewhere, by the kind of match."""
    for name in (*_MATCHES, *_USES):
        found = page.refs(address, name)
        if found:
            yield full(name), found


def _norms(page: Page, address: str) -> list[Norm]:
    norms = (page.site.norms[slug(item)] for item in page.site.objects(address, "hyte:isUsedInNorm"))
    return sorted(norms, key=lambda norm: (not norm.is_binding, natural(norm.provision.iri)))


def _statements(page: Page, address: str) -> list[tuple[Item, list[Item]]]:
    """Return the statements that use a concept, by the source in which they stand."""
    found: dict[str, list[Item]] = defaultdict(list)
    for statement in page.site.objects(address, "hyte:isUsedInStatement"):
        for source in page.site.objects(statement, "hyte:isFoundIn")[:1]:
            found[source].append(page.ref(statement))
    return [(page.ref(source), items) for source, items in sorted(found.items())]


def _ordered(page: Page, addresses: Iterable[str]) -> list[Item]:
    return sorted((page.ref(item) for item in addresses), key=things.by_label)
