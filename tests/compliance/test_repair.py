"""The repair of a description: enough to mend every breach, and nothing of it too much."""

from __future__ import annotations

from datetime import date

import pytest

from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.catalogue import read_catalogue
from hyte_graph.compliance.engines import engine
from hyte_graph.compliance.outcomes import BREACHES
from hyte_graph.compliance.repair.needs import Needs
from hyte_graph.compliance.repair.search import Repair, Trial, repair
from hyte_graph.intake.form import context
from hyte_graph.intake.overlay import assume
from hyte_graph.intake.reader import read_description
from hyte_graph.intake.writing import as_yaml
from tests.conftest import verdict

ON = date(2025, 12, 31)
HEAD = """\
schema_version: '1.0'
reference_date: "2025-12-31"
organisation: {id: kainuu, type: wellbeing_services_county}
sources: [{id: s1, title: minutes}]
"""
THREE = (
    HEAD
    + """\
completeness:
  - {subject: annual_negotiation, year: "2024"}
answers:
  - {id: q1, norm: cty-7-2-s1b-define-measures, answer: no}
  - {id: q2, norm: cty-7-1-s1-promote-wellbeing, answer: partly}
  - {norm: wsc-41-1-county-strategy, answer: no}
"""
)


def repaired(knowledge, text, outcomes=BREACHES, on=ON) -> Repair:
    trial = Trial(knowledge, on, None, None, engine("shacl"))
    return repair(read_description(text.encode(), "base.yaml", knowledge), trial, outcomes)


def breaches(knowledge, text, tree=None):
    base = read_description(text.encode(), "base.yaml", knowledge)
    laid = assume(base, [(as_yaml(tree).encode(), "facts.yaml")], knowledge) if tree else base
    made = assess(laid, knowledge, on=ON, checker=engine("shacl"))
    return [item.norm.slug for item in made.verdicts if item.outcome in BREACHES]


def items(tree):
    """Return the facts of a file by their ids, without their sources and terms."""
    sections = {key: value for key, value in tree.items() if isinstance(value, list)}
    return {
        item["id"]: key for key, value in sections.items() if key not in ("sources", "council_terms") for item in value
    }


def without(tree, name):
    section = items(tree)[name]
    return {**tree, section: [item for item in tree[section] if item["id"] != name]}


@pytest.fixture(scope="module")
def three(knowledge):
    return repaired(knowledge, THREE)


def test_three_independent_breaches_need_exactly_three_repairs(three, knowledge):
    assert len(breaches(knowledge, THREE)) == 3
    assert len(three.mended) == len(items(three.tree)) == 3
    assert breaches(knowledge, THREE, three.tree) == []


def test_dropping_any_repair_leaves_exactly_one_breach(three, knowledge):
    for name in items(three.tree):
        assert len(breaches(knowledge, THREE, without(three.tree, name))) == 1


def test_a_denial_of_a_standing_duty_is_replaced_by_its_own_id_even_where_it_has_none(three):
    assert {"q1", "answers-3"} <= items(three.tree).keys()
    assert all("todo" in name for name in items(three.tree) if name not in ("q1", "answers-3"))


def test_every_fact_says_that_it_is_not_yet_true(three):
    for section in set(items(three.tree).values()):
        assert all("not yet true" in item["gloss"] and item["sources"] == "todo-source" for item in three.tree[section])
    assert "TO BE DONE" in three.tree["sources"][0]["title"]


def test_what_had_to_be_done_in_a_closed_year_is_only_to_be_shown(three):
    closed = [fact for fact in three.facts if fact.is_closed(ON)]
    assert [[norm.slug for norm in fact.norms] for fact in closed] == [["cty-7-4-s4-annual-negotiation"]]
    assert three.tree["negotiations"][0]["date"] == "2024"


def test_one_meeting_that_says_so_serves_both_negotiations(knowledge):
    text = HEAD + 'completeness:\n  - {subject: annual_negotiation, year: "2023"}\n  - {subject: term_negotiation}\n'
    found = repaired(knowledge, text)
    assert len(found.mended) == 2
    assert len(items(found.tree)) == 1
    assert set(found.tree["negotiations"][0]["serves"]) == {
        "cty-7-4-s4-annual-negotiation",
        "wsc-14-s1-negotiate-county-municipalities",
    }


def test_nothing_mends_what_the_organisation_itself_denies_of_a_closed_year(knowledge):
    text = HEAD + 'answers:\n  - {norm: cty-7-4-s4-annual-negotiation, year: "2024", answer: no}\n'
    found = repaired(knowledge, text)
    assert [item.norm.slug for item in found.beyond] == ["cty-7-4-s4-annual-negotiation"]
    assert (found.mended, found.unmended, found.facts, found.after) == ((), (), (), None)


def test_a_part_that_is_missing_and_a_judgement_that_nobody_gave_are_mended_on_request(knowledge):
    text = HEAD + (
        "monitoring:\n  - {id: m1, kind: yearly_report, certainty: high, sources: [s1]}\n"
        "negotiations:\n  - {id: n1, date: '2024-05-10', legal_basis: 612/2021, evidence_state: held, certainty: high,"
        " themes: [goals], sources: [s1]}\n"
    )
    assert repaired(knowledge, text).facts == ()
    found = repaired(knowledge, text, BREACHES | {"partly-fulfilled", "needs-judgement"})
    assert found.unmended == found.beyond == ()
    assert {item.outcome for item in found.mended} == {"partly-fulfilled", "needs-judgement"}
    assert verdict(found.after, "cty-7-4-s4-annual-negotiation", "2024").outcome == "fulfilled"
    assert verdict(found.after, "cty-7-1-s1-promote-wellbeing", "standing").settled_by == "judgement"


def test_the_rules_of_every_norm_tell_what_would_meet_them(knowledge):
    catalogue = read_catalogue(knowledge.shape_index)
    needs = Needs(knowledge, catalogue)
    assert [norm for norm in catalogue.by_norm if not needs.of(norm)] == []
    counting = {rule.norm for rule in catalogue.rules.values() if rule.counts and rule.finds == "silence"}
    by_answer_only = [norm for norm in counting if all(thing.is_of("Answer") for thing in needs.of(norm)[0])]
    assert by_answer_only == []


KINDS = {"kainuu": "wellbeing_services_county", "raahe": "municipality", "hus": "joint_authority"}


@pytest.mark.hard  # minutes
@pytest.mark.parametrize("actor", KINDS)
def test_every_duty_of_complete_but_empty_records_is_mended_and_no_fact_is_too_many(actor, knowledge):
    known = dict.fromkeys(context()["completeness"]["@context"]["subject"]["@context"])
    complete = "".join(f"  - {{subject: {subject}}}\n" for subject in known)
    text = HEAD.replace("id: kainuu, type: wellbeing_services_county", f"id: {actor}, type: {KINDS[actor]}")
    found = repaired(knowledge, f"{text}completeness:\n{complete}")
    assert found.mended
    assert found.unmended == found.beyond == ()
    assert not [item for item in found.after.verdicts if item.outcome in BREACHES]
    assert {item.norm.family for item in found.mended} >= {
        "annual-report",
        "cooperation",
        "monitoring",
    } or actor == "hus"
