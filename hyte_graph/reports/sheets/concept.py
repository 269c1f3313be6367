"""The sheet of a concept of the terminology: its labels and how far each is attested, its meaning, where it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import say
from hyte_graph.reports.sheets.sheet import Entry, Section, Sheet, named
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import HYTE, prefixed, slug

_RELATIONS = ("broader", "narrower", "related")
_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")


def concept_sheet(address: str, knowledge: Knowledge) -> Sheet:
    """Return the sheet of the concept with this IRI."""
    title = knowledge.triples.text(address, "skos:prefLabel")
    made = (*_meaning(address, knowledge), *_relations(address, knowledge), *_uses(address, knowledge))
    return Sheet(address, title, (), tuple(section for section in made if section.entries))


def _meaning(address: str, knowledge: Knowledge) -> Iterator[Section]:
    definition = knowledge.triples.text(address, "skos:definition")
    divergence = knowledge.triples.optional_text(address, "divergenceNote")
    yield Section("labels", say("term-labels"), _labels(address, "prefLabel", knowledge))
    yield Section("alternative", say("term-alternative"), _labels(address, "altLabel", knowledge))
    said = (Entry(Text.same(definition.within(language)), _in(language)) for language in LANGUAGES)
    yield Section("definition", say("term-definition"), tuple(said))
    yield Section("divergence", say("term-divergence"), (Entry(divergence),) if divergence else ())


def _in(language: str) -> Text:
    return say(f"term-in-{language}")


def _labels(address: str, kind: str, knowledge: Knowledge) -> tuple[Entry, ...]:
    """Return the labels of a kind with their status: Finnish, Swedish, then English."""
    triples = knowledge.triples
    found = [
        (LANGUAGES.index(language), text, holder)
        for holder in triples.values(address, f"skosxl:{kind}")
        for language, text in triples.spoken(holder, "skosxl:literalForm")
    ]
    return tuple(
        Entry(Text.same(text), _in(LANGUAGES[at]), under=tuple(_status(holder, knowledge)))
        for at, text, holder in sorted(found)
    )


def _status(holder: str, knowledge: Knowledge) -> Iterator[Entry]:
    """Yield how far a label rests on a source, with the sources, and the form that they have."""
    status = knowledge.triples.value(holder, "hasLabelStatus") or ""
    sources = [item for item in knowledge.triples.values(holder, "dcterms:source") if "/module/" not in item]
    text = knowledge.label(status)
    if sources:
        text = say("term-status", status=text, sources=_joined(knowledge.label(item) for item in sources))
    yield Entry(text, name=prefixed(status))
    for _, form in knowledge.triples.spoken(holder, "hasAttestedForm"):
        yield Entry(Text.same(form), knowledge.label(f"{HYTE}hasAttestedForm"))


def _joined(texts: Iterable[Text]) -> Text:
    listed = list(texts)
    return Text(*("; ".join(text.within(language) for text in listed) for language in LANGUAGES))


def _relations(address: str, knowledge: Knowledge) -> Iterator[Section]:
    for relation in _RELATIONS:
        found = knowledge.triples.values(address, f"skos:{relation}")
        yield Section(relation, say(f"term-{relation}"), _named(found, knowledge))


def _named(addresses: Iterable[str], knowledge: Knowledge) -> tuple[Entry, ...]:
    return tuple(named(address, knowledge) for address in addresses)


def _uses(address: str, knowledge: Knowledge) -> Iterator[Section]:
    triples = knowledge.triples
    classes = triples.values(address, "isModelledAs")
    things = [*triples.values(address, "namesThing"), *_matching(address, knowledge)]
    norms = [knowledge.norms[slug(item)] for item in triples.values(address, "isUsedInNorm")]
    cited = (Entry(norm.label, norm.provision.citation, prefixed(norm.iri)) for norm in norms)
    provisions = triples.values(address, "isUsedInProvision")
    statements = triples.values(address, "isUsedInStatement")
    yield Section("classes", say("term-classes"), _named(classes, knowledge))
    yield Section("things", say("term-things"), _named(things, knowledge))
    yield Section("norms", say("term-norms"), tuple(cited))
    yield Section("provisions", say("term-provisions"), _named(provisions, knowledge))
    yield Section("statements", say("term-statements"), tuple(_statement(item, knowledge) for item in statements))


def _matching(address: str, knowledge: Knowledge) -> list[str]:
    return [item for match in _MATCHES for item in knowledge.triples.values(address, f"skos:{match}")]


def _statement(address: str, knowledge: Knowledge) -> Entry:
    gloss = knowledge.triples.text(address, "skos:definition")
    return Entry(gloss, knowledge.label(address), prefixed(address))
