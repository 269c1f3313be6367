"""What else can be found beside the terminology and the norms: acts, provisions, organisations, saved questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.model import Actor
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.questions import Question
from hyte_graph.store.search.corpus import Entry, Thing
from hyte_graph.store.triples import Triples
from hyte_graph.vocabulary import HYTE, iri

_ACTS: Final = ("Act", "DraftAct")
_OTHER_NAMES: Final = ("hasStatuteName", "hasClassificationName")
_CITATION: Final = re.compile(
    r"(?P<number>\d{1,4})/(?P<year>(?:18|19|20)\d\d)"
    r"(?:\s*,?\s*(?:s\.\s*|section\s*|§\s*)?(?P<section>\d+)\s*(?P<letter>[a-z](?![a-z]))?\s*§?)?"
    r"(?:\s*,?\s*\(?(?P<part>\d+)(?:\)|\s*mom\b))?",
    re.IGNORECASE,
)


def entries(knowledge: Knowledge, questions: Mapping[str, Question]) -> Iterator[Entry]:
    """Yield every name of acts, organisations and saved questions."""
    yield from _acts(knowledge.triples)
    for actor in knowledge.actors.values():
        yield from _actor(actor, knowledge.triples)
    for question in questions.values():
        yield from _question(question)


def cited(text: str, triples: Triples) -> Thing | None:
    """Return the provision or act that a text such as "612/2021 7 §" cites, or the whole that it would be part of."""
    found = _CITATION.search(text)
    if not found:
        return None
    parts = (
        found["year"],
        found["number"],
        f"{found['section'] or ''}{(found['letter'] or '').lower()}",
        found["part"],
    )
    named = [part for part in parts if part]
    places = (iri("law", "-".join(named[:length])) for length in range(len(named), 1, -1))
    place = next((place for place in places if place in triples), None)
    return _thing(place, "provision" if triples.values(place, "eli:is_part_of") else "act", triples) if place else None


def _thing(address: str, kind: str, triples: Triples) -> Thing:
    return Thing(address, kind, triples.text(address, "rdfs:label"))


def _acts(triples: Triples) -> Iterator[Entry]:
    for kind in _ACTS:
        for node in triples.of_class(HYTE + kind):
            thing = _thing(node, "act", triples)
            yield from _spoken(thing, "preferred", triples.spoken(node, "dcterms:title"))
            yield from _spoken(thing, "alternative", triples.spoken(node, "rdfs:label"))
            yield from _spoken(thing, "definition", triples.spoken(node, "skos:definition"))


def _actor(actor: Actor, triples: Triples) -> Iterator[Entry]:
    thing = Thing(actor.iri, "actor", actor.label)
    yield from _text(thing, "preferred", actor.label)
    for name in _OTHER_NAMES:
        yield from _spoken(thing, "alternative", triples.spoken(actor.iri, name))


def _question(question: Question) -> Iterator[Entry]:
    thing = Thing(iri("question", question.slug), "question", question.label)
    yield from _text(thing, "preferred", question.label)
    yield from _text(thing, "definition", question.keywords)
    yield from _text(thing, "definition", question.comment)


def _spoken(thing: Thing, role: str, spoken: Iterable[tuple[str, str]]) -> Iterator[Entry]:
    yield from (Entry(thing, role, language, text) for language, text in spoken if language in LANGUAGES)


def _text(thing: Thing, role: str, text: Text) -> Iterator[Entry]:
    yield from (Entry(thing, role, language, text.within(language)) for language in LANGUAGES)
