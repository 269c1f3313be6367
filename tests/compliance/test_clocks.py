"""Three clocks: law as of, facts as of, known as of."""

from __future__ import annotations

from datetime import date

from tests.conftest import verdict

NEGOTIATED = """\
schema_version: '1.0'
reference_date: "2025-12-31"
organisation: {id: kainuu, type: wellbeing_services_county}
negotiations:
  - id: n1
    year: "2024"
    date: "2024-05-10"
    legal_basis: 612/2021 7 §
    evidence_state: held
    certainty: high
    registered_on: "2025-01-20"
    sources: [s1]
sources:
  - id: s1
    title: minutes
"""
NORM = "cty-7-4-s4-annual-negotiation"


def test_a_negotiation_counts_for_its_year(check):
    assert verdict(check(NEGOTIATED), NORM, "2024").outcome == "fulfilled"
    assert verdict(check(NEGOTIATED), NORM, "2023").outcome == "evidence-missing"


def test_what_was_registered_in_january_was_not_known_in_december(check):
    made = check(NEGOTIATED, on="2025-02-01", known_on=date(2024, 12, 31))
    assert verdict(made, NORM, "2024").outcome == "evidence-missing"
    assert verdict(check(NEGOTIATED, on="2025-02-01"), NORM, "2024").outcome == "fulfilled"


def test_what_happens_after_the_day_is_no_evidence_on_the_day(check):
    text = NEGOTIATED.replace('    registered_on: "2025-01-20"\n', "")
    assert verdict(check(text, on="2024-05-09"), NORM, "2024").outcome == "not-yet-due"
    assert verdict(check(text, on="2024-05-10"), NORM, "2024").outcome == "fulfilled"


def test_a_month_is_no_day_on_which_something_surely_has_happened(check):
    text = NEGOTIATED.replace('"2024-05-10"', '"2024-05"').replace('    registered_on: "2025-01-20"\n', "")
    assert verdict(check(text, on="2024-05-15"), NORM, "2024").outcome == "not-yet-due"
    assert verdict(check(text, on="2024-05-31"), NORM, "2024").outcome == "fulfilled"


def test_a_month_that_straddles_two_periods_counts_for_neither(check):
    text = """\
schema_version: '1.0'
reference_date: "2025-12-31"
organisation: {id: kainuu, type: wellbeing_services_county}
council_terms:
  - {id: t1, number: 1, start: "2022-03-01", end: "2025-05-31", basis: statute}
documents:
  - {id: d1, kind: welfare_report_and_plan, council_term: t1, certainty: high, sources: [s1]}
decisions:
  - {id: x1, document: d1, organ_kind: council, date: "2025", type: approved, certainty: high, sources: [s1]}
sources: [{id: s1, title: minutes}]
"""
    assert verdict(check(text), "cty-7-3-s3-term-report", "term-2022-2025").outcome == "evidence-missing"
    known = text.replace('date: "2025",', 'date: "2025-05",')
    assert verdict(check(known), "cty-7-3-s3-term-report", "term-2022-2025").outcome == "fulfilled"


def test_declared_completeness_turns_silence_into_overdue_only_once_the_year_has_closed(check):
    text = NEGOTIATED + 'completeness:\n  - {subject: annual_negotiation, year: "2025"}\n'
    assert verdict(check(text, on="2025-12-30"), NORM, "2025").outcome == "not-yet-due"
    assert verdict(check(text, on="2025-12-31"), NORM, "2025").outcome == "overdue"
    assert verdict(check(text, on="2025-12-31"), NORM, "2023").outcome == "evidence-missing"


def test_a_stated_no_is_not_silence(check):
    text = NEGOTIATED + f'answers:\n  - {{norm: {NORM}, year: "2023", answer: "no"}}\n'
    assert verdict(check(text), NORM, "2023").outcome == "not-fulfilled"
    assert verdict(check(text), NORM, "2025").outcome == "evidence-missing"


def test_a_yes_needs_a_source(check):
    yes = f'answers:\n  - {{norm: {NORM}, year: "2023", answer: "yes", sources: [s1]}}\n'
    assert verdict(check(NEGOTIATED + yes), NORM, "2023").outcome == "fulfilled"
    bare = yes.replace(", sources: [s1]", "")
    assert verdict(check(NEGOTIATED + bare), NORM, "2023").outcome == "evidence-missing"


def test_a_person_settles_what_needs_judgement(check):
    norm = "cty-7-1-s1-promote-wellbeing"
    text = NEGOTIATED + "monitoring:\n  - {id: m1, kind: yearly_report, certainty: high, sources: [s1]}\n"
    assert verdict(check(text), norm, "standing").outcome == "needs-judgement"
    judged = text + (
        f"judgements:\n  - norm: {norm}\n    outcome: fulfilled\n    role: auditor\n"
        '    date: "2025-06-01"\n    reason: seen\n    sources: [s1]\n'
    )
    found = verdict(check(judged), norm, "standing")
    assert found.outcome == "fulfilled"
    assert any("auditor" in reason.en for reason in found.reasons)
