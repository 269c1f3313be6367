"""The children of an endpoint, which can open no file, answer what needs modules that others import late."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from hyte_graph.isolation import Limits, Message, Pool
from hyte_graph.store.answers import Rows, Triples, unpacked
from hyte_graph.store.dataset import Dataset
from hyte_graph.store.published import publish

P, Q = NamedNode("urn:x:p"), NamedNode("urn:x:q")
THINGS = [NamedNode(f"urn:x:n{number}") for number in range(4)]


class Small(Dataset):
    def __init__(self) -> None:
        self.store = Store()
        graph = NamedNode("urn:x:g")
        self.store.extend(Quad(thing, P, Literal(number), graph) for number, thing in enumerate(THINGS))
        self.store.add(Quad(THINGS[0], Q, THINGS[1], graph))


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pool]:
    home = publish(Small(), "small", tmp_path_factory.mktemp("stores"))
    limits = Limits(opens_files=False)
    with Pool("hyte_graph.store.serving:serving", Message({"store": str(home)}), limits=limits) as made:
        yield made


def asked(pool: Pool, text: str) -> Rows | Triples:
    body = text.encode()
    found = pool.call(Message({"text": len(body), "limit": 100, "form": None}, body), 20)
    answer = unpacked(found.body, is_graph=found.head["is_graph"])
    assert isinstance(answer, Rows | Triples)
    return answer


def test_a_child_without_files_reads_exists(pool: Pool) -> None:
    text = "SELECT ?a { ?a <urn:x:p> ?n FILTER(?n > 0 && NOT EXISTS { ?b <urn:x:q> ?a . ?b <urn:x:p> ?m }) }"
    assert {row[0] for row in asked(pool, text).rows} == {THINGS[2], THINGS[3]}


def test_a_child_without_files_writes_triples(pool: Pool) -> None:
    found = asked(pool, "CONSTRUCT { ?b <urn:x:q> ?a } WHERE { ?a <urn:x:q> ?b }")
    assert [str(triple) for triple in found.triples] == ["<urn:x:n1> <urn:x:q> <urn:x:n0>"]


def test_a_child_without_files_sees_what_is_added(pool: Pool) -> None:
    added = b"<urn:x:n9> <urn:x:q> <urn:x:n3> .\n"
    body = b"SELECT ?a ?b { ?a <urn:x:q> ?b }"
    about = {"key": "one", "graphs": [{"name": "urn:x:h", "bytes": len(added)}]}
    told = {"text": len(body), "limit": 100, "form": None, "about": about}
    found = unpacked(pool.call(Message(told, body + added), 20).body, is_graph=False)
    assert isinstance(found, Rows)
    assert {row[0] for row in found.rows} == {THINGS[0], NamedNode("urn:x:n9")}
    assert len(asked(pool, body.decode())) == 1
