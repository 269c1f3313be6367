"""What the five source documents say: found by its lines, told in three languages and set beside the law."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from hyte_graph.languages import LANGUAGES
from hyte_graph.store.knowledge import parse_file
from hyte_graph.vocabulary import FOREIGN, HYTE, PREFIXES, slug
from tests.conftest import ROOT

FILES = (*sorted((ROOT / "ontology" / "sources").glob("*.ttl")), ROOT / "ontology" / "drafts" / "2017-crosswalk.ttl")
LABEL, DEFINITION = "rdfs:label", "skos:definition"
STATEMENTS = {"thl-sv": 97, "thl-fi": 98, "stm": 49, "handbook-2017": 117, "lansi-uusimaa": 76}
STATUSES = {
    "thl-sv": "guidance",
    "thl-fi": "guidance",
    "stm": "guidance",
    "handbook-2017": "draft",
    "lansi-uusimaa": "local",
}
POINTS_TO = {
    "isFoundIn": "source",
    "hasStatementKind": "statement-kind",
    "hasStatementModality": "statement-modality",
    "hasStatementStatus": "statement-status",
    "hasTiming": "timing",
    "namesActor": "term",
    "namesCounterpart": "term",
    "namesLaw": "term",
    "usesTerm": "term",
    "dcterms:isPartOf": "statement",
    "hasParallel": "statement",
    "hasParallelRelation": "parallel-relation",
    "hasSourceStatus": "source-status",
    "reconciles": "statement",
    "hasRelation": "relation",
    "comparesStatement": "statement",
    "comparesWith": "statement",
    "hasCompareRelation": "compare-relation",
    "isDrawnFrom": "statement",
    "wouldOblige": "actor-kind",
    "hasChange": "change",
}
INVERSE = {
    "draft-predecessor": "successor-in-force",
    "draft-related": "in-force-related",
    "practised-as": "practises-duty",
    "broader-in-other-source": "narrower-in-other-source",
}
INVERSE |= {other: one for one, other in INVERSE.items()}
COUNTED = {  # statements set beside each norm of 612/2021 6-7 §
    "cty-7-1-s1-promote-wellbeing": 22,
    "cty-7-1-s2-primary-responsibility": 7,
    "cty-7-2-s1a-set-objectives": 8,
    "cty-7-2-s1b-define-measures": 4,
    "cty-7-2-s2-consider-impacts": 8,
    "cty-7-2-s3-name-responsible-party": 7,
    "cty-7-3-s1-monitor": 18,
    "cty-7-3-s2-annual-report": 11,
    "cty-7-3-s3-term-plan": 9,
    "cty-7-3-s3-term-report": 13,
    "cty-7-3-s4-draw-up-with-municipalities": 8,
    "cty-7-3-s5-participation-reference": 1,
    "cty-7-3-s6-publish": 7,
    "cty-7-4-s1a-cooperate-with-municipalities": 20,
    "cty-7-4-s1b-expert-support-to-municipalities": 11,
    "cty-7-4-s2-cooperate-with-others": 11,
    "cty-7-4-s3-ngo-conditions": 8,
    "cty-7-4-s4-annual-negotiation": 6,
    "hel-6-5-s1-report-plan-with-hus": 0,
    "hel-6-5-s4-annual-negotiation": 1,
    "mun-6-1-s1-promote-wellbeing": 23,
    "mun-6-1-s2-primary-responsibility": 1,
    "mun-6-2-s1a-set-objectives": 1,
    "mun-6-2-s1b-define-measures": 1,
    "mun-6-2-s2-consider-impacts": 6,
    "mun-6-2-s3-intersectoral-cooperation": 6,
    "mun-6-2-s4-name-responsible-party": 6,
    "mun-6-3-s1-monitor": 7,
    "mun-6-3-s2-annual-report": 2,
    "mun-6-3-s3-term-plan": 1,
    "mun-6-3-s3-term-report": 2,
    "mun-6-3-s4a-deliver-to-county": 4,
    "mun-6-3-s4b-publish": 2,
    "mun-6-4-s1a-cooperate-with-county": 7,
    "mun-6-4-s1b-expert-support-to-county": 3,
    "mun-6-4-s2-cooperate-with-others": 7,
    "mun-6-4-s3-ngo-conditions": 4,
    "mun-6-4-s4-take-part-in-negotiation": 1,
    "uus-cty-7-5-s1-report-plan-with-hus": 0,
    "uus-cty-7-5-s2-cooperate-with-hus": 0,
    "uus-cty-7-5-s3-negotiate-with-hus": 0,
    "uus-mun-6-5-s2-deliver-to-hus": 0,
    "uus-mun-6-5-s3-cooperate-with-hus": 0,
}


@pytest.fixture(scope="module")
def named(knowledge):
    """Return a function from a class to the addresses of its members."""
    return lambda kind: knowledge.triples.of_class(HYTE + kind)


@pytest.fixture(scope="module")
def one(knowledge):
    """Return a function from a thing and a property to the slug of its one value."""

    def value(thing: str, predicate: str) -> str:
        found = knowledge.triples.values(thing, predicate)
        assert len(found) == 1, (thing, predicate, found)
        return slug(found[0])

    return value


@pytest.fixture(scope="module")
def quads():
    """Return every quad of the modules."""
    return [quad for path in FILES for quad in parse_file(path)]


# The documents and their statements.


def test_each_source_has_its_statements(named, one):
    assert Counter(one(statement, "isFoundIn") for statement in named("Statement")) == STATEMENTS
    assert sum(STATEMENTS.values()) == 437
    assert {slug(source): one(source, "hasSourceStatus") for source in named("SourceDocument")} == STATUSES


def test_each_source_is_told_in_three_languages_and_known_by_its_file(named, one, knowledge):
    for source in named("SourceDocument"):
        for predicate in (LABEL, DEFINITION, "hasPublisher"):
            assert knowledge.triples.optional_text(source, predicate), (source, predicate)
        assert one(source, "hasPageLanguage") == ("fi" if source.endswith("/thl-fi") else "sv")
    names = sorted(one(source, "hasFileName") for source in named("SourceDocument"))
    assert [name[:3] for name in names] == ["000", "001", "002", "003", "004"]


def test_each_statement_is_complete_in_three_languages(named, one, knowledge):
    for statement in named("Statement"):
        for predicate in (LABEL, DEFINITION):
            assert knowledge.triples.optional_text(statement, predicate), (statement, predicate)
        for predicate in ("hasHeadingPath", "hasStatementKind", "hasStatementModality", "hasStatementStatus"):
            assert one(statement, predicate)


def test_every_text_stands_once_in_each_language(quads):
    spoken = defaultdict(list)
    for quad in quads:
        if language := getattr(quad.object, "language", None):
            spoken[quad.subject.value, quad.predicate.value].append(language)
            assert quad.object.value.strip() == quad.object.value != ""
    assert len(spoken) > 3000
    assert {key: found for key, found in spoken.items() if sorted(found) != sorted(LANGUAGES)} == {}


def test_each_statement_begins_on_the_first_of_its_lines(named, one, knowledge):
    for statement in named("Statement"):
        lines = [int(line) for line in knowledge.triples.values(statement, "hasLine")]
        assert int(one(statement, "hasFirstLine")) == min(lines) >= 1, statement


def test_every_statement_that_tells_of_the_draft_is_of_the_handbook(named, one):
    for statement in named("Statement"):
        tells_of_draft = one(statement, "hasStatementStatus") == "draft-2017-never-in-force"
        assert tells_of_draft == (one(statement, "isFoundIn") == "handbook-2017"), statement


def test_what_a_statement_tells_is_worded_as_its_source_words_it(named, one):
    modalities = Counter(one(statement, "hasStatementModality") for statement in named("Statement"))
    assert modalities == {
        "descriptive": 157,
        "example": 113,
        "is-task": 60,
        "indicative-task": 31,
        "aim": 29,
        "must": 28,
        "example-question": 10,
        "responsible": 5,
        "may": 4,
    }


@pytest.mark.parametrize(("predicate", "kind"), POINTS_TO.items())
def test_every_reference_leads_to_a_thing_of_its_kind(predicate, kind, quads, knowledge):
    prefix, _, local = predicate.rpartition(":")
    address = FOREIGN[prefix] + local if prefix else HYTE + predicate
    found = {quad.object.value for quad in quads if quad.predicate.value == address}
    assert found
    assert {item for item in found if not item.startswith(PREFIXES[kind]) or item not in knowledge.triples} == set()


def test_no_text_of_a_source_but_its_headings_is_kept(quads):
    plain = [quad for quad in quads if getattr(quad.object, "language", "") is None]
    texts = [quad for quad in plain if quad.object.datatype.value == PREFIXES["xsd"] + "string"]
    kept = {slug(quad.predicate.value) for quad in texts}
    assert kept == {"hasHeadingPath", "hasFileName", "hasPageLanguage", "identifier"}
    headings = [
        heading
        for quad in texts
        if slug(quad.predicate.value) == "hasHeadingPath"
        for heading in quad.object.value.split(" > ")
    ]
    assert max(len(heading) for heading in headings) < 120
    assert [heading for heading in headings if heading.endswith(".")] == []


def test_no_address_or_number_of_a_person_is_kept(quads):
    texts = [quad.object.value for quad in quads if hasattr(quad.object, "language")]
    assert [text for text in texts if re.search(r"\S@\S|\+358|\b0\d{1,2}[ -]\d{3}", text)] == []


# The language versions, and the sources beside each other.


def test_the_versions_of_the_page_point_at_each_other(named, one, knowledge):
    pairs = {
        (statement, other)
        for statement in named("Statement")
        for other in knowledge.triples.values(statement, "hasParallel")
    }
    assert len(pairs) == 194
    assert pairs == {(other, statement) for statement, other in pairs}
    assert {frozenset((one(a, "isFoundIn"), one(b, "isFoundIn"))) for a, b in pairs} == {
        frozenset(("thl-sv", "thl-fi"))
    }


def test_the_versions_differ_in_eleven_pairs_and_one_statement(named, knowledge):
    related = defaultdict(set)
    for statement in named("Statement"):
        for relation in knowledge.triples.values(statement, "hasParallelRelation"):
            related[slug(relation)].add(slug(statement))
    numbers = ("004", "006", "013", "015", "018", "047", "058", "059", "063", "072", "085")
    assert related["differs"] == {f"thl-{language}-{number}" for language in ("fi", "sv") for number in numbers}
    assert related["missing-in-other"] == {"thl-fi-004b"}
    for name in related["differs"] | related["missing-in-other"]:
        assert knowledge.triples.optional_text(PREFIXES["statement"] + name, "tellsParallel"), name


def test_each_comparison_of_sources_can_be_read_from_both_ends(named, one):
    found = {
        (one(node, "comparesStatement"), one(node, "comparesWith"), one(node, "hasCompareRelation"))
        for node in named("StatementComparison")
    }
    assert len(found) == 50
    assert found == {(other, this, INVERSE.get(relation, relation)) for this, other, relation in found}


def test_what_of_the_draft_has_a_successor_in_force(named, one):
    pairs = {
        (one(node, "comparesStatement"), one(node, "comparesWith"))
        for node in named("StatementComparison")
        if one(node, "hasCompareRelation") == "successor-in-force"
    }
    assert pairs == {
        ("hb17-sv-005", "thl-sv-077"),
        ("hb17-sv-026", "stm-sv-012"),
        ("hb17-sv-027", "stm-sv-014"),
        ("hb17-sv-003", "stm-sv-015"),
        ("hb17-sv-005", "stm-sv-016"),
        ("hb17-sv-006", "stm-sv-018"),
        ("hb17-sv-043", "stm-sv-024"),
        ("hb17-sv-032", "stm-sv-027"),
    }


# The sources beside the law.


def test_each_reconciliation_sets_one_statement_beside_norms_that_exist(named, one, knowledge):
    nodes = named("Reconciliation")
    assert len(nodes) == len({one(node, "reconciles") for node in nodes}) == 299
    for node in nodes:
        norms = [slug(norm) for norm in knowledge.triples.values(node, "comparesNorm")]
        assert [norm for norm in norms if norm not in knowledge.norms] == []
        assert not norms or one(node, "hasRelation") != "no-norm", node


def test_each_reconciliation_says_how_the_statement_stands_to_the_law(named, one, knowledge):
    relations = Counter(one(node, "hasRelation") for node in named("Reconciliation"))
    assert relations == {
        "draft-2017": 107,
        "guidance-only": 46,
        "exemplifies": 46,
        "restates-partly": 23,
        "no-norm": 23,
        "local-promise": 21,
        "restates-stronger": 10,
        "restates-same": 9,
        "restates-weaker": 8,
        "definition": 4,
        "restates-other-bearer": 2,
    }
    for node in named("Reconciliation"):
        told = knowledge.triples.optional_text(node, "tellsDifference")
        assert (told is None) == (one(node, "hasRelation") == "restates-same"), node


def test_only_what_tells_of_the_draft_is_reconciled_as_draft(named, one):
    for node in named("Reconciliation"):
        is_draft = one(node, "reconciles").startswith("hb17-")
        assert (one(node, "hasRelation") == "draft-2017") == is_draft, node


@pytest.fixture(scope="module")
def statements_of(named, one, knowledge):
    """Return the statements that are set beside each norm."""
    found = defaultdict(set)
    for node in named("Reconciliation"):
        for norm in knowledge.triples.values(node, "comparesNorm"):
            found[slug(norm)].add(one(node, "reconciles"))
    return found


def test_each_norm_on_hyte_work_lists_the_statements_about_it(statements_of, knowledge):
    sections = (PREFIXES["law"] + "2021-612-6-", PREFIXES["law"] + "2021-612-7-")
    norms = [
        norm.slug for norm in knowledge.norms.values() if norm.provision and norm.provision.iri.startswith(sections)
    ]
    assert {norm: len(statements_of[norm]) for norm in norms} == COUNTED


def test_the_yearly_negotiation_is_told_by_the_ministry_and_in_part_by_others(statements_of, one):
    found = statements_of["cty-7-4-s4-annual-negotiation"]
    assert found == {"stm-sv-026", "thl-sv-021", "thl-fi-021", "hb17-sv-037", "hb17-sv-050", "hb17-sv-051"}
    relations = {name: one(f"{PREFIXES['statement']}{name}--reconciliation", "hasRelation") for name in found}
    assert {name for name, relation in relations.items() if relation.startswith("restates")} == {"stm-sv-026"}


# The draft of 2017: compared, never binding.


def test_the_crosswalk_has_each_draft_obligation_in_one_row(named, knowledge):
    rows = named("CrosswalkRow")
    drafts = [draft for row in rows for draft in knowledge.triples.values(row, "comparesDraft")]
    assert len(rows) == 58
    assert len(named("DraftObligation")) == 47
    assert len(drafts) == len(set(drafts))
    assert set(named("DraftObligation")) == {
        draft for draft in drafts if draft.startswith(PREFIXES["draft-obligation"])
    }
    assert [draft for draft in drafts if draft not in knowledge.triples] == []


def test_a_row_names_the_statements_from_which_its_draft_obligations_are_drawn(named, knowledge):
    for row in named("CrosswalkRow"):
        drafts = knowledge.triples.values(row, "comparesDraft")
        drawn = {item for draft in drafts for item in knowledge.triples.values(draft, "isDrawnFrom")}
        assert not drawn or drawn == {draft for draft in drafts if draft.startswith(PREFIXES["statement"])}, row


def test_each_row_of_the_crosswalk_says_what_changed(named, one, knowledge):
    assert Counter(one(row, "hasChange") for row in named("CrosswalkRow")) == {
        "changed": 29,
        "dropped": 19,
        "new-today": 10,
    }
    for row in named("CrosswalkRow"):
        norms = [slug(norm) for norm in knowledge.triples.values(row, "comparesNorm")]
        is_new = one(row, "hasChange") == "new-today"
        assert knowledge.triples.optional_text(row, "tellsDifference"), row
        assert bool(knowledge.triples.values(row, "comparesDraft")) != is_new, row
        assert [
            norm for norm in norms if norm not in knowledge.norms or knowledge.norms[norm].kind == "DraftNorm"
        ] == []
        assert norms or one(row, "hasChange") == "dropped", row


def test_each_draft_obligation_is_drawn_from_the_handbook_and_told_in_three_languages(named, knowledge):
    for obligation in named("DraftObligation"):
        for predicate in (LABEL, DEFINITION, "wouldBeShownBy"):
            assert knowledge.triples.optional_text(obligation, predicate), (obligation, predicate)
        found = {slug(statement)[:8] for statement in knowledge.triples.values(obligation, "isDrawnFrom")}
        assert found == {"hb17-sv-"}, obligation


def test_no_draft_obligation_binds_anyone(named, knowledge):
    rules = {
        str(norm) for norm in knowledge.shapes.objects(None, None) if str(norm).startswith(PREFIXES["draft-obligation"])
    }
    assert rules == set()
    for obligation in named("DraftObligation"):
        for predicate in ("binds", "speaksTo", "hasNormStatus", "hasStrength", "hasModality", "recurs"):
            assert knowledge.triples.values(obligation, predicate) == [], (obligation, predicate)
        bearers = {slug(kind) for kind in knowledge.triples.values(obligation, "wouldOblige")}
        assert bearers <= {"regional-authority-draft", "state"}, obligation
        assert slug(obligation) not in knowledge.norms
