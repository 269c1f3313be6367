"""The law, the rules and descriptions read out of another store give the same verdicts and answers."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store, Triple

from hyte_graph.cli.main import main
from hyte_graph.errors import RemoteError
from hyte_graph.store.answers import Rows, Triples
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.fetched import fetch_graph
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.versions import content_digest
from hyte_graph.vocabulary import description_base, iri
from tests.conftest import ROOT, lacks
from tests.store.test_remote import PROGRAM, free_port

COUNTY = ROOT / "examples" / "vantaa-kerava.yaml"
HOME = description_base("vantaa-kerava")
CHECK = ["check", "--on", "2025-12-31", "--format", "json", "--lang", "en"]


@contextmanager
def serving(store: Store, folder: Path) -> Iterator[str]:
    """Start an Oxigraph server that holds what a store holds."""
    if PROGRAM is None:
        lacks("oxigraph is not installed")
    store.dump(str(folder / "graph.nq"), format=RdfFormat.N_QUADS)
    home = folder / "store"
    subprocess.run([PROGRAM, "load", "-l", home, "-f", folder / "graph.nq"], check=True, capture_output=True)
    bind = f"127.0.0.1:{free_port()}"
    server = subprocess.Popen([PROGRAM, "serve-read-only", "-l", home, "--bind", bind], stderr=subprocess.DEVNULL)
    for _ in range(100):
        try:
            urlopen(f"http://{bind}/", timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    try:
        yield f"http://{bind}/query"
    finally:
        server.kill()
        server.wait()


@pytest.fixture(scope="module")
def described(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("described") / "county.ttl"
    assert main(["convert", str(COUNTY), str(path)]) == 0
    return path


@pytest.fixture(scope="module")
def whole(knowledge: Knowledge, described: Path, tmp_path_factory) -> Iterator[str]:
    """Yield the address of a store that holds the law, the rules and a description."""
    store = Store()
    store.bulk_extend(Dataset(knowledge).store)
    store.load(path=str(described), format=RdfFormat.TURTLE, to_graph=NamedNode(HOME))
    with serving(store, tmp_path_factory.mktemp("whole")) as address:
        yield address


def verdicts(output: str) -> list[tuple[str, str, str]]:
    return [(item["norm"], str(item.get("period")), item["outcome"]) for item in json.loads(output)["verdicts"]]


@pytest.fixture(scope="module")
def here() -> str:
    """Return the report on the file by the shipped law."""
    with pytest.MonkeyPatch.context() as patch:
        written: list[str] = []
        patch.setattr("hyte_graph.cli.check.write", lambda content, _: written.append(content))
        assert main([*CHECK, str(COUNTY)]) == 0
    return written[0]


def test_law_rules_and_description_of_a_store_give_the_same_verdicts(whole: str, here: str, capsys) -> None:
    assert main([*CHECK, HOME, "--store", whole]) == 0
    there = capsys.readouterr().out
    assert verdicts(here) == verdicts(there)
    assert len(verdicts(there)) > 100
    shipped = content_digest("ontology")
    assert (shipped in here, shipped in there) == (True, False), "the digest is that of what was read"


def test_a_store_without_the_law_is_told_and_the_law_of_here_is_used(
    described: Path, here: str, tmp_path, capsys
) -> None:
    store = Store()
    store.load(path=str(described), format=RdfFormat.TURTLE, to_graph=NamedNode(HOME))
    with serving(store, tmp_path) as address:
        assert main([*CHECK, HOME, "--store", address]) == 0
        there = capsys.readouterr()
        assert main([*CHECK, f"{HOME}other/", "--store", address]) == 2
    assert verdicts(here) == verdicts(there.out)
    assert "neither the law nor the rules" in there.err
    assert "There is no graph" in capsys.readouterr().err


@pytest.mark.hard  # reads the whole store once more
def test_a_question_is_answered_here_with_the_graphs_of_a_store(whole: str, capsys) -> None:
    call = ["query", "count-of-norms-by-act", "--format", "csv"]
    assert main([*call, "--store", whole, "--fetch"]) == 0
    there = capsys.readouterr().out
    assert main(call) == 0
    assert capsys.readouterr().out == there
    assert main([*call, "--fetch"]) == 2


class _Part:
    """A store that hands out less than it says it holds."""

    address = "http://127.0.0.1:9/query"

    def answer(self, text: str, *_: object, **__: object) -> Rows | Triples:
        one = Triple(BlankNode("a"), NamedNode("urn:x:p"), Literal("1"))
        if text.startswith("CONSTRUCT"):
            return Triples((one,))
        return Rows(("g", "n"), ((NamedNode(iri("module", "core")), Literal(2)),))


def test_a_graph_that_comes_cut_off_is_an_error() -> None:
    with pytest.raises(RemoteError, match="cuts answers at 1 rows"):
        fetch_graph(_Part(), iri("module", "core"), 9)  # type: ignore[arg-type]
