"""What the five source documents alone would lead one to say: the obligations as data, and states derived from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from rdflib import Graph, URIRef
from rdflib.namespace import PROV, RDF

from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.assessment import Assessment
from hyte_graph.compliance.by_sources import SourceState, source_state_graph, states_by_sources
from hyte_graph.compliance.engines import engine
from hyte_graph.intake import read_description
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.obligations import SourceObligation, read_obligations
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import HYTE as HYTE_BASE
from hyte_graph.vocabulary import PREFIXES, iri

FIXTURES = Path(__file__).parents[1] / "fixtures"
BY_SOURCES: Mapping[str, Any] = yaml.safe_load((FIXTURES / "expected-by-sources.yaml").read_text(encoding="utf-8"))
ROWS: list[Mapping[str, Any]] = BY_SOURCES["rows"]
DAY: date = BY_SOURCES["day"]
LATER = date(2026, 2, 15)
NAMES = ("fx-a", "fx-b", "fx-c", "fx-m")

Obligations = Mapping[str, SourceObligation]
Stated = Callable[..., Mapping[tuple[str, str], SourceState]]


@pytest.fixture(scope="module")
def obligations(knowledge: Knowledge) -> Obligations:
    """Return every source-level obligation by its identifier without "OBL-"."""
    return {found.identifier.removeprefix("OBL-"): found for found in read_obligations(knowledge)}


@pytest.fixture(scope="module")
def described(knowledge: Knowledge) -> Callable[..., tuple[Assessment, Graph]]:
    """Return a function that assesses a fixture, or a text in its place, with the quick engine."""

    def made(name: str, day: date = DAY, text: str = "", **options: Any) -> tuple[Assessment, Graph]:
        data = text.encode() or (FIXTURES / f"{name}.yaml").read_bytes()
        description = read_description(data, f"{name}.yaml", knowledge)
        return assess(description, knowledge, on=day, checker=engine(), **options), description.graph

    return made


@pytest.fixture(scope="module")
def stated(described: Callable[..., tuple[Assessment, Graph]], knowledge: Knowledge) -> Stated:
    """Return a function that gives the states of a fixture by obligation and period."""

    @cache
    def states(name: str, day: date = DAY, text: str = "", **options: bool) -> Mapping[tuple[str, str], SourceState]:
        found = states_by_sources(*described(name, day, text, **options), knowledge)
        keyed = {(state.obligation.identifier.removeprefix("OBL-"), state.period_name): state for state in found}
        assert len(keyed) == len(found)
        return keyed

    return states


def ids(family: str, *numbers: int | range) -> set[str]:
    """Return identifiers: `ids("WSC", 4, range(6, 9))`."""
    flat = (one for number in numbers for one in (number if isinstance(number, range) else (number,)))
    return {f"{family}-{number:02}" for number in flat}


def named(found: Mapping[tuple[str, str], SourceState], *states: str) -> set[str]:
    """Return the obligations with one of the states, with the period where it is a year."""
    return {
        f"{name} {period}" if period.isdigit() else name
        for (name, period), state in found.items()
        if state.state in states
    }


def told(row: Mapping[str, Any]) -> str:
    return " ".join(str(row[name]) for name in ("obligation", "fixture", "norm", "period"))


# The obligations as data.


def test_there_are_103_obligations_of_which_47_are_of_the_draft(obligations: Obligations) -> None:
    families = {"WSC": 17, "MUN": 4, "BOTH": 20, "OTH": 9, "LOC": 6, "L17": 47}
    assert set(obligations) == {name for family, last in families.items() for name in ids(family, range(1, last + 1))}
    assert {name for name, found in obligations.items() if found.is_draft} == ids("L17", range(1, 48))


def test_the_group_of_an_obligation_is_that_of_its_name(obligations: Obligations) -> None:
    groups = {"WSC": "county", "MUN": "municipality", "BOTH": "both", "OTH": "others", "LOC": "local"}
    groups["L17"] = "draft-2017"
    assert {name: found.group for name, found in obligations.items()} == {
        name: groups[name.split("-")[0]] for name in obligations
    }


def test_every_obligation_is_drawn_from_known_statements(obligations: Obligations, knowledge: Knowledge) -> None:
    for name, found in obligations.items():
        assert found.drawn_from, name
        assert [item for item in found.drawn_from if iri("statement", item) not in knowledge.triples] == [], name


def test_every_obligation_speaks_three_languages(obligations: Obligations, knowledge: Knowledge) -> None:
    for found in obligations.values():
        shown = "wouldBeShownBy" if found.is_draft else "isShownBy"
        for predicate in ("rdfs:label", "skos:definition", shown):
            assert knowledge.triples.optional_text(found.iri, predicate), (found.identifier, predicate)


def test_every_obligation_leads_to_known_norms_or_says_why_to_none(
    obligations: Obligations, knowledge: Knowledge
) -> None:
    without = set()
    for name, found in obligations.items():
        assert set(found.compared_with) <= set(knowledge.norms), name
        assert set(found.takes_from) <= set(found.compared_with), name
        assert found.is_draft or knowledge.triples.optional_text(found.iri, "tellsDifference"), name
        if not found.is_draft and not found.compared_with:
            without.add(name)
            assert knowledge.triples.value(found.iri, "hasRelation") == iri("relation", "no-norm"), name
    assert without == {"WSC-10", "OTH-06"}


def test_every_draft_obligation_stands_in_a_row_beside_the_law_of_today(
    obligations: Obligations, knowledge: Knowledge
) -> None:
    rows = knowledge.triples.of_class(HYTE_BASE + "CrosswalkRow")
    compared = {draft for row in rows for draft in knowledge.triples.values(row, "comparesDraft")}
    assert {found.iri for found in obligations.values() if found.is_draft} <= compared


def test_eleven_obligations_are_critical(obligations: Obligations) -> None:
    critical = {name for name, found in obligations.items() if found.severity == "critical"}
    assert critical == ids("WSC", 6, 8, 17) | ids("BOTH", 3, 4, 8, 10, 11, 13, 16, 19)


def test_ten_obligations_of_counties_and_municipalities_need_a_person(obligations: Obligations) -> None:
    areas = {name: found for name, found in obligations.items() if found.group in ("county", "municipality", "both")}
    needing = {name for name, found in areas.items() if found.needs_person}
    assert needing == ids("WSC", 1, 2, 9, 12) | ids("BOTH", 2, 7, 14, 15, 20) | ids("MUN", 3)


def test_what_rests_on_law_and_on_guidance_by_the_sources(obligations: Obligations) -> None:
    resting: dict[str, set[str]] = {}
    for name, found in obligations.items():
        resting.setdefault(found.rests_on, set()).add(name)
    assert resting == {
        "act": ids("BOTH", range(1, 20)) | ids("WSC", 1, 2, range(4, 11), 17),
        "guidance": ids("WSC", 3, range(11, 17))
        | ids("BOTH", 20)
        | ids("MUN", range(1, 5))
        | ids("OTH", range(1, 10))
        | ids("LOC", range(1, 7)),
        "draft": ids("L17", range(1, 48)),
    }


def test_of_whom_an_obligation_is_expected(obligations: Obligations) -> None:
    def of(actor: str) -> set[str]:
        return {name for name, found in obligations.items() if actor in found.expected_of}

    assert of("county") == ids("WSC", range(1, 18)) | ids("BOTH", range(1, 21))
    assert of("municipality") == ids("MUN", range(1, 5)) | ids("BOTH", range(1, 21))
    assert of("lansi-uusimaa") == ids("LOC", range(1, 7))
    assert {name for name, found in obligations.items() if not found.expected_of} == ids("OTH", 5, 6, 9) | ids(
        "L17", range(1, 48)
    )


@pytest.mark.parametrize(
    ("name", "anchor", "is_inferred"),
    [("BOTH-19", "vn-sv-006", "true"), ("WSC-04", "thl-sv-071", None), ("BOTH-16", "vn-sv-006", None)],
)
def test_the_law_anchor_is_a_statement_that_names_the_law(
    obligations: Obligations, knowledge: Knowledge, name: str, anchor: str, is_inferred: str | None
) -> None:
    assert knowledge.triples.values(obligations[name].iri, "isAnchoredIn") == [iri("statement", anchor)]
    assert knowledge.triples.values(iri("statement", anchor), "namesLaw")
    assert knowledge.triples.value(obligations[name].iri, "hasInferredAnchor") == is_inferred


def test_corrections_name_rules_on_the_norms_that_give_the_state(
    obligations: Obligations, knowledge: Knowledge
) -> None:
    for name, found in obligations.items():
        for rule in found.not_asked | found.only_part:
            checked = knowledge.shape_index.value(rule, "checks")
            assert checked in {iri("norm", norm) for norm in found.takes_from}, (name, rule)


def test_no_check_reads_the_obligations(obligations: Obligations, knowledge: Knowledge) -> None:
    assert [name for name, found in obligations.items() if found.iri in knowledge.law] == []


# The states on the first day.


@pytest.mark.parametrize("row", ROWS, ids=told)
def test_state_is_what_the_sources_alone_lead_one_to_say(stated: Stated, row: Mapping[str, Any]) -> None:
    found = stated(row["fixture"])[row["obligation"].removeprefix("OBL-"), row["period"]]
    assert found.state == row["state"]
    assert row["norm"] is None or row["norm"] in found.obligation.compared_with


CRITICAL = """
WSC-06 fulfilled not-fulfilled evidence-missing not-applicable
WSC-08 fulfilled evidence-missing evidence-missing not-applicable
WSC-17/2023 fulfilled partly-fulfilled evidence-missing not-applicable
WSC-17/2024 fulfilled overdue evidence-missing not-applicable
WSC-17/2025 not-yet-due not-yet-due not-yet-due not-applicable
BOTH-03 fulfilled partly-fulfilled evidence-missing fulfilled
BOTH-04 fulfilled fulfilled evidence-missing evidence-missing
BOTH-08 fulfilled partly-fulfilled evidence-missing evidence-missing
BOTH-10 fulfilled not-fulfilled evidence-missing fulfilled
BOTH-11 fulfilled evidence-missing evidence-missing fulfilled
BOTH-13/2023 fulfilled evidence-missing evidence-missing evidence-missing
BOTH-13/2024 fulfilled partly-fulfilled evidence-missing fulfilled
BOTH-13/2025 not-yet-due not-yet-due not-yet-due not-yet-due
BOTH-16 fulfilled partly-fulfilled evidence-missing fulfilled
BOTH-19 fulfilled not-fulfilled evidence-missing fulfilled
"""


@pytest.mark.parametrize("line", CRITICAL.strip().splitlines())
def test_critical_obligations_stand_as_in_the_table_of_the_auditors(stated: Stated, line: str) -> None:
    name, *expected = line.split()
    obligation, _, year = name.partition("/")
    for fixture, state in zip(NAMES, expected, strict=True):
        of_obligation = {period: found for (key, period), found in stated(fixture).items() if key == obligation}
        chosen = [found.state for period, found in of_obligation.items() if not year or period == year]
        assert chosen == [state], fixture


def test_the_table_of_the_auditors_has_every_critical_obligation(obligations: Obligations) -> None:
    listed = {line.split()[0].partition("/")[0] for line in CRITICAL.strip().splitlines()}
    assert listed == {name for name, found in obligations.items() if found.severity == "critical"}


def test_all_that_can_be_said_of_county_a(stated: Stated) -> None:
    found = stated("fx-a")
    assert named(found, "fulfilled") == (
        ids("WSC", range(4, 9), 11, 13)
        | ids("BOTH", 1, 3, 4, 5, 8, 10, 11, 12, 14, 15, 16, 18, 19)
        | {"WSC-17 2023", "WSC-17 2024", "BOTH-13 2023", "BOTH-13 2024"}
    )
    assert named(found, "not-yet-due") == {"WSC-17 2025", "BOTH-13 2025"}
    assert named(found, "partly-fulfilled") == {"WSC-16"}
    assert named(found, "needs-judgement") == ids("WSC", 1, 2, 9) | ids("BOTH", 2, 6, 7)
    assert named(found, "evidence-missing") == ids("WSC", 3, 12, 14, 15) | ids("BOTH", 9, 17, 20)
    assert named(found, "absent") == {"WSC-10"}


def test_what_county_b_does_not_fulfil(stated: Stated) -> None:
    found = stated("fx-b")
    assert named(found, "not-fulfilled") == {"BOTH-10", "BOTH-19", "WSC-06"}
    assert named(found, "overdue") == {"WSC-17 2024"}
    partly = {"WSC-17 2023", "BOTH-13 2024", "BOTH-08", "BOTH-03", "BOTH-16"}
    assert named(found, "partly-fulfilled") == partly | {"BOTH-18", "WSC-13"}


def test_of_county_c_nothing_is_said_to_be_unfulfilled(stated: Stated) -> None:
    found = stated("fx-c")
    assert named(found, "not-yet-due") == {"WSC-17 2025", "BOTH-13 2025"}
    assert named(found, "absent") == {"WSC-10"}
    assert {state.state for state in found.values()} == {"evidence-missing", "not-yet-due", "absent", "not-applicable"}


def test_all_that_can_be_said_of_municipality_m(stated: Stated) -> None:
    found = stated("fx-m")
    assert named(found, "fulfilled") == ids("BOTH", 3, 10, 11, 16, 19) | {"BOTH-13 2024"}
    assert named(found, "not-yet-due") == {"BOTH-13 2025"}
    assert named(found, "present") == {"MUN-01"}
    missing = ids("BOTH", range(1, 21)) - ids("BOTH", 3, 10, 11, 13, 16, 19) | ids("MUN", 2, 3, 4) | {"BOTH-13 2023"}
    assert named(found, "evidence-missing") == missing
    assert {state.state for (name, _), state in found.items() if name.startswith("WSC")} == {"not-applicable"}


# What must hold on any day.


@pytest.mark.parametrize("day", [DAY, LATER], ids=str)
@pytest.mark.parametrize("fixture", NAMES)
def test_every_obligation_has_a_state_that_it_can_take(
    stated: Stated, obligations: Obligations, fixture: str, day: date
) -> None:
    found = stated(fixture, day)
    assert {name for name, _ in found} == set(obligations)
    for key, state in found.items():
        assert state.state in state.obligation.states | {"not-applicable", "needs-judgement"}, key


@pytest.mark.parametrize("include_drafts", [False, True])
def test_nobody_is_failed_on_a_draft(stated: Stated, include_drafts: bool) -> None:
    for fixture in NAMES:
        found = stated(fixture, include_drafts=include_drafts)
        drafts = {state.state for (name, _), state in found.items() if name.startswith("L17")}
        assert drafts == {"hypothetical" if include_drafts else "not-applicable"}


def test_the_promises_of_western_uusimaa_are_expected_of_no_other_county(stated: Stated, knowledge: Knowledge) -> None:
    text = (FIXTURES / "fx-c.yaml").read_text(encoding="utf-8")
    other = {state.state for (name, _), state in stated("fx-c").items() if name.startswith("LOC")}
    assert other == {"not-applicable"}
    own = text.replace("id: fx-c", "id: lansi-uusimaa").replace("  fictitious: true\n", "")
    own = "\n".join(line for line in own.splitlines() if not line.startswith("  name_"))
    own = own.replace("  languages: [fi]", f"  name_fi: {knowledge.actors['lansi-uusimaa'].label.fi}")
    found = stated("lansi-uusimaa", DAY, own)
    assert {state.state for (name, _), state in found.items() if name.startswith("LOC")} == {"evidence-missing"}


def changed(name: str, *replacements: tuple[str, str]) -> str:
    text = (FIXTURES / f"{name}.yaml").read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return text


def test_following_the_factors_is_fulfilled_once_they_are_on_record(stated: Stated) -> None:
    text = changed("fx-a", ("follows: [wellbeing, health]", "follows: [wellbeing, health, factors]"))
    assert stated("fx-a", DAY, text)["BOTH-09", "standing"].state == "fulfilled"


def test_silence_on_a_part_is_a_lack_once_the_records_are_complete(stated: Stated) -> None:
    complete = "completeness:\n  - subject: monitoring\n    complete: true\nsources:\n"
    text = changed("fx-a", ("sources:\n  - id: s1\n", f"{complete}  - id: s1\n"))
    found = stated("fx-a", DAY, text)
    assert found["BOTH-09", "standing"].state == "not-fulfilled"
    assert found["BOTH-08", "standing"].state == "fulfilled"


def test_a_draft_plan_is_missing_evidence_in_the_term_and_after_it(stated: Stated) -> None:
    assert stated("fx-b")["BOTH-11", "term-2022-2025"].state == "evidence-missing"
    assert stated("fx-b", LATER)["BOTH-11", "term-2022-2025"].state == "evidence-missing"


def test_what_only_a_person_can_judge_waits_for_one_and_then_is_as_judged(stated: Stated) -> None:
    judged = """judgements:
  - norm: cty-7-1-s1-promote-wellbeing
    outcome: fulfilled
    role: auditor
    date: "2025-02-01"
    reason: goals, measures and follow-up hang together
