"""The forms of answers, and which of them a request likes best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hyte_graph.languages import Text
from hyte_web.negotiation import best_type
from hyte_web.sentences import said
from hyte_web.sparql.problems import ProtocolError

HTML: Final = "text/html"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of an answer: its name, suffix, media types with the registered one first, and IRI."""

    name: str
    suffix: str
    media_types: tuple[str, ...]
    iri: str = ""
    has_charset: bool = True

    @property
    def media_type(self) -> str:
        """Return the registered media type."""
        return self.media_types[0]


_FORMATS = "http://www.w3.org/ns/formats/"
RESULTS: Final = (
    Form("JSON", "json", ("application/sparql-results+json", "application/json"), f"{_FORMATS}SPARQL_Results_JSON"),
    Form(
        "XML", "xml", ("application/sparql-results+xml", "application/xml", "text/xml"), f"{_FORMATS}SPARQL_Results_XML"
    ),
    Form("CSV", "csv", ("text/csv",), f"{_FORMATS}SPARQL_Results_CSV"),
    Form("TSV", "tsv", ("text/tab-separated-values",), f"{_FORMATS}SPARQL_Results_TSV"),
)
TRUTHS: Final = RESULTS[:3]
GRAPHS: Final = (
    Form("Turtle", "ttl", ("text/turtle",), f"{_FORMATS}Turtle"),
    Form("N-Triples", "nt", ("application/n-triples",), f"{_FORMATS}N-Triples"),
    Form("RDF/XML", "rdf", ("application/rdf+xml",), f"{_FORMATS}RDF_XML"),
    Form("JSON-LD", "jsonld", ("application/ld+json",), f"{_FORMATS}JSON-LD"),
    Form("TriG", "trig", ("application/trig",), f"{_FORMATS}TriG"),
    Form("N-Quads", "nq", ("application/n-quads",), f"{_FORMATS}N-Quads"),
)
_ALIASES = {
    "turtle": "ttl",
    "ntriples": "nt",
    "n-triples": "nt",
    "rdfxml": "rdf",
    "rdf/xml": "rdf",
    "json-ld": "jsonld",
}
_OF = {"SELECT": RESULTS, "ASK": TRUTHS}


def forms_of(query_form: str) -> tuple[Form, ...]:
    """Return the forms that the answer to a SELECT, ASK, CONSTRUCT or DESCRIBE query has."""
    return _OF.get(query_form, GRAPHS)


def chosen(forms: Sequence[Form], asked: str, *, with_page: bool = False) -> tuple[Form | None, str]:
    """Return the form of the answer and its media type; no form and `text/html` where the request wants a page.

    Args:
        forms: those that the answer has.
        asked: the parameter `format`, which decides where it is given.
        with_page: whether there is a page.

    Raises:
        ProtocolError: `format` names no form (400), or the request accepts none (406).
    """
    if asked:
        form = _named(forms, asked)
        return form, form.media_type
    offers = {media_type: form for form in forms for media_type in form.media_types}
    best = best_type([*offers, HTML] if with_page else list(offers))
    if best is None:
        raise ProtocolError(406, "not-acceptable", said("sparql-not-acceptable", known=", ".join(offers)))
    return offers.get(best), best


def _named(forms: Sequence[Form], asked: str) -> Form:
    wanted = _ALIASES.get(asked.lower(), asked.lower())
    for form in forms:
        if wanted in (form.suffix, form.name.lower(), *form.media_types):
            return form
    known = ", ".join(form.suffix for form in forms)
    told: Text = said("sparql-format-unknown", value=asked[:100], known=known)
    raise ProtocolError(400, "format-unknown", told)
