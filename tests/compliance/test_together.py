from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from rdflib import URIRef

from benchmarks.generator import ON, country
from hyte_graph.compliance.assess import assess, assess_many
from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.engines import engine
from hyte_graph.compliance.engines.compiled.reach import connecting
from hyte_graph.compliance.findings import plan_of_rules
from hyte_graph.compliance.standing import Standing
from hyte_graph.compliance.together import batches
from hyte_graph.errors import FilingError
from hyte_graph.intake.reader import read_description
from tests.conftest import EXAMPLES, HARD, ROOT


@pytest.fixture(scope="module")
def made(knowledge):
    """Return the organisations of a small country with what must come out, and their descriptions."""
    organisations = list(country("small", knowledge))[:: 1 if HARD else 6]
    return [
        (item, read_description(json.dumps(item.value).encode(), f"{item.slug}.json", knowledge))
        for item in organisations
    ]


@pytest.fixture(scope="module")
def real(knowledge):
    files = sorted([*EXAMPLES.glob("*.yaml"), *(ROOT / "tests" / "fixtures").glob("fx-*.yaml")])
    return [read_description(path.read_bytes(), path.name, knowledge) for path in files[:: 1 if HARD else 7]]


def test_every_injected_defect_has_its_outcome(made, knowledge):
    results = assess_many([description for _, description in made], knowledge, on=ON)
    for (item, _), result in zip(made, results, strict=True):
        assert isinstance(result, Assessment)
        found = {f"{v.norm.slug} {v.period.slug}": v.outcome for v in result.verdicts if v.period}
        assert {key: found[key] for key in item.expected} == item.expected
        assert len(item.expected) > 80


def test_many_at_once_have_the_verdicts_of_each_alone(real, made, knowledge):
    descriptions = [*real, *(description for _, description in made)]
    Random(7).shuffle(descriptions)  # noqa: S311
    alone = [assess(description, knowledge, on=ON) for description in descriptions]
    assert list(assess_many(descriptions, knowledge, on=ON)) == alone


def test_one_that_is_refused_does_not_stop_the_others(real, knowledge):
    wrong = replace(real[1], name="wrong.yaml", graph=real[1].graph + real[1].graph)
    wrong.graph.remove((URIRef(real[1].organisation), None, None))
    for triple in list(wrong.graph.triples((None, None, None))):
        if "hasOrganisationType" in triple[1]:
            wrong.graph.remove(triple)
    first, refused, last = assess_many([real[0], wrong, real[2]], knowledge, on=ON)
    assert isinstance(refused, FilingError)
    assert (first, last) == (assess(real[0], knowledge, on=ON), assess(real[2], knowledge, on=ON))


def test_another_engine_checks_each_alone(made, knowledge):
    descriptions = [description for _, description in made[:1]]
    outcomes = [
        [[(verdict.norm.slug, verdict.outcome) for verdict in one.verdicts] for one in found]
        for found in (
            assess_many(descriptions, knowledge, on=ON, checker=engine("shacl")),
            assess_many(descriptions, knowledge, on=ON),
        )
    ]
    assert outcomes[0] == outcomes[1]


def _triples(subject: str, *told: tuple[str, str]):
    return [(URIRef(subject), URIRef(predicate), URIRef(thing)) for predicate, thing in told]


def test_organisations_that_could_see_each_other_come_into_different_runs():
    walked = {"urn:back"}
    alone = {0: _triples("urn:a", ("urn:p", "urn:code")), 1: _triples("urn:b", ("urn:p", "urn:code"))}
    named = {0: _triples("urn:a", ("urn:p", "urn:x")), 1: _triples("urn:b", ("urn:p", "urn:a"))}
    reached = {0: _triples("urn:a", ("urn:back", "urn:x")), 1: _triples("urn:b", ("urn:back", "urn:x"))}
    assert batches(alone, walked) == [[0, 1]]
    assert batches(named, walked) == [[0], [1]]
    assert batches(reached, walked) == [[0], [1]]


def test_the_rules_of_the_project_can_be_tried_on_many_at_once(knowledge):
    walked = connecting(plan_of_rules(knowledge))
    assert walked is not None
    assert {address.rsplit("#", 1)[-1] for address in walked} >= {"concerns", "hasPartner", "ofCounty"}


def test_after_a_change_only_what_changed_is_assessed_again(made, knowledge):
    standing = Standing(knowledge, on=ON)
    item, _ = made[0]
    assert len(standing.update(description for _, description in made)) == len(made)
    assert standing.update(description for _, description in made) == ()
    value = json.loads(json.dumps(item.value))
    answered = next(answer for answer in value["answers"] if answer["answer"] == "yes" and "sources" in answer)
    answered["answer"] = "no"
    changed = read_description(json.dumps(value).encode(), f"{item.slug}.json", knowledge)
    [change] = standing.update([changed, *(description for _, description in made[1:])])
    assert (change.organisation, change.norms) == (item.slug, {answered["norm"]})
    assert standing[item.slug] == assess(changed, knowledge, on=ON)


def test_many_at_once_on_another_day(real, knowledge):
    some, day = real[:2], date(2023, 6, 1)
    assert list(assess_many(some, knowledge, on=day)) == [assess(item, knowledge, on=day) for item in some]
