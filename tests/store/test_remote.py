"""The graph in another SPARQL 1.1 store gives the same answers, and its failures are errors."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.request import urlopen

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat

from hyte_graph.cli.main import main
from hyte_graph.errors import ForbiddenError, HyteError, LimitError, RemoteError, UsageError
from hyte_graph.store.answers import Rows
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.questions import read_questions
from hyte_graph.store.remote import Remote
from hyte_graph.store.sparql import Scope, answer
from hyte_graph.vocabulary import iri
from tests.conftest import HARD, lacks

PROGRAM = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
SAMPLE = 1 if HARD else 12


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as made:
        return int(made.getsockname()[1])


@pytest.fixture(scope="module")
def dataset(knowledge: Knowledge) -> Dataset:
    return Dataset(knowledge)


@pytest.fixture(scope="module", params=[[], ["--union-default-graph"]], ids=["graphs", "union"])
def address(request, dataset: Dataset, tmp_path_factory) -> Iterator[str]:
    """Start an Oxigraph server that holds the graph, with an empty default graph or the union of all."""
    union = request.param
    if PROGRAM is None:
        lacks("oxigraph is not installed")
    folder = tmp_path_factory.mktemp("oxigraph")
    dataset.store.dump(str(folder / "graph.nq"), format=RdfFormat.N_QUADS)
    subprocess.run(
        [PROGRAM, "load", "-l", folder / "store", "-f", folder / "graph.nq"], check=True, capture_output=True
    )
    port = free_port()
    bind = f"127.0.0.1:{port}"
    server = subprocess.Popen(
        [PROGRAM, "serve-read-only", "-l", folder / "store", "--bind", bind, "--timeout-s", "15", *union],
        stderr=subprocess.DEVNULL,
    )
    for _ in range(100):
        try:
            urlopen(f"http://{bind}/", timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    yield f"http://{bind}/query"
    server.kill()
    server.wait()


@pytest.fixture(scope="module")
def remote(address: str) -> Remote:
    return Remote(address)


def sorted_rows(found) -> list[str]:
    return sorted(str(row) for row in found.rows)


def test_saved_questions_have_the_same_answers_there(remote: Remote, dataset: Dataset, knowledge: Knowledge) -> None:
    asked = 0
    for question in list(read_questions(knowledge).values())[::SAMPLE]:
        if question.needs_description or any(item.name != "language" for item in question.parameters):
            continue
        bindings = {"language": Literal("sv")}
        here = answer(question.sparql, dataset, bindings, limit=10_000)
        there = remote.answer(question.sparql, bindings, seconds=60, limit=10_000)
        assert isinstance(here, Rows)
        assert sorted_rows(here) == sorted_rows(there), question.slug
        asked += 1
    assert asked >= 5


def test_triples_and_truths_come_back_too(remote: Remote, dataset: Dataset) -> None:
    for text in ("CONSTRUCT WHERE { term:interface skos:prefLabel ?label }", "ASK { ?term a skos:Concept }"):
        bindings = {"term": NamedNode(iri("term", "interface"))}
        form = "nt" if text.startswith("CONSTRUCT") else "json"
        here, there = answer(text, dataset, bindings, limit=9), remote.answer(text, bindings, seconds=30, limit=9)
        assert here.written(form) == there.written(form)


def test_a_module_may_be_asked_alone_there_too(remote: Remote, dataset: Dataset) -> None:
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ ?s ?p ?o }}"
    one = Scope(default=(iri("module", "core"),), is_given=True)
    here = answer(count.format(""), dataset, limit=1, scope=one)
    if remote._is_whole:  # this server then answers from all graphs, whatever the query names
        with pytest.raises(RemoteError, match="does not heed"):
            remote.answer(count.format("FROM module:core"), {}, seconds=30, limit=1)
        return
    assert here == remote.answer(count.format(""), {}, seconds=30, limit=1, scope=one)
    assert here == remote.answer(count.format("FROM module:core"), {}, seconds=30, limit=1)


def test_the_same_rules_hold_there(remote: Remote) -> None:
    with pytest.raises(ForbiddenError, match="not allowed"):
        remote.answer("CLEAR ALL", {}, seconds=9, limit=9)
    with pytest.raises(ForbiddenError, match="no graph"):
        remote.answer("SELECT * FROM <http://127.0.0.1:9/> { ?s ?p ?o }", {}, seconds=9, limit=9)
    with pytest.raises(UsageError, match="no valid SPARQL"):
        remote.answer("SELEC", {}, seconds=9, limit=9)
    with pytest.raises(LimitError, match="more than 3 rows"):
        remote.answer("SELECT * { ?s a skos:Concept }", {}, seconds=30, limit=3)


def test_the_command_asks_there(address: str, capsys) -> None:
    assert main(["query", "norms-not-verified", "--format", "csv", "--store", address]) == 0
    there = capsys.readouterr().out
    assert main(["query", "norms-not-verified", "--format", "csv"]) == 0
    assert capsys.readouterr().out == there
    assert main(["query", "ASK {}", "--store", address, "--engine", "rdflib"]) == 2
    assert main(["query", "ASK {}", "--store", "http://127.0.0.1:9/query"]) == 5
    assert "cannot be reached" in capsys.readouterr().err


GRAPHS = b'{"head":{"vars":["g"]},"results":{"bindings":[{"g":{"type":"uri","value":"https://w3id.org/hyte-graph/id/module/core"}}]}}'


class _Bad(BaseHTTPRequestHandler):
    """A store that answers wrongly, in the way that its path names."""

    asked: int = 0

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if b"COUNT" in body:
            self.reply(200, b'{"head":{"vars":["n"]},"results":{"bindings":[]}}')
        elif b"DISTINCT" in body:
            self.reply(200, GRAPHS)
        elif self.path == "/cut":
            self.reply(200, b'{"head":{"vars":["s"]},"results":{"bindings":[operation has been cancelled')
        elif self.path == "/capped":
            rows = b",".join(b'{"s":{"type":"literal","value":"%d"}}' % number for number in range(5))
            self.reply(
                200, b'{"head":{"vars":["s"]},"results":{"bindings":[' + rows + b"]}}", ("X-SPARQL-MaxRows", "5")
            )
        elif self.path == "/late":
            time.sleep(0.6)
            self.reply(200, b"")
        elif self.path == "/away":
            self.reply(302, b"", ("Location", "http://127.0.0.1:9/"))
        elif self.path == "/broken":
            self.reply(500, b"out of order")
        else:
            self.reply(200, b"<html></html>", kind="text/html")

    def reply(
        self, status: int, body: bytes, *headers: tuple[str, str], kind: str = "application/sparql-results+json"
    ) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Write nothing."""


