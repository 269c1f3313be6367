"""Random data and random shapes over a small vocabulary, such that much of what is drawn finds something.

There are no days, truth values and ill-formed numbers among the literals: pySHACL has an order for these, in which
SPARQL does not compare them. No length is zero: pySHACL then lets a blank node pass, which SHACL does not (4.4.1).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import Node

EX = Namespace("http://example.org/")
CLASSES = (EX.C, EX.D, EX.E)
PREDICATES = (EX.p, EX.q, EX.r)
NODES = (*(EX[name] for name in "abcdef"), BNode("x"), BNode("y"))
LITERALS = (
    Literal("1", datatype=XSD.integer),
    Literal("2", datatype=XSD.integer),
    Literal("10", datatype=XSD.integer),
    Literal("2.5", datatype=XSD.decimal),
    Literal("a"),
    Literal("ab-c"),
    Literal("a", lang="fi"),
    Literal("ab", lang="fi"),
    Literal("a", lang="sv-FI"),
)
NUMBERS = LITERALS[:4]
KINDS = (SH.IRI, SH.BlankNode, SH.Literal, SH.BlankNodeOrIRI, SH.BlankNodeOrLiteral, SH.IRIOrLiteral)

things = st.sampled_from(NODES)
terms = st.sampled_from((*NODES, *LITERALS))


@st.composite
def data_graphs(draw: st.DrawFn) -> Graph:
    """Return a small graph: links between a few nodes, literals, classes and subclasses."""
    graph = Graph(bind_namespaces="none")
    for triple in draw(st.lists(st.tuples(things, st.sampled_from(PREDICATES), terms), min_size=4, max_size=24)):
        graph.add(triple)
    for triple in draw(st.lists(st.tuples(things, st.just(RDF.type), st.sampled_from(CLASSES)), max_size=8)):
        graph.add(triple)
    if draw(st.booleans()):
        graph.add((EX.D, RDFS.subClassOf, EX.C))
    return graph


@dataclass
class Writer:
    """Draws shapes into a graph; every shape has an address, so that findings of two engines can be compared."""

    draw: st.DrawFn
    graph: Graph = field(default_factory=lambda: Graph(bind_namespaces="none"))
    count: int = 0

    def shape(self, depth: int, *, path: bool | None = None) -> URIRef:
        """Draw a shape and return its address."""
        self.count += 1
        node = EX[f"shape-{self.count}"]
        is_property = self.draw(st.booleans()) if path is None else path
        self.graph.add((node, RDF.type, SH.PropertyShape if is_property else SH.NodeShape))
        if is_property:
            self.graph.add((node, SH.path, self.path(2)))
        choices = [*_SIMPLE, *(_COUNTS if is_property else ()), *(_NESTED if depth else ())]
        for name in self.draw(st.lists(st.sampled_from(choices), min_size=1, max_size=3, unique=True)):
            getattr(self, f"_{name}")(node, depth)
        if self.draw(st.integers(0, 11)) == 0:
            self.graph.add((node, SH.deactivated, Literal(True)))
        if self.draw(st.integers(0, 3)) == 0:
            self.graph.add((node, SH.severity, self.draw(st.sampled_from((SH.Info, SH.Warning, SH.Violation)))))
        return node

    def target(self, node: URIRef) -> None:
        """Draw a target of a shape."""
        kind = self.draw(st.sampled_from(("class", "node", "subjects", "objects", "implicit")))
        if kind == "class":
            self.graph.add((node, SH.targetClass, self.draw(st.sampled_from(CLASSES))))
        elif kind == "node":
            self.graph.add((node, SH.targetNode, self.draw(terms)))
        elif kind == "implicit":
            self.graph.add((node, RDF.type, RDFS.Class))
            self.graph.add((node, SH.targetClass, EX.C))
        else:
            name = SH.targetSubjectsOf if kind == "subjects" else SH.targetObjectsOf
            self.graph.add((node, name, self.draw(st.sampled_from(PREDICATES))))

    def path(self, depth: int) -> Node:
        """Draw a property path and return its node."""
        kinds = ("step", "step", "step", "inverse", "sequence", "alternative", "star", "plus", "maybe")
        kind = self.draw(st.sampled_from(kinds)) if depth else "step"
        if kind == "step":
            return self.draw(st.sampled_from(PREDICATES))
        if kind == "sequence":
            return self._list([self.path(depth - 1), self.path(depth - 1)])
        node = BNode()
        if kind == "alternative":
            self.graph.add((node, SH.alternativePath, self._list([self.path(depth - 1), self.path(depth - 1)])))
            return node
        names = {"star": SH.zeroOrMorePath, "plus": SH.oneOrMorePath, "maybe": SH.zeroOrOnePath}
        inner = self.path(0 if kind == "inverse" else depth - 1)  # pySHACL walks an inverse sequence in the wrong order
        self.graph.add((node, names.get(kind, SH.inversePath), inner))
        return node

    def _list(self, members: list[Node]) -> Node:
        return Collection(self.graph, BNode(), members).uri

    def _class(self, node: URIRef, _: int) -> None:
        self.graph.add((node, SH["class"], self.draw(st.sampled_from(CLASSES))))

    def _datatype(self, node: URIRef, _: int) -> None:
        self.graph.add(
            (node, SH.datatype, self.draw(st.sampled_from((XSD.integer, XSD.string, XSD.date, RDF.langString))))
        )

    def _kind(self, node: URIRef, _: int) -> None:
        self.graph.add((node, SH.nodeKind, self.draw(st.sampled_from(KINDS))))

    def _range(self, node: URIRef, _: int) -> None:
        names = (SH.minInclusive, SH.minExclusive, SH.maxInclusive, SH.maxExclusive)
        self.graph.add((node, self.draw(st.sampled_from(names)), self.draw(st.sampled_from(NUMBERS))))

    def _length(self, node: URIRef, _: int) -> None:
        name = self.draw(st.sampled_from((SH.minLength, SH.maxLength)))
        self.graph.add((node, name, Literal(self.draw(st.integers(1, 4)))))

    def _pattern(self, node: URIRef, _: int) -> None:
        self.graph.add((node, SH.pattern, Literal(self.draw(st.sampled_from(("^a", "B", "[0-9]+$", "example"))))))
        if self.draw(st.booleans()):
            self.graph.add((node, SH.flags, Literal("i")))

    def _language(self, node: URIRef, _: int) -> None:
        tags = self.draw(st.lists(st.sampled_from(("fi", "sv", "en")), min_size=1, max_size=2, unique=True))
        self.graph.add((node, SH.languageIn, self._list([Literal(tag) for tag in tags])))

    def _in(self, node: URIRef, _: int) -> None:
        members = self.draw(st.lists(st.sampled_from((*NODES[:4], *LITERALS)), min_size=1, max_size=4, unique=True))
        self.graph.add((node, SH["in"], self._list(list(members))))

    def _value(self, node: URIRef, _: int) -> None:
        self.graph.add((node, SH.hasValue, self.draw(st.sampled_from((*NODES[:4], *LITERALS)))))

    def _equals(self, node: URIRef, _: int) -> None:
        name = self.draw(st.sampled_from((SH.equals, SH.disjoint)))
        self.graph.add((node, name, self.draw(st.sampled_from(PREDICATES))))

    def _closed(self, node: URIRef, _: int) -> None:
        self.graph.add((node, SH.closed, Literal(True)))
        self.graph.add((node, SH.ignoredProperties, self._list([RDF.type, self.draw(st.sampled_from(PREDICATES))])))

    def _count(self, node: URIRef, _: int) -> None:
        name = self.draw(st.sampled_from((SH.minCount, SH.maxCount)))
        self.graph.add((node, name, Literal(self.draw(st.integers(0, 3)))))

    def _unique(self, node: URIRef, _: int) -> None:
        self.graph.add((node, SH.uniqueLang, Literal(True)))

    def _not(self, node: URIRef, depth: int) -> None:
        self.graph.add((node, SH["not"], self.shape(depth - 1)))

    def _node(self, node: URIRef, depth: int) -> None:
        self.graph.add((node, SH.node, self.shape(depth - 1, path=False)))

    def _property(self, node: URIRef, depth: int) -> None:
        for _ in range(self.draw(st.integers(1, 2))):
            self.graph.add((node, SH.property, self.shape(depth - 1, path=True)))

    def _many(self, node: URIRef, depth: int) -> None:
        name = self.draw(st.sampled_from((SH["or"], SH["and"], SH.xone)))
        self.graph.add((node, name, self._list([self.shape(depth - 1), self.shape(depth - 1)])))

    def _qualified(self, node: URIRef, depth: int) -> None:
        parent = EX[f"parent-of-{node.rsplit('/', 1)[-1]}"]
        for _ in range(self.draw(st.integers(1, 2))):
            inner = self.shape(0, path=True)
            name = self.draw(st.sampled_from((SH.qualifiedMinCount, SH.qualifiedMaxCount)))
            self.graph.add((inner, SH.qualifiedValueShape, self.shape(depth - 1)))
            self.graph.add((inner, name, Literal(self.draw(st.integers(0, 2)))))
            self.graph.add((inner, SH.qualifiedValueShapesDisjoint, Literal(self.draw(st.booleans()))))
            self.graph.add((parent, SH.property, inner))
        self.graph.add((parent, RDF.type, SH.NodeShape))
        self.graph.add((node, SH.node, parent))
        self.target(parent)


_SIMPLE = ("class", "datatype", "kind", "range", "length", "pattern", "language", "in", "value", "equals")
_COUNTS = ("count", "unique")
_NESTED = ("not", "node", "property", "many", "qualified", "closed")


@st.composite
def shapes_graphs(draw: st.DrawFn) -> Graph:
    """Return a small graph of one to three shapes with targets, and what they refer to."""
    writer = Writer(draw)
    for _ in range(draw(st.integers(1, 3))):
        writer.target(writer.shape(2))
    return writer.graph
