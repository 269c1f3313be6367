"""A description as RDF text: looked over before a parser sees it, and parsed by Oxigraph, which fetches nothing."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import NamedTuple

import pyoxigraph
from rdflib import Graph

from hyte_graph.errors import FilingError
from hyte_graph.intake.blaming import blaming_the_file
from hyte_graph.intake.depth import check_turtle_depth, check_xml
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.store.terms import graph_of

TRIPLES = 200_000
_LOG = logging.getLogger(__name__)
_PLACE = re.compile(r"\bline (\d+)")
_RELATIVE = "No scheme found in an absolute IRI"


class Syntax(NamedTuple):
    """A syntax of RDF: its name, Oxigraph's, and what looks its texts over."""

    name: str
    engine: pyoxigraph.RdfFormat
    look_over: Callable[[str, str], None]


SYNTAXES = {
    ".ttl": Syntax("Turtle", pyoxigraph.RdfFormat.TURTLE, check_turtle_depth),
    ".nt": Syntax("N-Triples", pyoxigraph.RdfFormat.N_TRIPLES, check_turtle_depth),
    ".rdf": Syntax("RDF/XML", pyoxigraph.RdfFormat.RDF_XML, check_xml),
}
"""The syntaxes by the ending of a file."""


def parse(text: str, name: str) -> Graph:
    """Return the graph of an RDF text; its ending tells the syntax.

    Raises:
        FilingError: it cannot be read, names an IRI without its beginning, or holds too many statements.
    """
    syntax = SYNTAXES[PurePath(name).suffix.lower()]
    syntax.look_over(text, name)
    with blaming_the_file(lambda error: _fault(error, syntax.name, name)):
        return graph_of(list(_bounded(pyoxigraph.parse(text.encode(), format=syntax.engine), name)))


def _bounded(quads: Iterator[pyoxigraph.Quad], name: str) -> Iterator[pyoxigraph.Quad]:
    for count, quad in enumerate(quads):
        if count == TRIPLES:
            raise FilingError(say("file-many-triples", name=name, limit=TRIPLES))
        if isinstance(quad.object, pyoxigraph.Triple) or getattr(quad.object, "direction", None):
            raise FilingError(say("file-rdf-12", name=name))
        yield quad


def _fault(error: BaseException, syntax: str, name: str) -> Text:
    _LOG.debug("parser: %s", type(error).__name__)
    detail = " ".join(str(error).split())
    place = _PLACE.search(detail)
    line = int(place[1]) if place else 1
    if _RELATIVE in detail:
        return say("file-relative-iri", name=name, line=line)
    return say("file-not-rdf", name=name, line=line, kind=syntax, detail=(detail or type(error).__name__)[:200])
