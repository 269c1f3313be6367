"""Rows are written in JSON as the standard library would write them, and come back as they were."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from hyte_graph.store.answers import Rows, Term, packed, unpacked

SIGNS = 'aé"\\\n\t\x00\x7f\u2028\U0001f600/<&'


def value(term: Term) -> dict[str, str]:
    """Return a term as the standard tells (SPARQL 1.1 Query Results JSON Format, 3.2.2)."""
    if isinstance(term, Literal):
        told = {"type": "literal", "value": term.value}
        if term.language:
            return {**told, "xml:lang": term.language}
        is_plain = term.datatype == NamedNode("http://www.w3.org/2001/XMLSchema#string")
        return told if is_plain else {**told, "datatype": term.datatype.value}
    return {"type": "uri" if isinstance(term, NamedNode) else "bnode", "value": term.value}


def by_library(rows: Rows) -> bytes:
    pairs = (zip(rows.variables, row, strict=True) for row in rows.rows)
    found: dict[str, Any] = {
        "head": {"vars": list(rows.variables)},
        "results": {"bindings": [{name: value(term) for name, term in row if term is not None} for row in pairs]},
    }
    return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"


def random_term(chance: Random) -> Term | None:
    text = "".join(chance.choices(SIGNS, k=chance.randint(0, 6)))
    kinds: list[Term | None] = [
        NamedNode(f"urn:x:{chance.randint(0, 9)}"),
        BlankNode(f"b{chance.randint(0, 9)}"),
        Literal(text),
        Literal(text, language="fi-FI"),
        Literal(chance.randint(-9, 9)),
        Literal(text, datatype=NamedNode("urn:x:kind")),
        None,
    ]
    return chance.choice(kinds)


@pytest.mark.parametrize("seed", range(40))
def test_random_rows_are_written_as_the_standard_library_writes_them(seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    names = tuple("abc"[: chance.randint(0, 3)])
    count = chance.choice((0, 1, 2, 9))
    rows = Rows(names, tuple(tuple(random_term(chance) for _ in names) for _ in range(count)))
    assert rows.written("json") == by_library(rows)
    assert unpacked(packed(rows), is_graph=False) == rows
