"""Terms of RDF as strings that can be compared, hashed and stored: `<iri>`, `_:label`, `"text"@en`, `"1"^^<type>`.

Equal strings are equal terms (RDF 1.1, 3.3): the lexical form stays as written, `"x"` and `"x"^^xsd:string` are one
term, and language tags are in small letters. Nothing is escaped, since the last quotation mark ends the text.
"""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph

from hyte_graph.vocabulary import FOREIGN

Term = str

STRING = FOREIGN["xsd"] + "string"
_LANG_STRING = FOREIGN["rdf"] + "langString"


def named(prefix: str, local: str) -> Term:
    """Return the term of a name in a vocabulary, such as `named("sh", "path")`."""
    return f"<{FOREIGN[prefix]}{local}>"


NIL, FIRST, REST, TYPE = (named("rdf", name) for name in ("nil", "first", "rest", "type"))
SUBCLASS_OF = named("rdfs", "subClassOf")
TRUE = f'"true"^^{named("xsd", "boolean")}'


def literal(text: str, datatype: str = STRING, language: str | None = None) -> Term:
    """Return the term of a literal; `datatype` is an address without brackets."""
    if language:
        return f'"{text}"@{language.lower()}'
    return f'"{text}"' if datatype == STRING else f'"{text}"^^<{datatype}>'


def is_iri(term: Term) -> bool:
    """Return whether a term is an IRI."""
    return term[0] == "<"


def is_blank(term: Term) -> bool:
    """Return whether a term is a blank node."""
    return term[0] == "_"


def is_literal(term: Term) -> bool:
    """Return whether a term is a literal."""
    return term[0] == '"'


def text(term: Term) -> str:
    """Return the address, the label or the lexical form of a term."""
    if term[0] == '"':
        return term[1 : term.rindex('"')]
    return term[1:-1] if term[0] == "<" else term[2:]


def parts(term: Term) -> tuple[str, str, str]:
    """Return the lexical form, the datatype and the language of a literal."""
    end = term.rindex('"')
    suffix = term[end + 1 :]
    if not suffix:
        return term[1:end], STRING, ""
    if suffix[0] == "@":
        return term[1:end], _LANG_STRING, suffix[1:]
    return term[1:end], suffix[3:-1], ""


def of_oxigraph(term: object) -> Term:
    """Return the term of a term of Oxigraph."""
    if isinstance(term, pyoxigraph.NamedNode):
        return f"<{term.value}>"
    if isinstance(term, pyoxigraph.Literal):
        return literal(term.value, term.datatype.value, term.language)
    return f"_:{term.value}"  # type: ignore[attr-defined]


def triple_of(quad: pyoxigraph.Quad | pyoxigraph.Triple) -> tuple[Term, Term, Term]:
    """Return the terms of a quad or triple of Oxigraph."""
    return of_oxigraph(quad.subject), of_oxigraph(quad.predicate), of_oxigraph(quad.object)


@lru_cache(maxsize=65536)
def to_oxigraph(term: Term) -> pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal:
    """Return the term as Oxigraph has it."""
    if is_iri(term):
        return pyoxigraph.NamedNode(text(term))
    if is_blank(term):
        return pyoxigraph.BlankNode(text(term))
    lexical, datatype, language = parts(term)
    if language:
        return pyoxigraph.Literal(lexical, language=language)
    return pyoxigraph.Literal(lexical, datatype=pyoxigraph.NamedNode(datatype))
