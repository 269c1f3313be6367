"""What runs in the process of an engine that is called from Python: `python -m benchmarks.queries.child KIND …`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from benchmarks.queries.engines import LONGEST

Rows = Sequence[Any]
Asking = Callable[[str], Rows]


def serve(kind: str, *words: str) -> None:
    """Load the data, then answer each line of stdin with the milliseconds, those on the processor, and the rows."""
    ask, shown = {"hyte": of_hyte, "pyoxigraph": of_pyoxigraph, "rdflib": of_rdflib, "http": of_http}[kind](*words)
    clocks = [time.CLOCK_PROCESS_CPUTIME_ID, *(clock_of(int(words[-1])) for _ in range(kind == "http"))]
    print(json.dumps({"version": shown}), flush=True)
    seen = dict[str, str]()
    for line in sys.stdin:
        query, used, start = json.loads(line), processor(clocks), time.perf_counter()
        try:
            rows = ask(query)
            ms = (time.perf_counter() - start) * 1000
            told = {"ms": ms, "cpu": (processor(clocks) - used) * 1000, "rows": len(rows)}
            if kind != "rdflib" and query not in seen:
                seen[query] = digest(rows)
            told |= {"answer": seen[query]} if query in seen else {}
        except Exception as error:  # whatever an engine raises is its answer
            told = {"failed": " ".join(str(error).split())[:200]}
        print(json.dumps(told), flush=True)


def processor(clocks: Sequence[int]) -> float:
    return sum(map(time.clock_gettime, clocks))


def clock_of(process: int) -> int:
    """Return the number of the clock of another process, as clock_getcpuclockid of Linux makes it."""
    return (~process << 3) | 2


def digest(rows: Rows) -> str:
    """Return the same for the same rows in any order."""
    return sha256("\n".join(sorted(" ".join(map(str, row)) for row in rows)).encode()).hexdigest()[:16]


def of_hyte(path: str) -> tuple[Asking, str]:
    """Return the way of saved questions: words checked, EXISTS rewritten, rows as terms."""
    from hyte_graph.store.sparql import answer

    class Loaded:
        store = loaded(path)

    return (lambda text: answer(text, Loaded(), limit=10_000_000).rows), version("pyoxigraph")  # type: ignore[arg-type, union-attr]


def of_pyoxigraph(path: str) -> tuple[Asking, str]:
    store = loaded(path)
    return (lambda text: [tuple(row) for row in store.query(text, use_default_graph_as_union=True)]), version(
        "pyoxigraph"
    )


def loaded(path: str) -> Any:
    """Return a store as the project fills it; after `bulk_load`, answers with many rows take up to twice as long."""
    from pyoxigraph import RdfFormat, Store

    store = Store()
    store.load(path=path, format=RdfFormat.N_QUADS)
    return store


def of_rdflib(path: str) -> tuple[Asking, str]:
    from rdflib import Graph

    graph = Graph()
    graph.parse(path, format="nt")
    return (lambda text: list(graph.query(text))), version("rdflib")


def of_http(address: str, shown: str, _: str) -> tuple[Asking, str]:
    from hyte_graph.store.answers import unpacked
    from hyte_graph.store.request import posted

    def ask(text: str) -> Rows:
        reply = posted(address, [("query", text)], "application/sparql-results+json", LONGEST)
        return unpacked(reply.body, is_graph=False).rows  # type: ignore[union-attr]

    return ask, shown


if __name__ == "__main__":
    serve(*sys.argv[1:])
