"""The closed world of the ontology and the rules: every class, property, code and prefix that they use is declared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, OWL, PROV, RDF, RDFS, SH, SKOS, TIME, VANN, XSD, DefinedNamespace
from rdflib.term import Node

from hyte_graph.compliance.fault import QualityFault, place, short
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import BASE, FOREIGN, KINDS, PREFIXES, slug
from hyte_graph.vocabulary import HYTE as HYTE_BASE

SKOS_XL: Final = "http://www.w3.org/2008/05/skos-xl#"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHACL: Final = _words(
    """
    NodeShape PropertyShape Shape Info Warning Violation Severity ValidationReport ValidationResult
    BlankNode BlankNodeOrIRI BlankNodeOrLiteral IRI IRIOrLiteral Literal NodeKind
    SPARQLConstraint PrefixDeclaration PropertyGroup
    targetClass targetNode targetObjectsOf targetSubjectsOf deactivated message severity
    path alternativePath inversePath oneOrMorePath zeroOrMorePath zeroOrOnePath
    class datatype nodeKind minCount maxCount minExclusive minInclusive maxExclusive maxInclusive
    minLength maxLength pattern flags languageIn uniqueLang equals disjoint lessThan lessThanOrEquals
    not and or xone node property qualifiedValueShape qualifiedValueShapesDisjoint qualifiedMinCount qualifiedMaxCount
    closed ignoredProperties hasValue in name description order group defaultValue
    sparql select prefixes declare prefix namespace
    """
)
"""The terms of SHACL (W3C Recommendation of 2017) for shapes: Core and SPARQL-based constraints, nothing else."""

_EXECUTABLES = _words(
    """
    Parameter SPARQLExecutable SPARQLAskExecutable SPARQLConstructExecutable SPARQLSelectExecutable
    parameter optional ask construct
    """
)
"""The terms of SHACL for queries that are called by name (SPARQLExecutable; SHACL Advanced Features 5)."""

_EARL = _words(
    """
    Assertion Assertor TestCase TestCriterion TestResult TestSubject OutcomeValue
    assertedBy cantTell failed inapplicable info mode outcome passed result subject test untested
    """
)
_ELI = _words(
    """
    LegalResource LegalResourceSubdivision LegalExpression Format
    amended_by amends changed_by changes cites consolidates date_applicability date_document date_no_longer_in_force
    date_publication embodies first_date_entry_in_force has_member has_part has_translation id_local in_force is_about
    is_embodied_by is_member_of is_part_of is_realized_by jurisdiction language legal_value number passed_by publishes
    realizes related_to repealed_by repeals title type_document type_subdivision version version_date
    """
)
_M8G = _words(
    """
    Constraint Criterion Evidence EvidenceType EvidenceTypeList InformationConcept InformationRequirement
    PublicOrganisation ReferenceFramework Requirement SupportedValue
    """
)
_SKOS_XL = _words("Label altLabel hiddenLabel labelRelation literalForm prefLabel")
_TERMS: dict[str, frozenset[str] | type[DefinedNamespace]] = {
    FOREIGN["cccev"]: _M8G,
    FOREIGN["dcterms"]: DCTERMS,
    FOREIGN["earl"]: _EARL,
    FOREIGN["eli"]: _ELI,
    FOREIGN["org"]: ORG,
    FOREIGN["owl"]: OWL,
    FOREIGN["prov"]: PROV,
    FOREIGN["rdf"]: RDF,
    FOREIGN["rdfs"]: RDFS,
    FOREIGN["sh"]: SHACL | _EXECUTABLES,
    FOREIGN["skos"]: SKOS,
    SKOS_XL: _SKOS_XL,
    FOREIGN["time"]: TIME,
    FOREIGN["vann"]: VANN,
    FOREIGN["xsd"]: XSD,
}
_BUILT_UPON = tuple(FOREIGN[prefix] for prefix in ("cccev", "eli", "org", "prov", "time"))
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_TAKES_CLASS = (RDF.type, RDFS.subClassOf, RDFS.domain, OWL.disjointWith, SH["class"], HYTE.looksAt)
_TAKES_PROPERTY = (
    RDFS.subPropertyOf,
    SH.targetSubjectsOf,
    SH.targetObjectsOf,
    SH.equals,
    SH.disjoint,
    SH.lessThan,
    SH.lessThanOrEquals,
)
_PREFIX_LINE = re.compile(r"^PREFIX\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE)
_NAME = re.compile(r"(?<![\w:<?$-])([A-Za-z][\w-]*):([A-Za-z0-9][\w-]*)")


def strange_prefixes(files: Mapping[str, Path]) -> Iterator[QualityFault]:
    """Yield a fault for each prefix of a file that is not in the project's own list."""
    for name, path in files.items():
        for prefix, address in _PREFIX_LINE.findall(path.read_text(encoding="utf-8")):
            if PREFIXES.get(prefix) != address:
                yield QualityFault(f"{prefix}: <{address}> is no prefix of the project.", name)


