"""What runs in the process of an engine that is called from Python: `python -m benchmarks.queries.child KIND …`."""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from typing import Any

from benchmarks.queries.engines import LONGEST


def serve(kind: str, *words: str) -> None:
    """Load the data, then answer each line of stdin."""
    ask, shown = {"hyte": of_hyte, "pyoxigraph": of_pyoxigraph, "rdflib": of_rdflib, "http": of_http}[kind](*words)
    print(json.dumps({"version": shown}), flush=True)
    for text in sys.stdin:
        query, start = json.loads(text), time.perf_counter()
        try:
            rows = ask(query)
            told = {"ms": (time.perf_counter() - start) * 1000, "rows": rows}
        except Exception as error:  # whatever an engine raises is its answer
            told = {"failed": " ".join(str(error).split())[:200]}
        print(json.dumps(told), flush=True)


def of_hyte(path: str) -> tuple[Any, str]:
    """Return the way of saved questions: words checked, EXISTS rewritten, rows as terms."""
    from hyte_graph.store.sparql import answer

    class Loaded:
        store = loaded(path)

    return (lambda text: len(answer(text, Loaded(), limit=10_000_000)), version("pyoxigraph"))


def of_pyoxigraph(path: str) -> tuple[Any, str]:
    store = loaded(path)

    def ask(text: str) -> int:
        return len([tuple(row) for row in store.query(text, use_default_graph_as_union=True)])

    return ask, version("pyoxigraph")


def loaded(path: str) -> Any:
    from pyoxigraph import RdfFormat, Store

    store = Store()
    store.bulk_load(path=path, format=RdfFormat.N_QUADS)
    return store


def of_rdflib(path: str) -> tuple[Any, str]:
    from rdflib import Graph

    graph = Graph()
    graph.parse(path, format="nt")
    return (lambda text: len(list(graph.query(text)))), version("rdflib")


def of_http(address: str, shown: str) -> tuple[Any, str]:
    from hyte_graph.store.answers import unpacked
    from hyte_graph.store.request import posted

    def ask(text: str) -> int:
        reply = posted(address, [("query", text)], "application/sparql-results+json", LONGEST)
        return len(unpacked(reply.body, is_graph=False))  # type: ignore[arg-type]

    return ask, shown


if __name__ == "__main__":
    serve(*sys.argv[1:])
