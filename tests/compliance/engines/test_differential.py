"""The project's own engine and pySHACL find the same in random data by random shapes."""

from __future__ import annotations

from hypothesis import HealthCheck, given, reject, settings, target
from rdflib import Graph

from hyte_graph.compliance.engines import engine
from hyte_graph.errors import UndecidedError
from tests.compliance.engines.random_shapes import data_graphs, shapes_graphs
from tests.conftest import HARD


@settings(
    max_examples=2000 if HARD else 120,
    deadline=None,
    derandomize=not HARD,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=data_graphs(), shapes=shapes_graphs())
def test_both_engines_find_the_same_by_random_shapes(data: Graph, shapes: Graph):
    ours = engine("hyte").validate(data, shapes)
    try:
        theirs = engine("pyshacl").validate(data, shapes)
    except UndecidedError:  # pySHACL fails where it words a finding on some literals: nothing to compare with
        reject()
    target(float(len(ours)))
    assert ours == theirs