def unplaced(graph: Graph) -> Iterator[QualityFault]:
    """Yield a fault for each own thing of no known kind, and for each that no module defines.

    Rules and modules themselves need no module.
    """
    exempt = (PREFIXES["rule"], PREFIXES["module"])
    for node in set(graph.subjects(RDF.type)):
        if not str(node).startswith(BASE) or str(node).startswith(exempt):
            continue
        if not _has_kind(str(node)):
            yield QualityFault("It is of no kind that the project has a prefix for.", short(node))
        modules = set(graph.objects(node, RDFS.isDefinedBy))
        if not modules or any((module, RDF.type, OWL.Ontology) not in graph for module in modules):
            yield QualityFault("No module defines it.", short(node))


def undeclared(graph: Graph) -> Iterator[QualityFault]:
    """Yield a fault for each term of the ontology and the rules that is declared nowhere, or is of the wrong kind."""
    world = _World(graph)
    for subject, predicate, value in graph:
        where = place(graph, subject)
        for fault in world.faults(predicate, value):
            yield QualityFault(fault, where)
    for holder, query in graph.subject_objects(SH.select):
        for fault in world.in_query(str(query)):
            yield QualityFault(fault, place(graph, holder))


class _World:
    """The terms that a graph declares, and those of the vocabularies that it may use."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._declared = frozenset(graph.subjects(RDF.type))
        self._classes = frozenset(graph.subjects(RDF.type, OWL.Class))
        self._properties = frozenset(node for kind in _PROPERTIES for node in graph.subjects(RDF.type, kind))

    def faults(self, predicate: Node, value: Node) -> Iterator[str]:
        """Yield what is wrong with the predicate and the object of a triple."""
        if not self._is_property(predicate):
            yield f"{short(predicate)} is no property."
        terms = (value, value.datatype) if isinstance(value, Literal) else (value,)
        yield from (f"{short(term)} is declared nowhere." for term in terms if not self._is_known(term))
        if predicate in _TAKES_CLASS and not self._is_class(value):
            yield f"{short(value)} is no class."
        if predicate == SH.targetClass and not self._is_class(value) and not str(value).startswith(PREFIXES["norm"]):
            yield f"{short(value)} is neither a class nor a norm."
        properties = self._path(value) if predicate == SH.path else (value,) if predicate in _TAKES_PROPERTY else ()
        yield from (f"{short(term)} is no property." for term in properties if not self._is_property(term))

    def in_query(self, query: str) -> Iterator[str]:
        """Yield what is wrong with the names in a query."""
        for prefix, local in _NAME.findall(query):
            if prefix in PREFIXES and not self._is_known(URIRef(PREFIXES[prefix] + local)):
                yield f"{prefix}:{local} is declared nowhere."

    def _path(self, node: Node) -> Iterator[Node]:
        """Yield the properties of a property path (SHACL 2.3.1)."""
        if not isinstance(node, BNode):
            yield node
            return
        for value in self._graph.objects(node):
            if value != RDF.nil:
                yield from self._path(value)

    def _is_class(self, term: Node) -> bool:
        if str(term).startswith(BASE):
            return term in self._classes
        return self._is_known(term) and _is_of_vocabulary(term) and _initial(term).isupper()

    def _is_property(self, term: Node) -> bool:
        if str(term).startswith(BASE):
            return term in self._properties
        return self._is_known(term) and _is_of_vocabulary(term) and _initial(term).islower()

    def _is_known(self, term: Node | None) -> bool:
        """Return whether an IRI is declared, is of a vocabulary, or only links to a page of someone else."""
        if not isinstance(term, URIRef):
            return True
        address = str(term)
        if address.startswith(BASE):
            return term in self._declared
        if address.startswith(tuple(_TERMS)):
            return _is_of_vocabulary(term) and (term in self._declared or not address.startswith(_BUILT_UPON))
        return address.startswith(("http://", "https://"))


def _is_of_vocabulary(term: Node) -> bool:
    """Return whether a vocabulary of the closed lists has the term."""
    address = str(term)
    return any(address.startswith(base) and address[len(base) :] in terms for base, terms in _TERMS.items())


def _initial(term: Node) -> str:
    return slug(str(term))[:1]


def _has_kind(address: str) -> bool:
    """Return whether an own IRI is a term of the ontology or a thing of a known kind."""
    return address.startswith((HYTE_BASE, *(PREFIXES[kind] for kind in KINDS)))
