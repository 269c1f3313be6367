"""What cannot be judged is refused with its exact sentence and exit code, and nothing is ever fulfilled by it."""

from __future__ import annotations

import pytest

from hyte_graph.errors import FilingError, HyteError, UndecidedError
from tests.conftest import EXAMPLES, verdict


def head(actor: str, kind: str) -> str:
    return f"schema_version: '1.0'\norganisation:\n  id: {actor}\n  type: {kind}\n"


def refused(check, text: str) -> HyteError:
    with pytest.raises(HyteError) as caught:
        check(text)
    return caught.value


def test_an_empty_description_fulfils_nothing(check):
    made = check(head("kainuu", "wellbeing_services_county"))
    assert not made.states_facts
    assert made.summary()["fulfilled"] == made.summary()["partly-fulfilled"] == 0
    assert made.summary()["not-fulfilled"] == made.summary()["overdue"] == 0
    assert made.summary()["evidence-missing"] > 0


def test_a_missing_type_is_an_error(check):
    error = refused(check, "schema_version: '1.0'\norganisation:\n  id: kainuu\n")
    assert isinstance(error, FilingError)
    assert error.message.en == "test.yaml: the type of the organisation is missing; give organisation.type."


def test_a_renamed_property_is_an_error(check):
    text = (EXAMPLES / "paijat-hame.yaml").read_text(encoding="utf-8").replace("organ_kind:", "organ_type:", 1)
    error = refused(check, text)
    assert error.exit_code == 3
    line = text[: text.index("organ_type:")].count("\n") + 1
    assert error.message.en == f'test.yaml, line {line}: unknown key "organ_type"; the nearest known is "organ_kind".'


def test_an_unknown_actor_is_an_error_with_the_nearest_name(check):
    error = refused(check, head("kainu", "wellbeing_services_county"))
    assert error.exit_code == 3
    assert error.message.en == (
        'test.yaml: no organisation "kainu" in the registers; the nearest known is "kainuu"; '
        "set fictitious: true for an invented one."
    )


def test_an_actor_of_another_type_is_an_error(check):
    error = refused(check, head("espoo", "wellbeing_services_county"))
    assert error.exit_code == 3
    assert error.message.en == (
        "test.yaml: Espoo is not a wellbeing services county; mend organisation.type or organisation.id."
    )


def test_helsinki_is_no_ordinary_municipality(check):
    assert refused(check, head("helsinki", "municipality")).exit_code == 3


def test_an_aland_municipality_cannot_be_judged(check):
    error = refused(check, head("jomala", "municipality"))
    assert isinstance(error, UndecidedError)
    assert error.exit_code == 4
    assert error.message.en == (
        "Jomala lies in Åland, which legislates on these matters itself: no norm of this graph binds it."
    )


def test_hus_is_judged_by_its_own_section(check):
    made = check(head("hus", "joint_authority"))
    assert verdict(made, "hus-8-3-s2-annual-report", "2024").outcome == "evidence-missing"
    assert verdict(made, "cty-7-3-s2-annual-report").outcome == "not-applicable"
    assert made.summary()["fulfilled"] == 0


def test_helsinki_is_judged_by_its_own_rules(check):
    made = check(head("helsinki", "city_with_own_organising_responsibility"))
    assert verdict(made, "hel-6-5-s4-annual-negotiation", "2024").outcome == "evidence-missing"
    assert verdict(made, "mun-6-3-s4a-deliver-to-county").outcome == "not-applicable"
    assert made.summary()["fulfilled"] == 0


def test_a_fact_without_a_type_is_no_evidence(check):
    text = head("kainuu", "wellbeing_services_county") + (
        "documents:\n  - id: d1\n    title_fi: Hyvinvointisuunnitelma\n    status_at_reference_date: in_force\n"
    )
    made = check(text)
    assert made.summary()["fulfilled"] == 0
