"""The mutation test of the rules: every constraint that is taken out or changed is noticed by some case."""

from __future__ import annotations

import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH

from hyte_graph.compliance.cases import read_cases
from hyte_graph.compliance.engines import engine
from hyte_graph.compliance.mutants import Mutant, mutants
from hyte_graph.compliance.mutation import Bench, MutationResult, survivors
from hyte_graph.store.terms import HYTE
from tests.conftest import HARD

NO_CONSTRAINT = {
    SH.path,
    SH.alternativePath,
    SH.inversePath,
    SH.zeroOrOnePath,
    SH.message,
    SH.severity,
    SH.qualifiedValueShape,  # goes with its minimum or maximum
    SH.select,
    SH.prefixes,
    SH.declare,
    SH.prefix,
    SH.namespace,
}


@pytest.fixture(scope="module")
def result(knowledge) -> MutationResult:
    return survivors(knowledge)


@pytest.fixture(scope="module")
def every_mutant(knowledge):
    return tuple(mutants(knowledge.shapes))


def test_no_mutant_survives(result):
    assert not [str(mutant) for mutant in result.survivors]
    assert result.killed + len(result.equivalent) == result.total


def test_every_constraint_and_target_is_taken_out_once(every_mutant, knowledge):
    touched = {triple for mutant in every_mutant for triple in mutant.removed}
    constraints = {triple for triple in knowledge.shapes if triple[1] in SH and triple[1] not in NO_CONSTRAINT}
    assert constraints
    assert constraints <= touched


def test_nothing_but_what_shacl_evaluates_is_changed(every_mutant):
    changed = {triple[1] for mutant in every_mutant for triple in (*mutant.removed, *mutant.added)}
    assert not [predicate for predicate in changed if predicate in HYTE]
    assert not changed & {SH.message, SH.severity, RDF.type}


def test_a_mutant_differs_from_the_rules_by_its_change_only(every_mutant, knowledge):
    mutant = next(item for item in every_mutant if item.added)
    changed = mutant.applied(knowledge.shapes)
    assert set(knowledge.shapes) - set(changed) == set(mutant.removed)
    assert set(changed) - set(knowledge.shapes) == set(mutant.added)


def test_mutants_survive_where_the_cases_that_notice_them_are_missing(knowledge):
    few = [case for case in read_cases(knowledge) if not case.name.rsplit("/", 1)[-1].startswith("near-miss")]
    assert survivors(knowledge, cases=few, every=100).survivors
    assert survivors(knowledge, cases=(), every=200).killed == 0


def test_a_mutant_changes_what_another_engine_finds_too(every_mutant, knowledge):
    data = Graph(bind_namespaces="none")
    for case in read_cases(knowledge):
        data += case.data
    second = engine("shacl")
    before = second.validate(data, knowledge.shapes)
    for mutant in every_mutant[7::150] if HARD else every_mutant[7:8]:
        assert second.validate(data, mutant.applied(knowledge.shapes)) != before, str(mutant)


def test_no_case_notices_a_mutant_that_changes_nothing(knowledge):
    bench = Bench(knowledge.shapes, read_cases(knowledge))
    targeted = sorted(set(knowledge.shapes.subjects(SH.targetClass)))
    for node in targeted:
        assert not bench.kills(Mutant(str(node), "nothing", ((node, SH.deactivated, RDF.nil),)))
