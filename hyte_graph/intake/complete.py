"""What follows from a description alone, written out so that rules need no arithmetic and no reading of prose.

Days from partial dates, the subject of a topic, the act that a legal basis cites, the groups that the statutory name of
an influence body tells, and partners that are named exactly as a registered actor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from hyte_graph.intake.dates import Interval, interval
from hyte_graph.intake.form import description_form
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import iri, slug

_ACT = re.compile(r"\b(\d{1,4})/(\d{4})\b")
_GROUP_NAMES = {
    "young-people": ("nuoriso", "ungdoms", "youth"),
    "older-people": ("vanhus", "ikäihmis", "ikääntyn", "äldre", "older people", "elderly"),
    "persons-with-disabilities": ("vammais", "funktionsned", "funktionshind", "disabilit"),
}
"""Stems of the statutory names of 410/2015 26–28 § and 611/2021 32 § in Finnish, Swedish and English."""


def complete(graph: Graph, knowledge: Knowledge) -> None:
    """Add to the graph of a description what follows from it."""
    for step in (_days, _topics, _acts, _groups):
        step(graph)
    _partners(graph, knowledge)


def contradictions(graph: Graph, name: str) -> Iterator[Text]:
    """Yield one sentence for each day that a graph states itself, but that does not follow from its dates."""
    for word, side in ((HYTE.earliest, "first"), (HYTE.latest, "last")):
        for subject, value in graph.subject_objects(word):
            span = _span(graph, subject)
            if span is None or getattr(span, side).isoformat() != str(value):
                yield say("fact-derived", name=name, thing=slug(str(subject)), key=slug(str(word)), value=str(value))


def _days(graph: Graph) -> None:
    """Write the earliest and latest day of each event: its date, else the year that it counts for."""
    subjects = set(graph.subjects(HYTE.hasDate)) | set(graph.subjects(HYTE.countsForYear))
    for subject in subjects:
        span = _span(graph, subject)
        if span:
            graph.add((subject, HYTE.earliest, Literal(span.first.isoformat(), datatype=XSD.date)))
            graph.add((subject, HYTE.latest, Literal(span.last.isoformat(), datatype=XSD.date)))


def _span(graph: Graph, subject: Node) -> Interval | None:
    first = graph.value(subject, HYTE.hasDate) or graph.value(subject, HYTE.countsForYear)
    start = interval(str(first))
    last = graph.value(subject, HYTE.hasEndDate)
    end = interval(str(last)) if last is not None else start
    return Interval(start.first, end.last) if start and end else start


def _topics(graph: Graph) -> None:
    codes = description_form().keys["not_found"].part.keys["subject"].codes  # type: ignore[union-attr]
    subjects = _subjects()
    for item, topic in graph.subject_objects(HYTE.topicText):
        code = str(topic).split(":", 1)[0].strip()
        if code in codes:
            graph.add((item, HYTE.hasSubject, URIRef(subjects[code])))


def _subjects() -> dict[str, str]:
    from hyte_graph.intake.form import context

    subjects: dict[str, str] = context()["not_found"]["@context"]["subject"]["@context"]
    return subjects


def _acts(graph: Graph) -> None:
    for item, basis in graph.subject_objects(HYTE.legalBasis):
        for number, year in _ACT.findall(str(basis)):
            graph.add((item, HYTE.citesAct, URIRef(iri("law", f"{year}-{number}"))))


def _groups(graph: Graph) -> None:
    """Read the groups of an influence body off its statutory name where they are not told in code."""
    for body in graph.subjects(predicate=None, object=HYTE.InfluenceBody):
        if (body, HYTE.hasInfluenceGroup, None) in graph:
            continue
        names = " ".join(str(name).lower() for name in graph.objects(body, HYTE.hasName))
        for group, stems in _GROUP_NAMES.items():
            if any(stem in names for stem in stems):
                graph.add((body, HYTE.hasInfluenceGroup, URIRef(iri("influence-group", group))))


def _partners(graph: Graph, knowledge: Knowledge) -> None:
    for predicate in (HYTE.partyName, HYTE.participantName):
        for item, name in list(graph.subject_objects(predicate)):
            actor = knowledge.actor_named(str(name))
            if actor:
                graph.add((item, HYTE.hasPartner, URIRef(iri("actor", actor))))