sources:
  - id: s1
"""
    text = changed("fx-a", ("sources:\n  - id: s1\n", judged))
    assert stated("fx-a")["WSC-01", "standing"].state == "needs-judgement"
    assert stated("fx-a", DAY, text)["WSC-01", "standing"].state == "fulfilled-after-review"


def test_a_strategy_gives_something_to_judge_only_while_it_stands(stated: Stated) -> None:
    text = changed("fx-b", ("kind: county_strategy", 'kind: county_strategy\n    period_start: "2025-06"'))
    assert stated("fx-b")["BOTH-02", "standing"].state == "needs-judgement"
    assert stated("fx-b", DAY, text)["BOTH-02", "standing"].state == "evidence-missing"


# The states as RDF.


def test_the_graph_tells_each_state_with_its_evidence_and_its_norms(
    described: Callable[..., tuple[Assessment, Graph]], knowledge: Knowledge
) -> None:
    assessment, graph = described("fx-b")
    states = states_by_sources(assessment, graph, knowledge)
    made = source_state_graph(states, assessment)
    assert len(set(made.subjects(RDF.type, HYTE.SourceState))) == len(states)
    (node,) = (
        item
        for item in made.subjects(HYTE.isStateOf, URIRef(iri("source-obligation", "wsc-17")))
        if str(item).endswith("2023")
    )
    assert set(made.objects(node, HYTE.hasSourceState)) == {URIRef(iri("source-state", "partly-fulfilled"))}
    assert set(made.objects(node, HYTE.usesVerdictOn)) == {URIRef(iri("norm", "cty-7-4-s4-annual-negotiation"))}
    assert [str(item).rsplit("/", 1)[-1] for item in made.objects(node, PROV.wasDerivedFrom)] == ["n1"]
    assert {getattr(item, "language", None) for item in made.objects(node, HYTE.lacksEvidence)} == {"fi", "sv", "en"}
    assert str(made.value(node, HYTE.startsOn)) == "2023-01-01"


def test_what_the_statute_alone_asks_is_not_told_as_missing(stated: Stated) -> None:
    (missing,) = stated("fx-b")["WSC-17", "2023"].missing
    assert "follow-up" in missing.en


def test_every_term_of_the_graph_is_declared(
    described: Callable[..., tuple[Assessment, Graph]], knowledge: Knowledge
) -> None:
    assessment, graph = described("fx-a")
    made = source_state_graph(states_by_sources(assessment, graph, knowledge), assessment)
    own = {str(predicate) for predicate in made.predicates() if str(predicate).startswith(HYTE_BASE)}
    assert own <= knowledge.properties
    codes = {str(value) for value in made.objects(None, HYTE.hasSourceState)}
    assert all(code.startswith(PREFIXES["source-state"]) and code in knowledge.law for code in codes)


def test_states_come_by_obligation_and_period(stated: Stated) -> None:
    keys = [(state.obligation.identifier, state.period_name) for state in stated("fx-a").values()]
    assert keys == sorted(keys)
