"""What if: facts that are only assumed, the law of another day, and what persons judged."""

from __future__ import annotations

from datetime import date

import pytest

from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.engines import engine
from hyte_graph.compliance.what_if import assess_what_if
from hyte_graph.errors import FilingError
from hyte_graph.intake.overlay import assume, with_judgements
from hyte_graph.intake.reader import read_description
from tests.conftest import verdict

ON = date(2025, 12, 31)
NEGOTIATION = "cty-7-4-s4-annual-negotiation"
PROMOTE = "cty-7-1-s1-promote-wellbeing"
BASE = """\
schema_version: '1.0'
reference_date: "2025-12-31"
organisation: {id: kainuu, type: wellbeing_services_county}
monitoring:
  - {id: m1, kind: yearly_report, certainty: high, sources: [s1]}
completeness:
  - {subject: annual_negotiation, year: "2024"}
sources: [{id: s1, title: minutes}]
"""
HEAD = 'schema_version: "1.0"\norganisation: {id: kainuu}\n'
HELD = HEAD + (
    'negotiations:\n  - {id: n1, date: "2024-05-10", legal_basis: 612/2021 7 §, evidence_state: held,'
    " certainty: high, sources: [s1]}\n"
)
JUDGED = HEAD + (
    f"judgements:\n  - {{id: j1, norm: {PROMOTE}, outcome: fulfilled, role: county auditor,"
    ' date: "2025-06-01", reason: the work of the whole year is shown, sources: [s1]}\n'
)


@pytest.fixture(scope="module")
def base(knowledge):
    return read_description(BASE.encode(), "base.yaml", knowledge)


@pytest.fixture(scope="module")
def what_if(base, knowledge):
    assumed = assume(base, [(HELD.encode(), "facts.yaml")], knowledge)
    return assess_what_if(base, assumed, knowledge, on=ON, checker=engine("shacl"))


def with_findings(base, knowledge, text, **days):
    described = with_judgements(base, [(text.encode(), "findings.yaml")], knowledge)
    return assess(described, knowledge, on=ON, checker=engine("shacl"), **days)


def refusal(make):
    with pytest.raises(FilingError) as caught:
        make()
    return "\n".join(message.en for message in caught.value.messages)


def test_an_assumed_fact_changes_the_outcome_and_the_verdict_says_from_what(what_if):
    found = verdict(what_if, NEGOTIATION, "2024")
    assert (found.changed_from, found.outcome) == ("overdue", "fulfilled")
    assert "assumption" in found.reasons[0].en
    assert verdict(what_if, NEGOTIATION, "2023").changed_from is None


def test_a_what_if_names_the_digest_of_both_files(base, what_if):
    assert what_if.is_what_if
    assert what_if.digest == base.digest
    assert [file.name for file in what_if.assumed] == ["facts.yaml"]
    assert what_if.assumed[0].digest != base.digest


def test_assumptions_are_marked_even_where_nobody_compares(base, knowledge):
    assumed = assume(base, [(HELD.encode(), "facts.yaml")], knowledge)
    assert assess(assumed, knowledge, on=ON, checker=engine("shacl")).is_what_if


def test_a_fact_with_the_same_id_is_replaced_and_one_without_is_added(base, knowledge):
    replaced = HEAD + "monitoring:\n  - {id: m1, kind: yearly_report, certainty: low, sources: [s1]}\n"
    laid = assume(base, [(replaced.encode(), "facts.yaml")], knowledge)
    assert {str(value)[-3:] for value in laid.graph.objects(laid.iri + "m1")} & {"low"}
    bare = HEAD + 'completeness:\n  - {subject: annual_negotiation, year: "2023"}\n'
    made = assess(assume(base, [(bare.encode(), "facts.yaml")], knowledge), knowledge, on=ON, checker=engine("shacl"))
    assert [verdict(made, NEGOTIATION, year).outcome for year in ("2023", "2024")] == ["overdue", "overdue"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HELD.replace("kainuu", "lappi"), "same organisation"),
        (HEAD, "neither facts nor judgements"),
        (HELD.replace("s1", "s9"), '"s9"'),
        (HELD.replace("evidence_state", "evidence"), "evidence_state"),
    ],
)
def test_assumptions_that_do_not_fit_are_refused_with_what_is_wrong(text, told, base, knowledge):
    assert told in refusal(lambda: assume(base, [(text.encode(), "facts.yaml")], knowledge))


def test_an_unsound_assumption_is_told_with_its_own_file_and_line(base, knowledge):
    text = HEAD + "judgements:\n  - {id: j1, norm: " + PROMOTE + ", outcome: fulfilled, reason: seen}\n"
    assumed = assume(base, [(text.encode(), "facts.yaml")], knowledge)
    assert "facts.yaml, line 4" in refusal(lambda: assess(assumed, knowledge, on=ON, checker=engine("shacl")))


def test_a_finding_of_an_auditor_settles_what_needs_judgement_and_is_no_evidence(base, knowledge):
    found = verdict(with_findings(base, knowledge, JUDGED), PROMOTE, "standing")
    assert (found.outcome, found.settled_by) == ("fulfilled", "judgement")
    assert [(item.role, item.day, item.file, item.settles) for item in found.judgements] == [
        ("county auditor", "2025-06-01", "findings.yaml", True)
    ]
    assert [item.id for item in found.evidence] == ["m1"]
    assert verdict(assess(base, knowledge, on=ON, checker=engine("shacl")), PROMOTE, "standing").settled_by == "rules"


