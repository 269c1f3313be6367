"""The words of SHACL that the engines carry out: any other in a shape is refused, since it would be passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hyte_graph.errors import UndecidedError
from hyte_graph.messages import say
from hyte_graph.vocabulary import FOREIGN

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_WORDS = """
    targetClass targetNode targetObjectsOf targetSubjectsOf deactivated message severity
    path alternativePath inversePath oneOrMorePath zeroOrMorePath zeroOrOnePath
    class datatype nodeKind minCount maxCount minExclusive minInclusive maxExclusive maxInclusive
    minLength maxLength pattern flags languageIn uniqueLang equals disjoint lessThan lessThanOrEquals
    not and or xone node property qualifiedValueShape qualifiedValueShapesDisjoint qualifiedMinCount qualifiedMaxCount
    closed ignoredProperties hasValue in name description order group defaultValue
    sparql select ask construct update prefixes declare prefix namespace
    parameter optional validator nodeValidator propertyValidator labelTemplate
    resultAnnotation annotationProperty annotationVarName annotationValue
    shapesGraph shapesGraphWellFormed suggestedShapesGraph entailment
    conforms result detail focusNode resultPath value sourceShape sourceConstraint sourceConstraintComponent
    resultSeverity resultMessage
"""
_SPACE = FOREIGN["sh"]
KNOWN = frozenset(_SPACE + word for word in _WORDS.split())
"""The properties of SHACL Core and SHACL-SPARQL (W3C Recommendation of 2017), and those of reports."""


_CLASS_WORDS = """
    Shape NodeShape PropertyShape ValidationReport ValidationResult AbstractResult Severity NodeKind PropertyGroup
    Parameterizable ConstraintComponent Parameter Validator ResultAnnotation SPARQLConstraint SPARQLAskValidator
    SPARQLSelectValidator SPARQLExecutable SPARQLAskExecutable SPARQLSelectExecutable SPARQLConstructExecutable
    SPARQLUpdateExecutable PrefixDeclaration
"""
_CLASSES = frozenset(_SPACE + name for name in _CLASS_WORDS.split())
_SHAPES = frozenset(_SPACE + name for name in ("NodeShape", "PropertyShape"))


def refuse_unknown(shapes: Graph) -> None:
    """Return where the shapes of an rdflib graph use only known words of SHACL.

    Raises:
        UndecidedError: one uses another: one that is misspelt, or asks for JavaScript, rules or targets in code.
    """
    check_words((str(node), map(str, _words(shapes, node))) for node in set(shapes.subjects()))


def _words(shapes: Graph, node: Node) -> Iterator[Node]:
    from rdflib.namespace import RDF

    yield from shapes.predicates(node)
    yield from shapes.objects(node, RDF.type)


def check_words(told: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Return where nodes that are shapes use only known words; told are their properties and classes; raises as above.

    Data may name the shape that they should fit with words of their own, which ask for nothing.
    """
    for node, words in told:
        own = {word for word in words if word.startswith(_SPACE)}
        strange = sorted(own - KNOWN - _CLASSES)
        if strange and own & (KNOWN | _SHAPES):
            raise UndecidedError(say("shape-unknown-term", shape=node, term=f"sh:{strange[0][len(_SPACE) :]}"))
