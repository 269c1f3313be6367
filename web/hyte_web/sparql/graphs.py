"""The read half of the Graph Store Protocol as queries."""

from __future__ import annotations

from flask import Request

from hyte_graph.store.sparql import WHOLE, Scope
from hyte_web.sentences import said
from hyte_web.sparql.problems import ProtocolError
from hyte_web.sparql.service import graph_names

_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


def graph_query(request: Request) -> tuple[str, Scope]:
    """Return the query, and where it is asked, for `?default` or `?graph=IRI`.

    Raises:
        ProtocolError: neither or both are given (400), or there is no such graph (404).
    """
    named = request.args.getlist("graph")
    has_default = "default" in request.args
    if len(named) + has_default != 1:
        raise ProtocolError(400, "graph-missing", said("sparql-graph-missing"))
    if has_default:
        return _ALL, WHOLE
    if named[0] not in graph_names():
        raise ProtocolError(404, "graph-unknown", said("sparql-graph-unknown", value=named[0][:300]))
    return _ALL, Scope(default=(named[0],), is_given=True)
