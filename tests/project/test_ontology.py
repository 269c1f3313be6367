"""The ontology and the rules are themselves checked, and every check can fail."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pyshacl
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import SH

from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.engines import ENGINES, engine
from hyte_graph.compliance.quality import QualityFault, check_quality
from hyte_graph.compliance.quality_rules import DEEPEST
from hyte_graph.compliance.quality_terms import SHACL
from hyte_graph.errors import KnowledgeError
from hyte_graph.intake.reader import read_description
from hyte_graph.languages import LANGUAGES
from hyte_graph.store.knowledge import Knowledge, parse_file
from hyte_graph.store.terms import graph_of
from hyte_graph.store.turtle import parse_turtle
from hyte_graph.vocabulary import HYTE, PREFIXES, iri, slug
from tests.conftest import ROOT

HEAD = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())
WITHOUT_WARRANT = {"wsc-14-s1-negotiate-county-municipalities-3"}  # Åland has no county, so no provision is needed
SHAPES = graph_of(parse_file(ROOT / "ontology" / "quality.ttl"))
TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


# The shipped ontology and rules.


def test_nothing_is_wrong_in_the_ontology_and_the_rules(knowledge):
    assert check_quality(knowledge, engine("shacl")) == ()


def test_the_law_is_counted(knowledge):
    kinds = [norm.kind for norm in knowledge.norms.values()]
    assert len([kind for kind in kinds if kind != "GuidanceNorm"]) == 240
    assert kinds.count("GuidanceNorm") == 27
    assert kinds.count("DraftNorm") == 4
    assert len(knowledge.terms) == 4
    assert len(knowledge.triples.values(iri("scheme", "outcome"), "skos:hasTopConcept")) == 12


def test_the_country_is_counted(knowledge):
    municipalities = [actor for actor in knowledge.actors.values() if actor.type == "Municipality"]
    assert len([actor for actor in knowledge.actors.values() if actor.type == "WellbeingServicesCounty"]) == 21
    assert len(municipalities) == 308
    assert len([actor for actor in municipalities if "aland-municipality" in actor.kinds]) == 16


def test_each_norm_of_an_act_leads_to_its_act_and_an_official_address(knowledge):
    for norm in knowledge.norms.values():
        if norm.kind not in ("DraftNorm", "GuidanceNorm"):
            title = knowledge.triples.optional_text(iri("law", norm.provision.act), "dcterms:title")
            assert title is not None, norm.slug
            address = knowledge.triples.values(norm.provision.iri, "rdfs:seeAlso")
            assert address, norm.slug
            assert all(link.startswith(("https://www.finlex.fi/", "https://finlex.fi/")) for link in address)


def test_each_exception_rests_on_a_provision_but_one(knowledge):
    exceptions = [exception for norm in knowledge.norms.values() for exception in norm.exceptions]
    assert {slug(exception.iri) for exception in exceptions if not exception.warrants} == WITHOUT_WARRANT


def test_each_duty_has_rules_or_a_reason_why_not(knowledge):
    checked = {slug(str(norm)) for norm in knowledge.shapes.objects(None, URIRef(HYTE + "checks"))}
    duties = {norm.slug: norm for norm in knowledge.norms.values() if norm.is_duty}
    assert checked <= set(duties)
    assert {name for name, norm in duties.items() if norm.not_checkable} == set(duties) - checked


def test_the_terms_of_shacl_are_those_that_rdflib_knows():
    assert [term for term in SHACL if term not in SH] == []


META = graph_of(parse_file(Path(pyshacl.__file__).parent / "assets" / "shacl-shacl.ttl"))


def test_all_shapes_are_shapes_by_the_shapes_of_shacl(knowledge):
    assert engine("shacl").validate(knowledge.shapes + SHAPES, META) == ()


def test_a_shape_that_shacl_does_not_allow_is_found():
    assert engine("shacl").validate(
        graph_of(parse_turtle(f"{HEAD}rule:a a sh:PropertyShape ; sh:minCount 'one' .")), META
    )


# Drafts: never a duty, and a guard that would tell.


@pytest.fixture(scope="module")
def with_binding_draft(tmp_path_factory):
    """Return the shipped knowledge with one draft norm that is said to bind counties, and a rule that checks it."""
    folder = tmp_path_factory.mktemp("drafts")
    shutil.copytree(ROOT / "ontology", folder / "ontology")
    shutil.copytree(ROOT / "rules", folder / "rules", ignore=shutil.ignore_patterns("cases"))
    draft = folder / "ontology" / "drafts" / "2017.ttl"
    text = draft.read_text(encoding="utf-8")
    mark = '    hyte:currencyNote\n        "Never enacted'
    draft.write_text(text.replace(mark, f"    hyte:binds actor-kind:county ;\n{mark}", 1), encoding="utf-8")
    rule = f"""{HEAD}
    rule:draft-org-act-8 a sh:PropertyShape ; sh:path hyte:isAnsweredBy ; sh:minCount 1 ;
        sh:message "a"@fi , "b"@sv , "c"@en ; sh:targetClass norm:draft-org-act-8 ;
        hyte:checks norm:draft-org-act-8 ; hyte:finds finding-kind:silence ; hyte:looksAt hyte:Document ."""
    (folder / "rules" / "draft.ttl").write_text(rule, encoding="utf-8")
    return Knowledge(folder / "ontology", folder / "rules")


def test_a_draft_that_is_said_to_bind_someone_is_found(with_binding_draft):
    found = check_quality(with_binding_draft, engine("shacl"))
    assert {fault for fault in found if fault.where == "norm:draft-org-act-8"} == {
        QualityFault("The draft norm is said to bind someone, and no draft ever became law.", "norm:draft-org-act-8"),
        QualityFault("A rule checks the draft norm.", "norm:draft-org-act-8"),
    }


def test_not_even_then_is_a_draft_made_a_duty(with_binding_draft):
    path = ROOT / "examples" / "lansi-uusimaa.yaml"
    description = read_description(path.read_bytes(), path.name, with_binding_draft)
    found = assess(description, with_binding_draft, on=date(2025, 12, 31), include_drafts=True, checker=engine("shacl"))
    drafts = [verdict for verdict in found.verdicts if verdict.norm.kind == "DraftNorm"]
    assert len(drafts) == 4
    assert {(verdict.outcome, verdict.duty) for verdict in drafts} == {("hypothetical", None)}
    assert not [finding for finding in found.findings if "draft" in finding.focus]


# Each shape of the ontology can fail.

ONE = '"a"@fi , "a"@sv , "a"@en'
LAW = "law:a a hyte:Act . law:a-1 a hyte:Provision ; eli:is_part_of law:a ."
IN = "skos:inScheme scheme:a"
BROKEN = {
    "quality-applies": 'norm:a hyte:appliesFrom "2024-01-02"^^xsd:date ; hyte:appliesUntil "2024-01-01"^^xsd:date .',
    "quality-broader": "term:a a skos:Concept ; skos:broader term:b . term:b skos:broader term:a .",
    "quality-counts": "rule:a hyte:counts rule:b . rule:b a sh:NodeShape .",
    "quality-definition": 'term:a a skos:Concept ; skos:definition "a"@fi , "a"@sv , " "@en .',
    "quality-draft-binds-nobody": "norm:a a hyte:DraftNorm ; hyte:binds actor-kind:county .",
    "quality-draft-provision": "act-draft:a a hyte:DraftAct , hyte:X . hyte:X rdfs:subClassOf eli:LegalResource .",
    "quality-draft-source": "norm:a a hyte:DraftNorm ; dcterms:source law:a-1 . law:a-1 a hyte:Provision .",
    "quality-draft-status": "norm:a a hyte:DraftNorm ; hyte:hasNormStatus norm-status:in-force .",
    "quality-draft-strength": "norm:a a hyte:DraftNorm ; hyte:hasStrength strength:act .",
    "quality-draft-strength-only": "norm:a a hyte:Obligation ; hyte:hasStrength strength:draft .",
    "quality-draft-unchecked": "norm:a a hyte:DraftNorm . rule:a sh:targetClass norm:a .",
    "quality-duty": "norm:a a hyte:Obligation .",
    "quality-exception": f"{LAW} exception:a a hyte:NormException . norm:a hyte:hasException exception:a .",
    "quality-exception-used": "exception:a a hyte:NormException .",
    "quality-hidden-disjoint": 'term:a a skos:Concept ; skos:altLabel "a"@fi ; skos:hiddenLabel "a"@fi .',
    "quality-in-scheme": "term:a a skos:Concept .",
    "quality-label": 'norm:a rdfs:isDefinedBy module:a ; rdfs:label "a"@fi , "b"@fi , "a"@sv , "a"@en .',
    "quality-labels-disjoint": 'term:a a skos:Concept ; skos:prefLabel "a"@fi ; skos:altLabel "a"@fi .',
    "quality-lasts": 'term:a hyte:startsOn "2024-01-01"^^xsd:date ; hyte:endsOn "2024-01-01"^^xsd:date .',
    "quality-looks-at": "rule:a hyte:looksAt norm:a .",
    "quality-mapping": f"term:a a skos:Concept ; {IN} ; skos:exactMatch term:b . term:b {IN} .",
    "quality-membership-county": "actor:a a hyte:Membership ; hyte:ofCounty actor:b . actor:b a hyte:Municipality .",
    "quality-membership-member": "actor:a a hyte:Membership .",
    "quality-message": 'rule:a sh:message "a"@fi , "a"@sv .',
    "quality-module": "module:a a owl:Ontology .",
    "quality-norm-source": f"{LAW} norm:a a hyte:Norm ; dcterms:source law:a-1 .",
    "quality-provision": "law:a-1 a hyte:Provision ; eli:is_part_of law:a .",
    "quality-provision-address": "law:a-1 a hyte:Section ; rdfs:seeAlso <https://example.org/> .",
    "quality-reachable": "term:a a skos:Concept ; skos:inScheme scheme:a ; skos:broader term:b .",
    "quality-related": "term:a a skos:Concept ; skos:broader term:b ; skos:related term:b .",
    "quality-rule-finding": f"rule:a hyte:checks norm:a ; hyte:finds strength:act . strength:act {IN} .",
    "quality-rule-message": "rule:a hyte:checks norm:a .",
    "quality-rule-norm": "rule:a hyte:checks norm:a ; sh:targetClass norm:b . norm:a a hyte:Norm .",
    "quality-successor": "norm:a owl:deprecated true .",
    "quality-term": f"hyte:a a owl:Class ; rdfs:label {ONE} .",
    "quality-term-elected": 'term:a hyte:wasElectedOn "2025-06-02"^^xsd:date ; hyte:startsOn "2025-06-01"^^xsd:date .',
    "quality-term-end": "term:a a hyte:CouncilTerm .",
    "quality-term-start": 'term:a a hyte:Membership ; hyte:startsOn "2025" .',
    "quality-top-concept": "term:a a skos:Concept ; skos:topConceptOf scheme:a .",
}
BROKEN |= {slug(str(shape)): "norm:a a norm:b ." for shape in SHAPES.subjects(SH.targetNode) if "count" in shape}


def found_by(name: str, body: str) -> set[str]:
    return {slug(finding.shape) for finding in engine(name).validate(graph_of(parse_turtle(HEAD + body)), SHAPES)}


def test_every_shape_of_the_ontology_has_a_graph_that_breaks_it():
    assert {slug(str(shape)) for target in TARGETS for shape in SHAPES.subjects(target)} == set(BROKEN)


@pytest.mark.parametrize("shape", BROKEN)
def test_the_shape_finds_what_it_is_for(shape):
    found = {name: found_by(name, BROKEN[shape]) for name in ENGINES}
    assert shape in found["pyshacl"]
    assert found["pyshacl"] == found["shacl"]


def test_a_thing_in_the_form_of_the_shapes_is_not_found():
    body = f"""
    module:a a owl:Ontology ; dcterms:title {ONE} .
    law:a a hyte:Act ; dcterms:title {ONE} ; rdfs:seeAlso <https://www.finlex.fi/fi/laki/ajantasa/2021/20210612> .
    law:a-1 a hyte:Provision ; eli:is_part_of law:a .
    norm:a a hyte:Norm , hyte:Obligation ; dcterms:source law:a-1 ; rdfs:isDefinedBy module:a ; skos:prefLabel {ONE} ;
        skos:definition {ONE} ; hyte:hasException exception:a .
    exception:a a hyte:NormException ; hyte:hasWarrant law:a .
    rule:a a sh:NodeShape ; hyte:checks norm:a ; sh:targetClass norm:a ; hyte:finds finding-kind:a ; sh:message {ONE} .
    finding-kind:a a skos:Concept ; skos:inScheme scheme:finding-kind ; skos:broader term:b ; skos:definition {ONE} .
    scheme:finding-kind a skos:ConceptScheme ; skos:definition {ONE} . term:b skos:topConceptOf scheme:finding-kind .
    """
    assert {shape for shape in found_by("pyshacl", body) if not shape.startswith("quality-count-")} == set()


@pytest.mark.parametrize("shape", sorted(slug(str(shape)) for shape in set(SHAPES.subjects(SH.message))))
def test_the_shape_speaks_three_languages(shape):
    messages = list(SHAPES.objects(URIRef(iri("rule", shape)), SH.message))
    assert sorted(message.language for message in messages) == sorted(LANGUAGES)


# What SHACL cannot say.


@pytest.fixture
def faults(tmp_path):
    """Return a function from Turtle texts to what is wrong in an ontology and rules made of them."""

    def found(ontology: str, rules: str = "") -> dict[str, set[str]]:
        for name, text in (("ontology", ontology), ("rules", rules)):
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / "test.ttl").write_text(
                text if text.startswith("PREFIX") else HEAD + text, encoding="utf-8"
            )
        shutil.copy(ROOT / "ontology" / "quality.ttl", tmp_path / "ontology")
        told = check_quality(Knowledge(tmp_path / "ontology", tmp_path / "rules"), engine("shacl"))
        return {fault.where: {item.what for item in told if item.where == fault.where} for fault in told}

    return found


TYPO = "is declared nowhere."
ONE_NORM = "norm:a a hyte:Norm ; skos:prefLabel 'a'@fi ."


@pytest.mark.parametrize(
    ("body", "where", "what"),
    [
        ("norm:a a hyte:Oblgation .", "norm:a", f"hyte:Oblgation {TYPO}"),
        ("norm:a hyte:bindz actor-kind:county .", "norm:a", "hyte:bindz is no property."),
        ("norm:a hyte:binds actor-kind:count .", "norm:a", f"actor-kind:count {TYPO}"),
        ("norm:a skos:prefLabl 'a'@fi .", "norm:a", "skos:prefLabl is no property."),
        ("norm:a a skos:concept .", "norm:a", f"skos:concept {TYPO}"),
        ("norm:a rdfs:seeAlso eli:is_part_off .", "norm:a", f"eli:is_part_off {TYPO}"),
        ("norm:a eli:cites law:a .", "norm:a", "eli:cites is no property."),
        ("norm:a <http://example.org/p> 1 .", "norm:a", "http://example.org/p is no property."),
        ("norm:a rdfs:label 'a'^^xsd:dat .", "norm:a", f"xsd:dat {TYPO}"),
        ("hyte:a rdfs:subClassOf norm:a . norm:a a hyte:Norm .", "hyte:a", "norm:a is no class."),
        ("norm:a rdfs:seeAlso <https://w3id.org/hyte-graph/id/nrm/a> .", "norm:a", "nrm"),
        ("<https://w3id.org/hyte-graph/id/nrm/a> a hyte:Norm .", "https://w3id.org/hyte-graph/id/nrm/a", "of no kind"),
        ("norm:a a hyte:Norm .", "norm:a", "No module defines it."),
        ("norm:a a hyte:Norm ; rdfs:isDefinedBy norm:a .", "norm:a", "No module defines it."),
        ("norm:a hyte:appliesFrom '2025-02-29'^^xsd:date .", "norm:a", "is no day from 1900 to 2100: 2025-02-29"),
        ("norm:a hyte:appliesFrom '20250228'^^xsd:date .", "norm:a", "is no day from 1900 to 2100: 20250228"),
        ("norm:a hyte:appliesFrom '1899-12-31'^^xsd:date .", "norm:a", "is no day from 1900 to 2100"),
        ("norm:a hyte:appliesFrom '2101-01-01'^^xsd:date .", "norm:a", "is no day from 1900 to 2100"),
        ("norm:a skos:editorialNote 'a'@fi , 'b'@sv .", "norm:a", "equally often in fi, sv and en: fi 1, sv 1"),
        ("norm:a hyte:currencyNote 'a'@fi , 'b'@sv , 'c'@en-GB .", "norm:a", "en-gb 1, fi 1, sv 1"),
        (f"{ONE_NORM} norm:b a hyte:Norm ; skos:prefLabel 'A'@fi .", "norm:a", "several norms: norm:a, norm:b"),
        ("hyte:a a owl:Class ; rdfs:label 'a'@sv . hyte:b a owl:Class ; rdfs:label 'a'@sv .", "hyte:a", "hyte:b"),
        (f"term:a {IN} ; skos:notation '1' . term:b {IN} ; skos:notation '1' .", "term:a", '"1" (code) names'),
        (f"term:a {IN} ; skos:prefLabel 'x'@fi . term:b {IN} ; skos:prefLabel 'x'@fi .", "term:a", '"x" (fi) names'),
        ("norm:b a hyte:Norm . norm:a a hyte:Norm .", "ontology/test.ttl", "not in canonical form"),
        ("norm:a a hyte:Norm .\n# A remark.\n", "ontology/test.ttl", "a comment below the header"),
        ("", "rule:quality-provision", "The shape has nothing to check."),
    ],
)
def test_a_fault_of_the_ontology_is_told(body, where, what, faults):
    assert any(what in said for said in faults(body)[where])


def test_a_prefix_of_one_s_own_making_is_told(faults):
    body = (
        "PREFIX nrm: <https://w3id.org/hyte-graph/id/norm/>\nPREFIX hyte: <https://example.org/>\nnrm:a a hyte:Norm .\n"
    )
    told = faults(body)["ontology/test.ttl"]
    assert "nrm: <https://w3id.org/hyte-graph/id/norm/> is no prefix of the project." in told
    assert "hyte: <https://example.org/> is no prefix of the project." in told


@pytest.mark.parametrize(
    ("second", "is_told"),
    [("2025-06-01", False), ("2025-05-31", True), ("2025-06-02", True), ("2022-03-01", True)],
    ids=["next day", "same day", "gap", "same start"],
)
def test_council_terms_follow_each_other_day_by_day(second, is_told, faults):
    body = f"""
    term:a a hyte:CouncilTerm ; hyte:isTermOf actor-kind:county ;
        hyte:startsOn "2022-03-01"^^xsd:date ; hyte:endsOn "2025-05-31"^^xsd:date .
    term:b a hyte:CouncilTerm ; hyte:isTermOf actor-kind:county ;
        hyte:startsOn "{second}"^^xsd:date ; hyte:endsOn "2029-05-31"^^xsd:date .
    term:c a hyte:CouncilTerm ; hyte:isTermOf actor-kind:municipality ;
        hyte:startsOn "2021-08-01"^^xsd:date ; hyte:endsOn "2025-05-31"^^xsd:date .
    """
    assert any("ends on 2025-05-31" in said for said in faults(body).get("term:b", ())) == is_told


CHAIN = " ".join(f"rule:n{at:02} a sh:NodeShape ; sh:node rule:n{at + 1:02} ." for at in range(1, DEEPEST))
OVER = f"{DEEPEST + 1} shapes stand within each other"
LOOP = "rule:a sh:or ( rule:b rule:c ) . rule:c sh:property rule:d . rule:d sh:not rule:a ."
BLANK_LOOP = "rule:a sh:property [ sh:path hyte:x ; sh:qualifiedValueShape rule:b ] . rule:b sh:xone ( rule:a ) ."


def query(where: str) -> str:
    """Return a SPARQL-based constraint that knows the prefix hyte."""
    declared = f"rule:p sh:declare [ sh:prefix 'hyte' ; sh:namespace '{HYTE}' ] ."
    return f"rule:a sh:prefixes rule:p ; sh:select '''SELECT $this WHERE {{ {where} }}''' . {declared}"


@pytest.mark.parametrize(
    ("body", "where", "what"),
    [
        ("rule:a sh:node rule:a .", "rule:a", "The shape comes back to itself: rule:a > rule:a."),
        (LOOP, "rule:a", "The shape comes back to itself: rule:a > rule:c > rule:d > rule:a."),
        (BLANK_LOOP, "rule:b", "The shape comes back to itself: rule:b > rule:a"),
        (f"{CHAIN} rule:n{DEEPEST} sh:node rule:x .", "rule:n01", OVER),
        ("rule:a sh:pattern '(' .", "rule:a", "no regular expression"),
        (query("FILTER (now() > 1)"), "rule:a", "The query uses NOW"),
        (query("SERVICE <http://example.org/> { $this ?p ?o }"), "rule:a", "The query uses SERVICE"),
        (query("$this hyte:x "), "rule:a", "The query cannot be read"),
        (query("$this skos:broader ?o"), "rule:a", "The query cannot be read"),
        (query("$this hyte:nosuch ?o"), "rule:a", f"hyte:nosuch {TYPO}"),
        ("rule:a sh:select 'SELECT $this WHERE { $this ?p ?o }' .", "rule:a", "The query declares no prefixes."),
        ("rule:a-part hyte:checks norm:a .", "rule:a-part", "does not begin with that of its norm, a."),
        ("rule:a sh:minCont 1 .", "rule:a", "sh:minCont is no property."),
        ("rule:a sh:rule rule:b .", "rule:a", "sh:rule is no property."),
        ("rule:a sh:path ( hyte:x [ sh:inversePath skos:Concept ] ) .", "rule:a", "skos:Concept is no property."),
        ("rule:a sh:property [ sh:class hyte:Nosuch ] .", "rule:a", "hyte:Nosuch is no class."),
        ("rule:a sh:targetClass rule:b .", "rule:a", "rule:b is neither a class nor a norm."),
        ("rule:a sh:targetSubjectsOf hyte:nosuch .", "rule:a", "hyte:nosuch is no property."),
    ],
)
def test_a_fault_of_the_rules_is_told(body, where, what, faults):
    assert any(what in said for said in faults("", body)[where])


@pytest.mark.parametrize(
    "body",
    [
        f"{CHAIN} rule:n{DEEPEST} a sh:NodeShape .",
        query("# NOW()\n $this ?p 'NOW()'"),
        "rule:a sh:targetClass hyte:X ; sh:or ( rule:b rule:c ) . rule:b sh:node rule:d . rule:c sh:node rule:d .",
        "rule:a--part hyte:checks norm:a . rule:b hyte:checks norm:b .",
    ],
    ids=["deepest", "words in a text", "diamond", "names"],
)
def test_a_sound_rule_is_not_told(body, faults):
    told = {said for found in faults("", body).values() for said in found}
    words = ("comes back", "within each other", "The query", "does not begin")
    assert not [said for said in told if any(word in said for word in words)]


def test_a_norm_with_rules_and_a_reason_against_them_is_told():
    body = f"norm:a a hyte:Obligation ; hyte:isNotCheckableBecause {ONE} . rule:a hyte:checks norm:a ."
    assert "quality-duty" in found_by("pyshacl", body)


def test_an_ontology_without_its_shapes_is_no_answer(tmp_path):
    for name in ("ontology", "rules"):
        (tmp_path / name).mkdir()
    with pytest.raises(KnowledgeError):
        check_quality(Knowledge(tmp_path / "ontology", tmp_path / "rules"))


def test_the_shapes_of_the_ontology_are_no_rules_on_descriptions(knowledge):
    assert isinstance(knowledge.shapes, Graph)
    assert not [shape for shape in knowledge.shapes.subjects() if "/rule/quality-" in str(shape)]
