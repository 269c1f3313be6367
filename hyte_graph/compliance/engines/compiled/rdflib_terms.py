"""Terms as rdflib has them; who does not come from rdflib never loads it."""

from __future__ import annotations

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

import hyte_graph.store.terms  # noqa: F401  from here on, rdflib leaves the text of literals as it is
from hyte_graph.compliance.engines.compiled.terms import STRING, Term, is_blank, is_iri, literal, parts, text


def of_rdflib(node: Node) -> Term:
    """Return the term of a node of rdflib."""
    if isinstance(node, URIRef):
        return f"<{node}>"
    if isinstance(node, Literal):
        return literal(str(node), str(node.datatype or STRING), node.language)
    return f"_:{node}"


def to_rdflib(term: Term) -> Node:
    """Return the term as rdflib has it; a plain string has no datatype there."""
    if is_iri(term):
        return URIRef(text(term))
    if is_blank(term):
        return BNode(text(term))
    lexical, datatype, language = parts(term)
    if language:
        return Literal(lexical, lang=language)
    return Literal(lexical, datatype=None if datatype == STRING else URIRef(datatype), normalize=False)
