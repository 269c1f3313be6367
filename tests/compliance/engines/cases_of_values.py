"""Many small questions on which engines are known to differ: every kind of value against every kind of constraint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph
from rdflib import Graph

from hyte_graph.store.terms import graph_of

PREFIXES = """
@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
"""
VALUES = {
    "one": "1",
    "one-with-zero": '"01"^^xsd:integer',
    "one-decimal": "1.0",
    "one-double": "1e0",
    "ten": "10",
    "no-number": '"one"^^xsd:integer',
    "far-too-large": '"123456789012345678901234567890"^^xsd:integer',
    "day": '"2025-01-01"^^xsd:date',
    "day-with-zone": '"2025-01-01+03:00"^^xsd:date',
    "no-day": '"2023-02-29"^^xsd:date',
    "moment": '"2025-01-01T12:00:00Z"^^xsd:dateTime',
    "moment-without-zone": '"2025-01-01T12:00:00"^^xsd:dateTime',
    "end-of-day": '"2025-01-01T24:00:00Z"^^xsd:dateTime',
    "year": '"2025"^^xsd:gYear',
    "no-year": '"20x5"^^xsd:gYear',
    "true": "true",
    "true-as-one": '"1"^^xsd:boolean',
    "no-truth": '"yes"^^xsd:boolean',
    "text": '"abc"',
    "empty": '""',
    "finnish": '"abc"@fi',
    "swedish-of-finland": '"abc"@sv-FI',
    "letters-beyond": '"äö😀"',
    "thing": "ex:thing",
    "nameless": "[]",
}
CONSTRAINTS = {
    "is-integer": "sh:datatype xsd:integer",
    "is-day": "sh:datatype xsd:date",
    "is-moment": "sh:datatype xsd:dateTime",
    "is-year": "sh:datatype xsd:gYear",
    "is-truth": "sh:datatype xsd:boolean",
    "at-least-one": "sh:minInclusive 1",
    "less-than-ten": "sh:maxExclusive 10.0",
    "from-the-day": 'sh:minInclusive "2025-01-01"^^xsd:date',
    "before-the-moment": 'sh:maxExclusive "2025-01-01T12:00:01Z"^^xsd:dateTime',
    "three-signs": "sh:minLength 3 ; sh:maxLength 3",
    "starts-with-a": 'sh:pattern "^a"',
    "finnish": 'sh:languageIn ( "fi" )',
    "literal": "sh:nodeKind sh:Literal",
    "among": 'sh:in ( 1 "abc" ex:thing )',
    "has-one": "sh:hasValue 1",
}
PAIRS = {
    "numbers": ("1", "1.5"),
    "same-number": ("1", "1.0"),
    "days": ('"2025-01-01"^^xsd:date', '"2025-01-02"^^xsd:date'),
    "day-and-moment": ('"2025-01-01"^^xsd:date', '"2025-01-02T00:00:00Z"^^xsd:dateTime'),
    "moments-with-and-without": ('"2025-01-01T10:00:00"^^xsd:dateTime', '"2025-01-01T05:00:00Z"^^xsd:dateTime'),
    "moments-of-two-zones": ('"2025-01-01T12:00:00+02:00"^^xsd:dateTime', '"2025-01-01T11:00:00Z"^^xsd:dateTime'),
    "texts": ('"a"', '"b"'),
    "text-and-number": ('"1"', "2"),
    "tags": ('"a"@fi', '"b"@fi'),
    "things": ("ex:a", "ex:b"),
    "truths": ("false", "true"),
    "years": ('"2024"^^xsd:gYear', '"2025"^^xsd:gYear'),
}
RELATIONS = {
    "less": "sh:lessThan ex:q",
    "less-or-equal": "sh:lessThanOrEquals ex:q",
    "equal": "sh:equals ex:q",
    "apart": "sh:disjoint ex:q",
}
COUNTS = {
    "one-and-one-with-zero": ('1, "01"^^xsd:integer', "sh:maxCount 1"),
    "day-in-two-zones": ('"2025-06-01"^^xsd:date, "2025-06-01+03:00"^^xsd:date', "sh:maxCount 1"),
    "same-text-twice": ('"a", "a"', "sh:maxCount 1"),
    "text-in-two-languages": ('"a"@fi, "a"@sv', "sh:maxCount 1"),
    "two-texts-in-one-language": ('"a"@fi, "b"@fi', "sh:uniqueLang true"),
    "two-spellings-of-one-language": ('"a"@fi, "b"@FI', "sh:uniqueLang true"),
    "nothing": ("", "sh:minCount 1"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A question: its name, what is told of its focus node, and what is asked of it."""

    name: str
    told: str
    asked: str

    @property
    def shape(self) -> str:
        return f"http://example.org/shape-{self.name}"


def cases() -> tuple[Case, ...]:
    """Return every case."""
    return tuple(_cases())


def _cases() -> Iterator[Case]:
    for constraint, asked in CONSTRAINTS.items():
        for value, told in VALUES.items():
            yield Case(f"{constraint}.{value}", f"ex:p {told}", asked)
    for relation, asked in RELATIONS.items():
        for pair, (one, other) in PAIRS.items():
            yield Case(f"{relation}.{pair}", f"ex:p {one} ; ex:q {other}", asked)
    for name, (told, asked) in COUNTS.items():
        yield Case(f"count.{name}", f"ex:p {told}" if told else "a ex:Nothing", asked)


def data_of(chosen: tuple[Case, ...]) -> Graph:
    """Return the data of cases, each with a focus node of its own."""
    return _graph("\n".join(f"<http://example.org/focus-{case.name}> {case.told} ." for case in chosen))


def shapes_of(chosen: tuple[Case, ...]) -> Graph:
    """Return the shapes of cases."""
    return _graph(
        "\n".join(
            f"<{case.shape}> a sh:PropertyShape ; sh:path ex:p ; "
            f"sh:targetNode <http://example.org/focus-{case.name}> ; {case.asked} ."
            for case in chosen
        )
    )


def _graph(text: str) -> Graph:
    return graph_of(pyoxigraph.parse((PREFIXES + text).encode(), format=pyoxigraph.RdfFormat.TURTLE))
