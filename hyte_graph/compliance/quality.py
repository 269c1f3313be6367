"""Are the ontology and the rules themselves sound? The shapes of `ontology/quality.ttl`, and what SHACL cannot say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, pairwise
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS, XSD
from rdflib.term import Node

from hyte_graph.compliance.engines import Engine, engine
from hyte_graph.compliance.fault import QualityFault, place, short
from hyte_graph.compliance.quality_rules import unsound_rules
from hyte_graph.compliance.quality_terms import SKOS_XL, strange_prefixes, undeclared, unplaced
from hyte_graph.errors import FilingError
from hyte_graph.languages import LANGUAGES
from hyte_graph.model import Finding
from hyte_graph.store.knowledge import Knowledge, parse_file
from hyte_graph.store.terms import HYTE, graph_of
from hyte_graph.store.turtle import format_turtle

__all__ = ["QualityFault", "check_quality"]

_SHAPES = "quality.ttl"
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_ONE_LANGUAGE = (
    HYTE.hasAttestedForm,
    HYTE.hasClassificationName,
    HYTE.hasStatuteName,
    SKOS.altLabel,
    SKOS.hiddenLabel,
    URIRef(SKOS_XL + "literalForm"),
)
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_ACTORS = (HYTE.Municipality, HYTE.WellbeingServicesCounty, HYTE.Region, HYTE.CollaborativeArea)


@dataclass(frozen=True, slots=True)
class _Material:
    """What is checked: the graph of the ontology and the rules, its shapes, and the files by name."""

    graph: Graph
    quality: Graph  # the shapes on the ontology and the rules
    rules: Graph  # the shapes on descriptions
    files: Mapping[str, Path]


def check_quality(knowledge: Knowledge, checker: Engine | None = None) -> tuple[QualityFault, ...]:
    """Return everything that is wrong in the ontology and the rules, by place.

    Args:
        knowledge: the ontology and the rules.
        checker: the SHACL engine; the project's own unless told.

    Raises:
        KnowledgeError: a file cannot be read.
        UndecidedError: the engine could not carry out the validation.
    """
    material = _read(knowledge)
    graph = material.graph
    found = chain(
        _shape_faults(material, checker or engine()),
        _idle_shapes(material),
        undeclared(graph),
        unplaced(graph),
        strange_prefixes(material.files),
        unsound_rules(material.rules + material.quality),
        _uneven(graph),
        _repeated(graph),
        _wrong_days(graph),
        _broken_terms(graph),
        _not_canonical(material.files),
    )
    return tuple(sorted(set(found), key=lambda fault: (fault.where, fault.what)))


def _read(knowledge: Knowledge) -> _Material:
    folders = (knowledge.ontology, knowledge.rules)
    files = {str(path.relative_to(folder.parent)): path for folder in folders for path in sorted(folder.rglob("*.ttl"))}
    ontology = (quad for path in sorted(knowledge.ontology.rglob("*.ttl")) for quad in parse_file(path))
    return _Material(
        graph=graph_of(ontology) + knowledge.shapes,
        quality=graph_of(parse_file(knowledge.ontology / _SHAPES)),
        rules=knowledge.shapes,
        files=files,
    )


def _shape_faults(material: _Material, checker: Engine) -> Iterator[QualityFault]:
    """Yield what the shapes of the ontology find."""
    for finding in checker.validate(material.graph, material.quality):
        yield QualityFault(_said(finding, material.quality), short(finding.focus))


def _said(finding: Finding, shapes: Graph) -> str:
    shape = URIRef(finding.shape)
    messages = [
        text for holder in (shape, *shapes.objects(shape, SH.sparql)) for text in shapes.objects(holder, SH.message)
    ]
    said = next(
        (str(text) for text in messages if isinstance(text, Literal) and text.language == "en"), finding.component
    )
    return f"{said} ({short(finding.value)})" if finding.value and finding.value != finding.focus else said


def _idle_shapes(material: _Material) -> Iterator[QualityFault]:
    """Yield a fault for each shape whose classes are all empty: a check of nothing proves nothing."""
    for shape in set(material.quality.subjects(SH.targetClass)):
        if not any(_members(material.graph, kind) for kind in material.quality.objects(shape, SH.targetClass)):
            yield QualityFault("The shape has nothing to check.", short(shape))


def _members(graph: Graph, kind: Node) -> set[Node]:
    """Return the instances of a class and its subclasses."""
    kinds = set(graph.transitive_subjects(RDFS.subClassOf, kind))
    return {node for item in kinds for node in graph.subjects(RDF.type, item)}


def _uneven(graph: Graph) -> Iterator[QualityFault]:
    """Yield a fault for each text that does not stand equally often in each language."""
    spoken: dict[tuple[Node, Node], Counter[str]] = defaultdict(Counter)
    for subject, predicate, value in graph:
        if isinstance(value, Literal) and value.language and predicate not in _ONE_LANGUAGE:
            spoken[subject, predicate][value.language] += 1
    for (subject, predicate), counted in spoken.items():
        if set(counted) != set(LANGUAGES) or len(set(counted.values())) > 1:
            told = ", ".join(f"{language} {count}" for language, count in sorted(counted.items()))
            yield QualityFault(
                f"{short(predicate)} does not stand equally often in fi, sv and en: {told}.", place(graph, subject)
            )


def _repeated(graph: Graph) -> Iterator[QualityFault]:
    """Yield a fault for each name or notation that two things of one sort share."""
    sorts = {
        "norms": _members(graph, HYTE.Norm) | _members(graph, HYTE.GuidanceNorm),
        "classes": set(graph.subjects(RDF.type, OWL.Class)),
        "properties": {node for kind in _PROPERTIES for node in graph.subjects(RDF.type, kind)},
    }
    sorts |= {short(kind): _members(graph, kind) for kind in _ACTORS}
    sorts |= {
        short(scheme): set(graph.subjects(SKOS.inScheme, scheme)) for scheme in graph.objects(None, SKOS.inScheme)
    }
    for sort, nodes in sorts.items():
        yield from _shared(graph, nodes, sort, (SKOS.prefLabel, RDFS.label))
        yield from _shared(graph, nodes, sort, (SKOS.notation,))


def _shared(graph: Graph, nodes: Iterable[Node], sort: str, predicates: tuple[URIRef, ...]) -> Iterator[QualityFault]:
    holders: dict[tuple[str, str], set[Node]] = defaultdict(set)
    for node in nodes:
        for value in chain.from_iterable(graph.objects(node, predicate) for predicate in predicates):
            if isinstance(value, Literal):
                holders[str(value).casefold(), value.language or ""].add(node)
    for (text, language), found in holders.items():
        if len(found) > 1:
            names = sorted(short(node) for node in found)
            yield QualityFault(f'"{text}" ({language or "code"}) names several {sort}: {", ".join(names)}.', names[0])


def _wrong_days(graph: Graph) -> Iterator[QualityFault]:
    """Yield a fault for each day that is no day, or lies outside the centuries that the law is about."""
    for subject, predicate, value in graph:
        if isinstance(value, Literal) and value.datatype == XSD.date and _day(value) is None:
            yield QualityFault(f"{short(predicate)} is no day from 1900 to 2100: {value}.", place(graph, subject))


def _day(value: Node | None) -> date | None:
    """Return a day as written in the graph, or None where it is no sane day."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return None
    return day if str(value) == day.isoformat() and _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def _broken_terms(graph: Graph) -> Iterator[QualityFault]:
    """Yield a fault for each council term that does not start on the day after the one before it ended."""
    by_kind: dict[Node | None, list[tuple[date, date, str]]] = defaultdict(list)
    for term in _members(graph, HYTE.CouncilTerm):
        starts, ends = _day(graph.value(term, HYTE.startsOn)), _day(graph.value(term, HYTE.endsOn))
        if starts and ends:  # else the shapes tell
            by_kind[graph.value(term, HYTE.isTermOf)].append((starts, ends, short(term)))
    for found in by_kind.values():
        for (_, ends, before), (starts, _, after) in pairwise(sorted(found)):
            if starts != ends + timedelta(days=1):
                yield QualityFault(f"The term starts on {starts}; {before} ends on {ends}.", after)


def _not_canonical(files: Mapping[str, Path]) -> Iterator[QualityFault]:
    """Yield a fault for each file that is not in canonical form."""
    for name, path in files.items():
        text = path.read_text(encoding="utf-8")
        try:
            if format_turtle(text, name) != text:
                yield QualityFault("The file is not in canonical form; run hyte format.", name)
        except FilingError as error:
            yield QualityFault(str(error), name)