def test_a_finding_settles_a_norm_that_no_rule_can_check(base, knowledge):
    bare = assess(base, knowledge, on=ON, checker=engine("shacl"))
    unchecked = next(item for item in bare.verdicts if item.outcome == "needs-judgement" and not item.rules)
    made = with_findings(base, knowledge, JUDGED.replace(PROMOTE, unchecked.norm.slug))
    assert verdict(made, unchecked.norm.slug).outcome == "fulfilled"
    assert verdict(made, unchecked.norm.slug).settled_by == "judgement"


def test_a_finding_never_makes_silence_fulfilled(base, knowledge):
    text = JUDGED.replace(PROMOTE, f'{NEGOTIATION}, year: "2024"')
    found = verdict(with_findings(base, knowledge, text), NEGOTIATION, "2024")
    assert (found.outcome, found.settled_by) == ("overdue", "rules")
    assert [item.settles for item in found.judgements] == [False]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("role: county auditor,", "role: ' ',", 'lacks "role"'),
        ('date: "2025-06-01",', "", 'lacks "date"'),
        ("reason: the work of the whole year is shown,", "", 'lacks "reason"'),
        ("2025-06-01", "2026-01-01", "only what was known on"),
        ("2025-06-01", "2025", ""),
        (PROMOTE, "no-such-norm", "no-such-norm"),
        (PROMOTE, "mun-6-1-s1-promote-wellbeing", "asks nothing of this organisation"),
        (PROMOTE, f'{NEGOTIATION}, year: "2019"', "no duty"),
        ("judgements:", "completeness:\n  - {subject: negotiation}\njudgements:", '"completeness"'),
        ("id: j1", "id: m1", 'already has the id "m1"'),
    ],
)
def test_a_finding_that_lacks_something_or_is_about_no_duty_is_refused(before, after, told, base, knowledge):
    text = JUDGED.replace(before, after)
    if told:
        assert told in refusal(lambda: with_findings(base, knowledge, text))
    else:
        assert verdict(with_findings(base, knowledge, text), PROMOTE, "standing").settled_by == "judgement"


def test_the_law_of_another_day_decides_which_norms_apply_and_the_facts_what_is_closed(base, knowledge):
    made = assess(base, knowledge, on=ON, law_on=date(2022, 6, 1), checker=engine("shacl"))
    assert (made.law_on, made.on, made.known_on) == (date(2022, 6, 1), ON, ON)
    assert verdict(made, NEGOTIATION).outcome == "not-in-force"
    assert verdict(made, "cty-7-2-s1a-set-objectives", "standing").outcome != "not-in-force"


def test_a_duty_of_a_later_law_has_not_begun_and_cannot_be_late(knowledge):
    text = BASE.replace(', year: "2024"}', "}\n  - {subject: monitoring}\n  - {subject: annual_report}")
    complete = read_description(text.encode(), "base.yaml", knowledge)
    early = date(2022, 6, 30)
    made = assess(complete, knowledge, on=early, law_on=date(2023, 6, 1), checker=engine("shacl"))
    ahead = [item for item in made.verdicts if item.period and item.period.opens > early]
    assert {(item.norm.slug, item.period.slug) for item in ahead} >= {(NEGOTIATION, "2023")}
    assert any(item.period.closes is None for item in ahead)
    assert {item.outcome for item in ahead} <= {"not-yet-due", "fulfilled", "needs-judgement"}
    assert any("still ahead" in reason.en for item in ahead for reason in item.reasons)
    own = assess(complete, knowledge, on=early, checker=engine("shacl"))
    assert verdict(own, NEGOTIATION).outcome == "not-in-force"


def test_a_report_approved_in_its_term_fulfils_that_term_and_leaves_the_next_open(check):
    text = """\
schema_version: '1.0'
reference_date: "2025-06-15"
organisation: {id: kainuu, type: wellbeing_services_county}
council_terms:
  - {id: t1, start: "2022-03-01", end: "2025-05-31", basis: statute}
documents:
  - {id: d1, kind: welfare_report, council_term: t1, certainty: high, sources: [s1]}
decisions:
  - {id: x1, document: d1, organ_kind: council, date: "2024-02-01", type: approved, certainty: high, sources: [s1]}
sources: [{id: s1, title: minutes}]
"""
    made = check(text, on="2025-06-15")
    assert verdict(made, "cty-7-3-s3-term-report", "term-2022-2025").outcome == "fulfilled"
    assert verdict(made, "cty-7-3-s3-term-report", "term-2025-2029").outcome == "not-yet-due"


def test_a_negotiation_of_2023_leaves_2024_overdue_in_complete_records_and_2025_open(check):
    text = BASE + HELD.removeprefix(HEAD).replace("2024-05-10", "2023-05-10")
    made = check(text, on="2025-01-02")
    outcomes = [verdict(made, NEGOTIATION, year).outcome for year in ("2023", "2024", "2025")]
    assert outcomes == ["fulfilled", "overdue", "not-yet-due"]
    silent = check(text.replace('year: "2024"', 'year: "2023"'), on="2025-01-02")
    assert verdict(silent, NEGOTIATION, "2024").outcome == "evidence-missing"