@pytest.fixture(scope="module")
def bad() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Bad)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "kind", "message"),
    [
        ("/cut", RemoteError, "cut off"),
        ("/page", RemoteError, "text/html"),
        ("/capped", LimitError, "at 5 rows"),
        ("/away", RemoteError, "leads on to http://127.0.0.1:9/"),
        ("/broken", RemoteError, "the error 500: out of order"),
    ],
)
def test_a_store_that_answers_wrongly_is_an_error_and_never_a_smaller_answer(bad, path, kind, message) -> None:
    with pytest.raises(kind, match=message):
        Remote(bad + path).answer("SELECT ?s { ?s ?p ?o }", {}, seconds=9, limit=100)


def test_a_store_that_answers_late_is_not_waited_for(bad) -> None:
    remote = Remote(f"{bad}/late")
    assert remote.graphs
    with pytest.raises(LimitError, match=r"not done in 0\.2 seconds"):
        remote.answer("SELECT ?s { ?s ?p ?o }", {}, seconds=0.2, limit=100)


@pytest.mark.parametrize("wrong", ["", "nothing", "file:///etc/hosts", "ftp://127.0.0.1/"])
def test_what_is_no_address_of_the_web_is_refused(wrong: str) -> None:
    with pytest.raises(HyteError, match="no address of a store"):
        Remote(wrong).answer("ASK {}", {}, seconds=9, limit=9)
