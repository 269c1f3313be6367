"""The cases beside the rules: all engines find what each case says, and the cases leave no rule untried."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import URIRef
from rdflib.namespace import RDF

from hyte_graph.compliance.cases import (
    Case,
    OutcomeCase,
    case_files,
    difference,
    misjudged,
    read_case,
    read_cases,
    read_outcome_cases,
    run_case,
    run_together,
)
from hyte_graph.compliance.catalogue import Catalogue, read_catalogue
from hyte_graph.compliance.engines import ENGINES, engine
from hyte_graph.compliance.outcomes import OUTCOMES
from hyte_graph.errors import KnowledgeError
from hyte_graph.intake.reader import read_description
from hyte_graph.intake.tree import read_tree
from hyte_graph.model import Finding
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.terms import HYTE
from hyte_graph.vocabulary import BASE, FOREIGN, iri, slug
from tests.conftest import HARD

SHIPPED = Knowledge.shipped()
NAMES = [
    path.relative_to(SHIPPED.rules).as_posix().removesuffix(".ttl").replace("cases/", "")
    for path in case_files(SHIPPED)
]
FAMILIES = sorted(path.parent.name for path in SHIPPED.rules.glob("*/shapes.ttl"))
OUTCOME_CASES = read_outcome_cases(SHIPPED)

# Rules that cannot fail alone, with the rule of the same norm that fails whenever they do.
PART_OF_IT = "what shows this part shows the whole duty too, so where the whole is not shown, neither is the part"
TOLD_IN_CODE = "only what counts is looked at for its codes, so where nothing counts, nothing is told in code"
NEVER_ALONE = {
    "cty-29-2-annual-statement": ("delivered-to-thl", PART_OF_IT),
    "cty-7-2-s3-name-responsible-party": ("named-in-writing", PART_OF_IT),
    "cty-7-3-s1-monitor": ("untested-follows", TOLD_IN_CODE),
    "cty-7-3-s2-annual-report": ("to-council", PART_OF_IT),
    "cty-7-3-s2-annual-report--to-council": ("untested-report-content", TOLD_IN_CODE),
    "cty-7-4-s2-cooperate-with-others": ("untested-partners", TOLD_IN_CODE),
    "cty-7-4-s4-annual-negotiation": ("untested-themes", TOLD_IN_CODE),
    "cwa-12-2-municipal-contents": ("untested-child-content", TOLD_IN_CODE),
    "cwa-12-4-county-contents": ("untested-child-content", TOLD_IN_CODE),
    "guidance-role-goals-resources": ("role-told", PART_OF_IT),
    "hel-6-5-s4-annual-negotiation": ("untested-themes", TOLD_IN_CODE),
    "hus-8-2-s3-name-responsible-party": ("named-in-writing", PART_OF_IT),
    "hus-8-3-s1-monitor": ("untested-follows", TOLD_IN_CODE),
    "hus-8-3-s2-annual-report": ("to-council", PART_OF_IT),
    "hus-8-3-s2-annual-report--to-council": ("untested-report-content", TOLD_IN_CODE),
    "hus-8-4-s2-cooperate-others": ("untested-partners", TOLD_IN_CODE),
    "mun-6-2-s4-name-responsible-party": ("named-in-writing", PART_OF_IT),
    "mun-6-3-s1-monitor": ("untested-follows", TOLD_IN_CODE),
    "mun-6-3-s2-annual-report": ("to-council", PART_OF_IT),
    "mun-6-3-s2-annual-report--to-council": ("untested-report-content", TOLD_IN_CODE),
    "mun-6-4-s2-cooperate-with-others": ("untested-partners", TOLD_IN_CODE),
    "wsc-32-1-set-influence-bodies": ("has-young-people", PART_OF_IT),
}


@pytest.fixture(scope="session")
def cases(knowledge: Knowledge) -> dict[str, Case]:
    return {case.name: case for case in read_cases(knowledge)}


@pytest.fixture(scope="session")
def catalogue(knowledge: Knowledge) -> Catalogue:
    return read_catalogue(knowledge.shape_index)


@pytest.fixture(scope="session")
def found(knowledge, cases):
    """Return the findings of every case by engine, from one run of each."""
    runs = {}

    def of(name: str):
        if name not in runs:
            runs[name] = run_together(cases.values(), knowledge, engine(name))
        return runs[name]

    return of


@pytest.fixture(scope="session")
def by_duty(cases, catalogue):
    """Return, for each duty of the cases, the rules of its norm and those of them that must find something."""
    duties = {}
    for case in cases.values():
        shapes = defaultdict(set)
        for result in case.expected:
            shapes[result.focus].add(result.shape)
        for duty in case.data.subjects(RDF.type, HYTE.Duty):
            norm = next(slug(kind) for kind in case.data.objects(duty, RDF.type) if "/norm/" in kind)
            rules = {rule.iri for rule in catalogue.by_norm[norm]}
            duties[str(duty)] = (rules, rules & shapes[str(duty)])
    return duties


@pytest.mark.parametrize("engine_name", ENGINES)
@pytest.mark.parametrize("name", NAMES)
def test_the_engine_finds_exactly_what_the_case_says(name, engine_name, cases, found):
    wrong = difference(cases[name], found(engine_name)[name])
    assert not wrong, str(wrong)


def test_a_case_conforms_only_if_nothing_is_expected(cases):
    assert not [case.name for case in cases.values() if case.conforms != (not case.expected)]


def test_every_case_says_what_it_shows_in_a_sentence(cases):
    assert not [case.name for case in cases.values() if not case.label.endswith(".")]


def test_every_case_names_shapes_that_are_there(cases, knowledge):
    for case in cases.values():
        place = str(next(case.data.objects(None, URIRef(FOREIGN["sht"] + "shapesGraph"))))
        assert (knowledge.rules / place.removeprefix(f"{BASE}rules/")).is_file(), case.name


def test_facts_have_the_classes_that_the_chain_writes_out(cases, knowledge):
    fact = str(HYTE.Fact)
    for case in cases.values():
        for node in set(case.data.subjects(RDF.type)):
            kinds = {str(kind) for kind in case.data.objects(node, RDF.type)}
            above = frozenset().union(*(knowledge.superclasses(kind) for kind in kinds & knowledge.classes))
            assert fact not in above or above <= kinds, node


def test_every_result_is_that_of_a_shape_and_a_node_of_the_case(cases, knowledge):
    shapes = {str(node) for node in knowledge.shapes.subjects()}
    for case in cases.values():
        assert {result.shape for result in case.expected} <= shapes
        assert {result.focus for result in case.expected} <= case.nodes


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("name", ["passes", "silent", "denied", "partly-answered"])
def test_every_family_has_its_basic_cases(family, name, cases):
    assert f"{family}/{name}" in cases


@pytest.mark.parametrize("family", FAMILIES)
def test_silence_is_found_once_for_each_norm_of_the_family(family, cases, catalogue, knowledge):
    silent = cases[f"{family}/silent"]
    norms = {norm for norm in catalogue.by_norm if knowledge.norms[norm].family == family}
    main = [result.shape for result in silent.expected if slug(result.shape) in catalogue.by_norm]
    assert sorted(map(slug, main)) == sorted(norms)


def test_every_kind_of_evidence_has_a_near_miss(cases, catalogue):
    kinds = {slug(shape) for rule in catalogue.rules.values() for shape in rule.counts}
    names = {name.rsplit("/", 1)[-1] for name in cases}
    assert not {kind for kind in kinds if "near-miss-" + kind.removeprefix("fact-") not in names}


def test_every_rule_passes_for_a_duty_that_shows_everything(by_duty, catalogue):
    passed = {rule for rules, failed in by_duty.values() if not failed for rule in rules}
    assert set(catalogue.rules) == passed


def test_every_rule_fails_alone_somewhere_unless_it_cannot(by_duty, catalogue):
    alone = {rule for _, failed in by_duty.values() if len(failed) == 1 for rule in failed}
    assert {slug(rule) for rule in set(catalogue.rules) - alone} == set(NEVER_ALONE)


@pytest.mark.parametrize("name", NEVER_ALONE)
def test_a_rule_that_cannot_fail_alone_fails_with_another(name, by_duty):
    rule = iri("rule", name)
    companion = iri("rule", f"{name.split('--')[0]}--{NEVER_ALONE[name][0]}")
    failing = [failed for _, failed in by_duty.values() if rule in failed]
    assert failing
    assert all(companion in failed for failed in failing)


@pytest.mark.parametrize("engine_name", ENGINES)
def test_each_case_gives_alone_what_it_gives_among_all(engine_name, cases, knowledge, found):
    for case in list(cases.values())[:: 1 if HARD else 20]:
        assert run_case(case, knowledge, engine(engine_name)) == found(engine_name)[case.name], case.name


MINIMAL = f"""\
PREFIX mf: <{FOREIGN["mf"]}>
PREFIX sh: <{FOREIGN["sh"]}>
PREFIX sht: <{FOREIGN["sht"]}>

