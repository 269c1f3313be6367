"""The tests of the W3C protocol manifest, read from RDF, and how an answer is judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node
from werkzeug.test import TestResponse

SUITE = Path(__file__).parents[1] / "suites" / "sparql11"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
UPDATING = ("update=", "INSERT", "CLEAR", "application/sparql-update")
RDF_TYPES = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")


@dataclass(frozen=True)
class Request:
    method: str
    path: str  # with the query string, after the path of the endpoint
    body: bytes | None
    headers: tuple[tuple[str, str], ...]
    statuses: frozenset[str]  # "2", "3", "4"
    boolean: bool | None
    form: str | None  # "boolean", "tabular", "RDF"

    @property
    def is_update(self) -> bool:
        told = self.path + (self.body or b"").decode("utf-8", "replace") + str(self.headers)
        return any(word in told for word in UPDATING)


@dataclass(frozen=True)
class Case:
    name: str
    requests: tuple[Request, ...]

    @property
    def is_update(self) -> bool:
        return self.name.startswith(("update_", "bad_update", "bad_multiple_updates"))


def cases() -> Iterator[Case]:
    graph = Graph().parse(SUITE / "protocol" / "manifest.ttl")
    (entries,) = graph.objects(None, MF.entries)
    for node in Collection(graph, entries):
        (connection,) = graph.objects(node, MF.action)
        requests = Collection(graph, graph.value(connection, HT.requests))
        yield Case(str(node).split("#")[1], tuple(_request(graph, item) for item in requests))


def graphs() -> dict[str, Path]:
    """Return the graphs that the tests ask, by IRI."""
    graph = Graph().parse(SUITE / "protocol" / "manifest.ttl")
    found = {}
    for node in set(graph.objects(None, UT.graphData)):
        path = str(graph.value(node, UT.graph)).rsplit("/", 1)[1]
        found[str(graph.value(node, RDFS.label))] = SUITE / "protocol" / path
    return found


def judge(request: Request, answer: TestResponse) -> list[str]:
    """Return what is wrong with an answer."""
    faults = []
    if str(answer.status_code)[0] not in request.statuses:
        faults.append(f"status {answer.status_code} {answer.text}")
    elif request.boolean is not None and answer.json["boolean"] is not request.boolean:
        faults.append(f"not {request.boolean}")
    if request.form == "boolean" and answer.mimetype not in ("application/sparql-results+json", "application/json"):
        faults.append(answer.mimetype)
    if request.form == "tabular" and not answer.mimetype.startswith(("application/sparql-results", "text/csv")):
        faults.append(answer.mimetype)
    if request.form == "RDF" and answer.mimetype not in RDF_TYPES:
        faults.append(answer.mimetype)
    return faults


def _request(graph: Graph, node: Node) -> Request:
    response = graph.value(node, HT.resp)
    boolean = graph.value(response, MF.expectedBoolean)
    form = graph.value(response, MF.expectedFormat)
    listed = graph.value(node, HT.headers)
    headers = Collection(graph, listed) if listed else ()
    path = str(graph.value(node, HT.absolutePath)).removeprefix("/sparql/")
    return Request(
        method=str(graph.value(node, HT.methodName)),
        path=path.removeprefix("/sparql"),
        body=_body(graph, graph.value(node, HT.body)),
        headers=tuple(
            (str(graph.value(item, HT.fieldName)), str(graph.value(item, HT.fieldValue))) for item in headers
        ),
        statuses=frozenset(str(item)[-3] for item in graph.objects(response, MF.expectedStatus)),
        boolean=None if boolean is None else bool(boolean.toPython()),  # type: ignore[attr-defined]
        form=None if form is None else str(form),
    )


def _body(graph: Graph, node: Node | None) -> bytes | None:
    if not isinstance(node, URIRef | Node):
        return None
    text = str(graph.value(node, CNT.chars))
    encoding = graph.value(node, CNT.characterEncoding)
    return text.encode(str(encoding) if encoding else "utf-8")
