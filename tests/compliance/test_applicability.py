"""Whom a norm binds on a day: the traps of the special positions, each with its citation."""

from __future__ import annotations

from datetime import date

import pytest

from hyte_graph.compliance.applicability import applicability


def state(knowledge, norm, actor, on="2025-12-31"):
    return applicability(knowledge.norms[norm], knowledge.actors[actor], date.fromisoformat(on), knowledge)


def test_section_7_does_not_bind_helsinki_and_two_acts_say_so(knowledge):
    found = state(knowledge, "cty-7-3-s2-annual-report", "helsinki")
    assert found.state == "not-applicable"
    assert "612/2021 s. 1(3)" in found.reasons[0].en
    assert "615/2021 s. 2(2)" in found.reasons[0].en


def test_helsinki_has_its_own_yearly_negotiation_instead(knowledge):
    assert state(knowledge, "hel-6-5-s4-annual-negotiation", "helsinki").state == "applies"
    assert state(knowledge, "mun-6-4-s4-take-part-in-negotiation", "helsinki").state == "not-applicable"
    assert state(knowledge, "hel-6-5-s4-annual-negotiation", "espoo").state == "not-applicable"


def test_hus_has_its_own_section(knowledge):
    assert state(knowledge, "hus-8-3-s2-annual-report", "hus").state == "applies"
    found = state(knowledge, "cty-7-3-s2-annual-report", "hus")
    assert found.state == "not-applicable"
    assert "615/2021" in found.reasons[0].en


def test_hus_makes_no_report_and_plan_of_its_own(knowledge):
    for norm in ("mun-6-3-s3-term-report", "cty-7-3-s3-term-plan"):
        assert state(knowledge, norm, "hus").state == "not-applicable"


def test_a_provision_extended_by_reference_binds_hus_and_says_why(knowledge):
    found = state(knowledge, "wsc-34-1-communication", "hus")
    assert found.state == "applies"
    assert any("611/2021 s. 69(1)" in reason.en for reason in found.reasons)


@pytest.mark.parametrize(
    ("actor", "wanted"), [("lansi-uusimaa", "applies"), ("pohjanmaa", "not-applicable"), ("helsinki", "not-applicable")]
)
def test_the_uusimaa_norms_bind_uusimaa_only(actor, wanted, knowledge):
    assert state(knowledge, "uus-cty-7-5-s3-negotiate-with-hus", actor).state == wanted


@pytest.mark.parametrize(
    ("actor", "wanted"), [("pohjanmaa", "applies"), ("kainuu", "not-applicable"), ("hus", "applies")]
)
def test_the_language_board_binds_bilingual_organisations(actor, wanted, knowledge):
    assert state(knowledge, "wsc-33-national-language-board", actor).state == wanted


def test_the_sami_language_board_binds_lapland_only(knowledge):
    binding = {
        slug
        for slug, actor in knowledge.actors.items()
        if actor.type == "WellbeingServicesCounty"
        and state(knowledge, "wsc-33-6-sami-language-board", slug).state == "applies"
    }
    assert binding == {"lappi"}


@pytest.mark.parametrize(
    ("norm", "actor", "last_day_without", "first_day_with"),
    [
        ("cty-7-2-s3-name-responsible-party", "kainuu", "2022-02-28", "2022-03-01"),
        ("cty-7-3-s1-monitor", "kainuu", "2022-12-31", "2023-01-01"),
        ("mun-6-2-s4-name-responsible-party", "espoo", "2022-12-31", "2023-01-01"),
        ("mun-6-2-s4-name-responsible-party", "helsinki", "2022-02-28", "2022-03-01"),
        ("wsc-32-1-set-influence-bodies", "kainuu", "2022-02-28", "2022-03-01"),
        ("int-49-1-county", "kainuu", "2024-12-31", "2025-01-01"),
    ],
)
def test_in_force_is_not_the_same_as_applicable(norm, actor, last_day_without, first_day_with, knowledge):
    assert state(knowledge, norm, actor, last_day_without).state == "not-in-force"
    assert state(knowledge, norm, actor, first_day_with).state == "applies"


def test_local_promises_speak_to_western_uusimaa_only(knowledge):
    assert state(knowledge, "guidance-early-support", "lansi-uusimaa").state == "applies"
    assert state(knowledge, "guidance-early-support", "pirkanmaa").state == "not-applicable"


def test_no_norm_binds_an_aland_municipality(knowledge):
    aland = [slug for slug, actor in knowledge.actors.items() if "aland-municipality" in actor.kinds]
    assert len(aland) == 16
    for slug in aland:
        for norm in knowledge.norms:
            if knowledge.norms[norm].is_duty:
                assert state(knowledge, norm, slug).state != "applies", (slug, norm)


def test_incentives_and_drafts_are_no_duties(knowledge):
    for norm in knowledge.norms.values():
        if norm.kind in ("Incentive", "DraftNorm", "Permission", "Competence", "ScopeRule", "DefinitionNorm", "Right"):
            assert not norm.is_duty