<> a mf:Manifest ; mf:entries ( <#case> ) .
<#case> a sht:Validate ;
    mf:action [ sht:dataGraph <> ; sht:shapesGraph <../shapes.ttl> ] ;
    mf:result [ a sh:ValidationReport ; sh:conforms false ; sh:result [ sh:focusNode <#one> ; sh:sourceShape <#shape> ;
        sh:resultSeverity sh:Info ; sh:sourceConstraintComponent sh:OrConstraintComponent ] ] .
<#one> sh:name "one" .
"""


def written(tmp_path: Path, text: str, name: str = "one") -> Case:
    path = tmp_path / "family" / "cases" / f"{name}.ttl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return read_case(path, tmp_path)


def test_a_case_may_name_itself_by_a_relative_address(tmp_path):
    case = written(tmp_path, MINIMAL)
    assert case.name == "family/one"
    assert case.expected[0].focus == f"{BASE}rules/family/cases/one.ttl#one"


def test_a_file_that_is_not_its_own_data_graph_is_no_case(tmp_path):
    with pytest.raises(KnowledgeError, match=r"family/cases/one\.ttl is no case"):
        written(tmp_path, MINIMAL.replace("sht:dataGraph <>", "sht:dataGraph <other.ttl>"))


def test_a_file_that_is_no_turtle_is_an_error(tmp_path):
    with pytest.raises(KnowledgeError, match=r"one\.ttl"):
        written(tmp_path, MINIMAL[:-4])


def test_two_cases_may_not_speak_of_the_same_node(tmp_path, knowledge):
    text = MINIMAL.replace("<#one>", "<https://example.org/one>")
    pair = [written(tmp_path, text, name) for name in ("one", "two")]
    with pytest.raises(KnowledgeError, match=r"both say something of https://example\.org/one"):
        run_together(pair, knowledge, engine())


def test_a_difference_tells_what_is_missing_and_what_is_unexpected(tmp_path):
    case = written(tmp_path, MINIMAL)
    expected = case.expected[0]
    same = Finding(expected.shape, expected.focus, "Info", expected.component, "", "")
    assert not difference(case, [same])
    assert difference(case, []).missing == (expected,)
    assert difference(case, [same, same]).unexpected == (expected,)
    assert len(str(difference(case, [replace(same, severity="Violation")])).splitlines()) == 2


@pytest.mark.parametrize("case", OUTCOME_CASES, ids=lambda case: case.name)
def test_the_chain_gives_the_verdicts_that_the_case_says(case: OutcomeCase, knowledge):
    wrong = misjudged(case, knowledge, engine())
    assert not wrong, "\n".join(wrong)


@pytest.mark.hard  # its findings are always compared
def test_pyshacl_gives_the_same_verdicts(knowledge):
    assert not {case.name: wrong for case in OUTCOME_CASES if (wrong := misjudged(case, knowledge, engine("pyshacl")))}


def test_every_outcome_is_shown_by_a_case():
    assert {item.outcome for case in OUTCOME_CASES for item in case.expected} == set(OUTCOMES)


def test_an_outcome_case_with_a_wrong_expectation_is_told(knowledge):
    case = next(case for case in OUTCOME_CASES if case.name == "permanent-body/outcome-permanent-body")
    other = next(case for case in OUTCOME_CASES if case.name == "permanent-body/outcome-temporary-body")
    mixed = OutcomeCase(case.name, case.shows, case.path, False, other.expected, (other.expected[0].norm,), "")
    assert len(misjudged(mixed, knowledge, engine())) == 2


def texts(value) -> set[str]:
    if isinstance(value, dict):
        return {text for key, inner in value.items() for text in (texts(inner) if key != "id" else ())}
    if isinstance(value, list):
        return {text for inner in value for text in texts(inner)}
    return {value} if isinstance(value, str) and " " in value else set()


@pytest.mark.parametrize("path", [case.path for case in OUTCOME_CASES], ids=lambda path: path.stem)
def test_names_and_sentences_are_read_unchanged(path: Path, knowledge):
    description = read_description(path.read_bytes(), path.name, knowledge)
    read = {str(value) for value in description.graph.objects()}
    assert texts(read_tree(path.read_text(encoding="utf-8"), path.name).value) <= read
