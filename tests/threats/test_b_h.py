"""A graph made to be hard to put in a canonical order costs no time (row H6)."""

from __future__ import annotations

import time

import pytest

from hyte_graph.bundle.make import bundle
from hyte_graph.errors import HyteError
from tests.bundle.conftest import ASKED


@pytest.mark.threat("H6")
@pytest.mark.parametrize("count", [8, 10])
def test_a_clique_of_nodes_without_names_is_refused_at_once(knowledge, count) -> None:
    pairs = [(one, other) for one in range(count) for other in range(count) if one != other]
    clique = "".join(f"_:n{one} <https://example.org/p> _:n{other} .\n" for one, other in pairs)
    began = time.monotonic()
    with pytest.raises(HyteError):
        bundle([[(clique.encode(), "clique.ttl")]], ASKED, knowledge)
    assert time.monotonic() - began < 5
