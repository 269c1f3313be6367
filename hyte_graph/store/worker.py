"""A process that answers queries and can be killed: no query engine for Python has a time limit of its own.

The parent writes one line of JSON and then the bytes that it announces; the child answers in the same way. Only
standard forms travel: SPARQL results in JSON, and N-Triples.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import pyoxigraph
from pyoxigraph import RdfFormat, Triple

from hyte_graph.errors import HyteError, LimitError, UndecidedError, UsageError
from hyte_graph.languages import Text
from hyte_graph.messages import say
from hyte_graph.store.answers import Answer, Term, Triples, packed, term_written, unpacked
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.sparql import answer, check_words

MEMORY = 4 * 2**30
"""Bytes that a worker may take, where the system can limit them."""

_ERRORS: Mapping[str, type[HyteError]] = {"usage": UsageError, "limit": LimitError}
_CODE = "import sys; from hyte_graph.store.worker import serve; serve(sys.stdin.buffer, sys.stdout.buffer)"


class Worker:
    """The parent's side: one child process, made anew after it had to be killed. Not for two threads at once."""

    def __init__(self, knowledge: Knowledge, added: Iterable[tuple[str, Iterable[Triple]]] = ()) -> None:
        self._knowledge = knowledge
        self._added = [(name, _ntriples(triples)) for name, triples in added]
        self._child: subprocess.Popen[bytes] | None = None

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
            LimitError: it took longer than `seconds`, or the answer is longer than `limit`.
            UndecidedError: the child ended on its own.
        """
        check_words(text)  # before a child is made for it
        child = self._started()
        told = {"limit": limit, "engine": engine, "bindings": {name: str(term) for name, term in bindings.items()}}
        late = threading.Event()
        watch = threading.Timer(seconds, _stop, (child, late))
        watch.start()
        try:
            _send(child.stdin, told, text.encode())
            head, body = _receive(child.stdout)
        except (EOFError, OSError) as error:
            self.close()
            if late.is_set():
                raise LimitError(say("query-too-slow", seconds=f"{seconds:g}")) from error
            raise UndecidedError(say("query-died")) from error
        finally:
            watch.cancel()
        if "error" in head:
            raise _ERRORS[head["error"]](Text.of(head["message"]))
        return unpacked(body, is_graph=head["is_graph"])

    def close(self) -> None:
        """End the child."""
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
            call = [sys.executable, "-c", _CODE]
            self._child = subprocess.Popen(call, stdin=pipe, stdout=pipe, stderr=nowhere)  # noqa: S603
            places = {"ontology": str(self._knowledge.ontology), "rules": str(self._knowledge.rules)}
            _send(self._child.stdin, places | {"added": len(self._added)}, b"")
            for name, triples in self._added:
                _send(self._child.stdin, {"name": name}, triples)
            _receive(self._child.stdout)  # it has loaded: only now does the time of a query run
        return self._child


def _stop(child: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    child.kill()


def serve(source: IO[bytes], target: IO[bytes]) -> None:
    """Answer what the parent asks until it hangs up."""
    _limit_memory()
    head, _ = _receive(source)
    added = [_receive(source) for _ in range(head["added"])]
    knowledge = Knowledge(Path(head["ontology"]), Path(head["rules"]))
    dataset = Dataset(knowledge, [(told["name"], _triples(triples)) for told, triples in added])
    len(dataset.store)
    _send(target, {}, b"")
    while True:
        try:
            told, text = _receive(source)
        except EOFError:
            return
        _reply(target, told, text.decode(), dataset)


def _reply(target: IO[bytes], told: Mapping[str, Any], text: str, dataset: Dataset) -> None:
    bindings = {name: term_written(written) for name, written in told["bindings"].items()}
    try:
        found = answer(text, dataset, bindings, limit=told["limit"], engine=told["engine"])
    except HyteError as error:
        kind = next(name for name, known in _ERRORS.items() if isinstance(error, known))
        _send(target, {"error": kind, "message": error.message.as_dict()}, b"")
    else:
        _send(target, {"is_graph": isinstance(found, Triples)}, packed(found))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def _send(pipe: IO[bytes] | None, head: Mapping[str, Any], body: bytes) -> None:
    assert pipe is not None  # noqa: S101
    pipe.write(json.dumps({**head, "bytes": len(body)}).encode() + b"\n" + body)
    pipe.flush()


def _receive(pipe: IO[bytes] | None) -> tuple[dict[str, Any], bytes]:
    assert pipe is not None  # noqa: S101
    line = pipe.readline()
    if not line.endswith(b"\n"):
        raise EOFError
    head = json.loads(line)
    body = pipe.read(head["bytes"])
    if len(body) < head["bytes"]:
        raise EOFError
    return head, body


def _ntriples(triples: Iterable[Triple]) -> bytes:
    return pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _triples(data: bytes) -> list[Triple]:
    return [quad.triple for quad in pyoxigraph.parse(data, format=RdfFormat.N_TRIPLES)]
