"""The children of a SPARQL endpoint: they read a published store and give answers back as they will be sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Store

import hyte_graph.store.rdf
import hyte_graph.store.rewriting.forms  # noqa: F401  both are needed later, when no file can be opened
from hyte_graph.errors import LimitError, UsageError
from hyte_graph.isolation import Message
from hyte_graph.messages import say
from hyte_graph.store.answers import Answer, Triples, Truth, packed, term_written
from hyte_graph.store.apart import apart
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.published import ReadOnly
from hyte_graph.store.sparql import Scope, answer
from hyte_graph.store.worker import graphs_in
from hyte_graph.vocabulary import PREFIXES

GRAPHS: Mapping[str, RdfFormat] = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}
"""The forms of graphs."""

_NAME = re.compile(r"[^\W\d][\w.-]*$")  # the end of an IRI that can be the name of an element
_KEPT = 1  # data sets with organisations; each is as large as all the rest


def serving(state: Message) -> Callable[[Message], Message]:
    """Return what answers the calls of an endpoint, in its child."""
    whole = ReadOnly(state.head["store"])
    kept: dict[str, Dataset] = {}
    answer("SELECT * { ?s ?p ?o } LIMIT 1", whole, limit=1)  # opens what the first query would open

    def work(call: Message) -> Message:
        cut = call.head["text"]
        seen = _seen(whole, kept, call.head.get("about"), call.body[cut:])
        found = _answered(call.head, call.body[:cut].decode(), seen)
        count = 1 if isinstance(found, Truth) else len(found)
        body = serialised(found, call.head.get("form"))
        most = call.head.get("most")
        if most and len(body) > most:
            raise LimitError(say("query-answer-too-large", most=most))
        return Message({"is_graph": isinstance(found, Triples), "count": count}, body)

    return work


def _answered(told: Mapping[str, Any], text: str, seen: Dataset) -> Answer:
    bindings = {name: term_written(term) for name, term in told.get("bindings", {}).items()}
    scope = Scope(tuple(told.get("default", ())), tuple(told.get("named", ())), "default" in told, told.get("base"))
    return answer(text, seen, bindings, limit=told["limit"], scope=scope)


def _seen(whole: Dataset, kept: dict[str, Dataset], about: Mapping[str, Any] | None, data: bytes) -> Dataset:
    """Return the data with what is added to them; the last few are kept."""
    if not about:
        return whole
    if about["key"] not in kept:
        for old in list(kept)[: len(kept) + 1 - _KEPT]:
            del kept[old]
        kept[about["key"]] = _Joined(whole.store, about["graphs"], data)
    return kept[about["key"]]


class _Joined(Dataset):
    def __init__(self, whole: Store, told: Any, data: bytes) -> None:
        self.store = apart(lambda: _joined(whole, told, data))


def _joined(whole: Store, told: Any, data: bytes) -> Store:
    """Return a store with all of another, and graphs beside it."""
    store = Store()
    store.bulk_extend(whole)
    for address, triples in graphs_in(told, data):
        name = NamedNode(address)
        store.extend(Quad(item.subject, item.predicate, item.object, name) for item in triples)
    return store


def serialised(found: Answer, form: str | None) -> bytes:
    """Return an answer in a form; without one, as `packed` writes it.

    Raises:
        UsageError: the answer has no such form.
    """
    if form is None:
        return packed(found)
    if not isinstance(found, Triples):
        return found.written(form)
    if form not in GRAPHS:
        raise UsageError(say("query-format-triples", value=form))
    nameless = _nameless(found) if form == "rdf" else None
    if nameless:
        raise UsageError(say("query-unwritable", value="RDF/XML", detail=f"<{nameless}>."))
    try:
        return pyoxigraph.serialize(found.triples, format=GRAPHS[form], prefixes=_used(found)) or b""
    except (ValueError, OSError) as error:
        raise UsageError(say("query-unwritable", value=form, detail=str(error))) from error


def _nameless(found: Triples) -> str | None:
    """Return a predicate that RDF/XML has no name for; Oxigraph would write a file that is no XML."""
    return next((item.predicate.value for item in found.triples if not _NAME.search(item.predicate.value)), None)


def _used(found: Triples) -> dict[str, str]:
    """Return the prefixes of the IRIs in an answer."""
    spaces = {_space(term.value) for triple in found.triples for term in triple if isinstance(term, NamedNode)}
    return {prefix: space for prefix, space in PREFIXES.items() if space in spaces}


def _space(address: str) -> str:
    return address[: max(address.rfind("#"), address.rfind("/")) + 1]
