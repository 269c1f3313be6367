"""Queries in a process that can be stopped: no query engine for Python has a time limit of its own.

Only standard forms travel: SPARQL results in JSON, and N-Triples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from types import TracebackType

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Store, Triple

from hyte_graph.errors import DiedError, LimitError, TooBigError, TooSlowError, UndecidedError
from hyte_graph.isolation import Limits, Message, Pool
from hyte_graph.messages import say
from hyte_graph.store.answers import Answer, Term, Triples, packed, term_written, unpacked
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.parts import graphs_of
from hyte_graph.store.sparql import answer, check_words
from hyte_graph.vocabulary import BASE

MEMORY = 4 * 2**30
"""Bytes that a worker may take, where the system can limit them."""

_ANY = NamedNode(BASE)
Graphs = Iterable[tuple[str, Iterable[Triple]]]


class Worker:
    """One child process that holds the data, made anew after it had to be killed."""

    def __init__(
        self, knowledge: Knowledge, added: Graphs = (), parts: Sequence[Path] = (), store: Path | None = None
    ) -> None:
        """Describe the child.

        Args:
            knowledge: what it reads.
            added: graphs that it sees too, as pairs of an IRI and triples.
            parts: files of parts that it is to read.
            store: the folder of a store that holds the knowledge already; it is opened if nothing comes to it.
        """
        self._added = tuple((name, ntriples(triples)) for name, triples in added)
        places = {"ontology": str(knowledge.ontology), "rules": str(knowledge.rules)}
        graphs = [{"name": name, "bytes": len(data)} for name, data in self._added]
        opened = None if self._added or parts or store is None else str(store)
        told = {**places, "added": graphs, "parts": [str(path) for path in parts], "store": opened}
        state = Message(told, b"".join(data for _, data in self._added))
        self._pool = Pool("hyte_graph.store.worker:answering", state, limits=Limits(MEMORY))

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def answer(
        self, text: str, bindings: Mapping[str, Term], *, seconds: float, limit: int, engine: str = "oxigraph"
    ) -> Answer:
        """Return the answer to a query.

        Raises:
            UsageError: the text is no query, changes data or reaches out.
            LimitError: it took longer than `seconds`, needed too much memory, or has an answer longer than `limit`.
            UndecidedError: the child ended on its own.
        """
        check_words(text)  # before a child is made for it
        told = {"limit": limit, "engine": engine, "bindings": {name: str(term) for name, term in bindings.items()}}
        try:
            found = self._pool.call(Message(told, text.encode()), seconds)
        except TooSlowError as error:
            raise LimitError(say("query-too-slow", seconds=f"{seconds:g}")) from error
        except TooBigError as error:
            raise TooBigError(say("query-memory")) from error
        except DiedError as error:
            raise UndecidedError(say("query-died")) from error
        return unpacked(found.body, is_graph=found.head["is_graph"])

    def close(self) -> None:
        """End the child."""
        self._pool.close()


def answering(state: Message) -> Callable[[Message], Message]:
    """Return what answers the queries of a worker, in its child."""
    knowledge = Knowledge(Path(state.head["ontology"]), Path(state.head["rules"]))
    parts = graphs_of(map(Path, state.head["parts"]))
    dataset = Dataset(knowledge, chain(graphs_in(state.head["added"], state.body), parts))
    if state.head["store"]:
        with suppress(OSError):  # it was taken away
            dataset.store = Store.read_only(state.head["store"])
    dataset.store.contains_named_graph(_ANY)  # read now: only after this does the time of a query run

    def work(call: Message) -> Message:
        bindings = {name: term_written(written) for name, written in call.head["bindings"].items()}
        found = answer(call.body.decode(), dataset, bindings, limit=call.head["limit"], engine=call.head["engine"])
        return Message({"is_graph": isinstance(found, Triples)}, packed(found))

    return work


def graphs_in(told: Iterable[Mapping[str, int | str]], data: bytes) -> Iterator[tuple[str, list[Triple]]]:
    """Yield the graphs that stand in a body one after another, with their names."""
    start = 0
    for graph in told:
        end = start + int(graph["bytes"])
        quads = pyoxigraph.parse(data[start:end], format=RdfFormat.N_TRIPLES)
        yield str(graph["name"]), [quad.triple for quad in quads]
        start = end


def ntriples(triples: Iterable[Triple]) -> bytes:
    """Return triples in the form in which they travel."""
    return pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b""
