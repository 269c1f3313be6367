"""The terminology is sound SKOS, says where each label comes from, and leads to the law and the sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
import skosify
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from hyte_graph.languages import LANGUAGES
from hyte_graph.store.knowledge import Knowledge, parse_file
from hyte_graph.store.terms import HYTE, graph_of
from hyte_graph.store.turtle import format_turtle, parse_turtle
from hyte_graph.vocabulary import BASE, FOREIGN, iri, slug
from tests.conftest import ROOT

XL = Namespace("http://www.w3.org/2008/05/skos-xl#")
SCHEME = URIRef(iri("scheme", "terminology"))
FILES = ("schemes/terminology.ttl", "schemes/terminology-labels.ttl", "schemes/label-status.ttl", "terminology.ttl")
LABELS = ((SKOS.prefLabel, XL.prefLabel), (SKOS.altLabel, XL.altLabel), (SKOS.hiddenLabel, XL.hiddenLabel))
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
SPOKEN = Counter(LANGUAGES)
ATTESTED = {"attested-in-source", "attested-in-other-form", "attested-by-alternative"}
TRANSLATED = {"translation-in-established-use", "translation-of-the-project", "translation-seen-on-official-site"}


@pytest.fixture(scope="module")
def graph() -> Graph:
    """Return the terminology alone."""
    return graph_of(quad for name in FILES for quad in parse_file(ROOT / "ontology" / name))


@pytest.fixture(scope="module")
def everything(knowledge: Knowledge) -> Graph:
    """Return the whole ontology."""
    return graph_of(quad for path in sorted(knowledge.ontology.rglob("*.ttl")) for quad in parse_file(path))


@pytest.fixture(scope="module")
def concepts(graph: Graph) -> frozenset[Node]:
    return frozenset(graph.subjects(SKOS.inScheme, SCHEME))


def term(name: str) -> URIRef:
    return URIRef(iri("term", name))


def terms(nodes: Iterator[Node]) -> set[str]:
    return {slug(str(node)) for node in nodes}


def spoken(graph: Graph, node: Node, predicate: Node) -> Counter[str | None]:
    return Counter(text.language for text in graph.objects(node, predicate) if isinstance(text, Literal) and text)


def above(graph: Graph, node: Node) -> set[Node]:
    """Return the broader concepts of a concept, and theirs; the concept itself only where it is in a circle."""
    return {far for near in graph.objects(node, SKOS.broader) for far in graph.transitive_objects(near, SKOS.broader)}


def statuses(graph: Graph, kind: Node, language: str) -> Counter[str]:
    """Return how many labels of a kind and language have each status."""
    labels = [
        label
        for label in graph.objects(None, kind)
        if any(isinstance(text, Literal) and text.language == language for text in graph.objects(label, XL.literalForm))
    ]
    return Counter(slug(str(status)) for label in labels for status in graph.objects(label, HYTE.hasLabelStatus))


# SKOS.


def test_there_are_409_concepts(graph, concepts):
    assert len(concepts) == 409
    assert all((concept, RDF.type, SKOS.Concept) in graph for concept in concepts)


@pytest.mark.parametrize("predicate", [SKOS.prefLabel, SKOS.definition], ids=["label", "definition"])
def test_each_concept_speaks_each_language_once(graph, concepts, predicate):
    assert [slug(str(concept)) for concept in concepts if spoken(graph, concept, predicate) != SPOKEN] == []


def test_no_two_concepts_share_a_preferred_label(graph, concepts):
    labels = [label for concept in concepts for label in graph.objects(concept, SKOS.prefLabel)]
    counted = Counter((str(label).casefold(), label.language) for label in labels)
    assert [label for label, count in counted.items() if count > 1] == []


def test_the_kinds_of_labels_of_a_concept_are_disjoint(graph, concepts):
    for concept in concepts:
        labels = [label for kind, _ in LABELS for label in graph.objects(concept, kind)]
        assert len(labels) == len(set(labels)), concept


def test_each_concept_is_known_by_its_own_notation(graph, concepts):
    for concept in concepts:
        assert [str(text) for text in graph.objects(concept, SKOS.notation)] == [slug(str(concept))]


def test_no_concept_is_broader_than_itself_or_only_related_to_a_broader_one(graph, concepts):
    for concept in concepts:
        broader = above(graph, concept)
        assert concept not in broader
        assert not broader & set(graph.objects(concept, SKOS.related))


def test_narrower_mirrors_broader_and_related_goes_both_ways(graph):
    pairs = {kind: set(graph.subject_objects(kind)) for kind in (SKOS.broader, SKOS.narrower, SKOS.related)}
    assert len(pairs[SKOS.broader]) > 250
    assert pairs[SKOS.narrower] == {(broad, narrow) for narrow, broad in pairs[SKOS.broader] if "/term/" in narrow}
    assert pairs[SKOS.related] == {(right, left) for left, right in pairs[SKOS.related]}


def test_each_concept_is_reached_from_a_top_concept(graph, concepts):
    tops = set(graph.objects(SCHEME, SKOS.hasTopConcept))
    assert tops == {concept for concept in concepts if not above(graph, concept)}
    assert tops == set(graph.subjects(SKOS.topConceptOf, SCHEME))
    assert {low for top in tops for low in graph.transitive_objects(top, SKOS.narrower)} == concepts


def test_each_concept_is_in_one_collection(graph, concepts):
    held = Counter(graph.objects(None, SKOS.member))
    assert set(held) == concepts
    assert set(held.values()) == {1}


def test_each_definition_has_a_source_of_the_graph(graph, everything, concepts):
    for concept in concepts:
        sources = set(graph.objects(concept, DCTERMS.source))
        assert sources, concept
        assert not [source for source in sources if (source, RDF.type, None) not in everything], concept


def faults_by_skosify(graph: Graph, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what Skosify warns of in a copy of a graph, which it would otherwise repair in place."""
    caplog.clear()
    skosify.skosify(Graph() + graph, label="hyte", default_language="fi")
    return [record.getMessage() for record in caplog.records if record.levelname in ("WARNING", "ERROR", "CRITICAL")]


def test_skosify_finds_nothing_wrong(caplog):
    graph = graph_of(parse_file(ROOT / "ontology" / FILES[0]))
    assert faults_by_skosify(graph, caplog) == []


@pytest.mark.parametrize(
    ("extra", "what"),
    [
        ("", None),
        ("term:a skos:broader term:b .", "Hierarchy cycle"),
        ("term:a skos:related term:b .", "related"),
        ("term:a skos:prefLabel 'c'@fi .", "prefLabel"),
        ("term:a skos:altLabel 'a'@fi .", "altLabel"),
    ],
    ids=["sound", "circle", "related", "preferred", "alternative"],
)
def test_skosify_finds_the_faults_that_it_is_asked_for(extra, what, caplog):
    body = f"""
    PREFIX scheme: <{BASE}id/scheme/> PREFIX skos: <{SKOS}> PREFIX term: <{BASE}id/term/>
    scheme:s a skos:ConceptScheme ; skos:prefLabel "s"@fi ; skos:hasTopConcept term:a .
    term:a a skos:Concept ; skos:prefLabel "a"@fi ; skos:inScheme scheme:s ; skos:topConceptOf scheme:s .
    term:b a skos:Concept ; skos:prefLabel "b"@fi ; skos:inScheme scheme:s ; skos:broader term:a .
    {extra}
    """
    told = faults_by_skosify(graph_of(parse_turtle(body)), caplog)
    assert any(what in text for text in told) if what else told == []


# SKOS-XL.


@pytest.mark.parametrize(("plain", "thing"), LABELS, ids=["preferred", "alternative", "hidden"])
def test_each_label_is_also_a_thing_with_the_same_words(graph, concepts, plain, thing):
    words = [
        (concept, text)
        for concept in concepts
        for label in graph.objects(concept, thing)
        for text in graph.objects(label, XL.literalForm)
    ]
    assert words
    assert len(words) == len(set(words))
    assert set(words) == {(concept, text) for concept in concepts for text in graph.objects(concept, plain)}


def test_each_label_has_one_form_one_status_and_a_source(graph, everything):
    labels = set(graph.subjects(RDF.type, XL.Label))
    known = set(graph.subjects(SKOS.inScheme, URIRef(iri("scheme", "label-status"))))
    assert len(labels) > 3 * 409
    for label in labels:
        assert len(list(graph.objects(label, XL.literalForm))) == 1
        assert [status in known for status in graph.objects(label, HYTE.hasLabelStatus)] == [True]
        sources = set(graph.objects(label, DCTERMS.source))
        assert sources
        for source in sources:
            own = str(source).startswith(BASE)
            assert (source, RDF.type, None) in everything if own else str(source).startswith("https://")


def test_the_status_fits_the_source(graph):
    begins = {
        "attested-in-source": iri("source", ""),
        "attested-in-other-form": iri("source", ""),
        "attested-by-alternative": iri("source", ""),
        "misspelling-in-source": iri("source", ""),
        "attested-in-statute": iri("law", ""),
        "translation-seen-on-official-site": "https://",
    }
    for label, status in graph.subject_objects(HYTE.hasLabelStatus):
        begin = begins.get(slug(str(status)), iri("module", "scheme-terminology"))
        assert any(str(source).startswith(begin) for source in graph.objects(label, DCTERMS.source)), (begin, label)


def test_the_finnish_and_swedish_labels_are_counted_by_status(graph):
    finnish, swedish = statuses(graph, XL.prefLabel, "fi"), statuses(graph, XL.prefLabel, "sv")
    assert sum(finnish[status] for status in ATTESTED) == 133
    assert finnish["attested-in-statute"] == 10
    assert sum(finnish[status] for status in TRANSLATED) == 266
    assert finnish["translation-of-the-project"] == 75
    assert sum(swedish[status] for status in ATTESTED) == 409 - 70
    assert swedish["attested-in-statute"] == 44


def test_every_english_preferred_label_is_a_translation(graph):
    english = statuses(graph, XL.prefLabel, "en")
    assert set(english) <= TRANSLATED
    assert english.total() == 409


@pytest.mark.parametrize(
    ("words", "language", "name"),
    [
        ("kontakytstjänst", "sv", "interface-service"),
        ("välfärdsregion", "sv", "wellbeing-services-county"),
        ("welfare region", "en", "wellbeing-services-county"),
        ("welfare report", "en", "wellbeing-report"),
    ],
)
def test_a_wrong_form_leads_to_its_concept_and_is_not_shown(graph, words, language, name):
    text = Literal(words, lang=language)
    assert set(graph.subject_predicates(text)) >= {(term(name), SKOS.hiddenLabel)}
    assert not {kind for _, kind in graph.subject_predicates(text)} & {SKOS.prefLabel, SKOS.altLabel}


# What the languages do not share.


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("responsible-party", ("vastuutaho", "organ", "ansvariga", "612/2021", "615/2021")),
        ("body", ("toimieli", "vastuutaho", "organ")),
        ("community", ("yhteisö", "samhället")),
        ("society", ("yhteisö", "samhället")),
        ("landskap", ("välfärdsområde", "2017")),
        ("wellbeing-services-county", ("välfärdsområde", "landskap")),
        ("hyte", ("hyvinvointi ja terveys", "hälsa och välfärd")),
    ],
)
def test_a_trap_of_the_languages_is_noted_in_each_of_them(graph, name, words):
    notes = list(graph.objects(term(name), HYTE.divergenceNote))
    assert Counter(note.language for note in notes) == SPOKEN
    for note in notes:
        # In the Finnish note a word of Finnish may be inflected.
        assert [word for word in words if word[:7] not in note] == [], note.language


def test_the_landskap_of_2017_is_no_name_of_the_county(graph):
    county, landskap = term("wellbeing-services-county"), term("landskap")
    assert (county, SKOS.related, landskap) in graph
    labels = [str(text) for kind, _ in LABELS for text in graph.objects(county, kind)]
    assert not [text for text in labels if "landskap" in text or "maakunta" in text]
    matched = [{node for kind in MATCHES for node in graph.objects(concept, kind)} for concept in (county, landskap)]
    assert all(matched)
    assert not matched[0] & matched[1]


# What a concept leads to.


@pytest.mark.parametrize(
    ("property_", "kinds", "least"),
    [
        (HYTE.isUsedInNorm, ("norm",), 900),
        (HYTE.isUsedInProvision, ("law", "act-draft"), 500),
        (HYTE.isUsedInStatement, ("statement",), 1600),
        (HYTE.namesThing, ("law", "act-draft", "actor", "source"), 15),
    ],
    ids=["norms", "provisions", "statements", "things"],
)
def test_a_link_leads_to_a_thing_of_the_graph(graph, everything, property_, kinds, least):
    links = set(graph.subject_objects(property_))
    assert len(links) >= least
    for concept, thing in links:
        assert str(thing).startswith(tuple(iri(kind, "") for kind in kinds)), concept
        assert (thing, RDF.type, None) in everything, (concept, thing)


def test_a_class_that_models_a_concept_is_declared(graph, everything):
    links = set(graph.subject_objects(HYTE.isModelledAs))
    assert len(links) > 50
    assert not [link for link in links if (link[1], RDF.type, OWL.Class) not in everything]


def test_a_match_leads_to_a_concept_of_another_scheme(graph, everything):
    pairs = {pair for kind in MATCHES for pair in graph.subject_objects(kind)}
    assert len(pairs) > 100
    for _, other in pairs:
        schemes = set(everything.objects(other, SKOS.inScheme))
        assert schemes, other
        assert SCHEME not in schemes


def test_no_concept_has_two_exact_matches_in_one_scheme(graph, everything, concepts):
    for concept in concepts:
        found = [
            scheme
            for node in graph.objects(concept, SKOS.exactMatch)
            for scheme in everything.objects(node, SKOS.inScheme)
        ]
        assert len(found) == len(set(found)), concept


def test_concepts_and_statements_agree_on_who_uses_what(everything):
    ways = (HYTE.usesTerm, HYTE.namesActor, HYTE.namesCounterpart, HYTE.namesLaw)
    told = {(concept, statement) for way in ways for statement, concept in everything.subject_objects(way)}
    assert set(everything.subject_objects(HYTE.isUsedInStatement)) == told


@pytest.mark.parametrize(
    ("name", "norm"),
    [
        ("responsible-party", "cty-7-2-s3-name-responsible-party"),
        ("annual-negotiation", "cty-7-4-s4-annual-negotiation"),
        ("county-municipality-negotiation", "wsc-14-s1-negotiate-county-municipalities"),
        ("regional-wellbeing-plan", "cty-7-3-s3-term-plan"),
        ("permanent-body", "guidance-permanent-body"),
    ],
)
def test_a_concept_leads_to_the_norm_about_it(graph, name, norm):
    assert (term(name), HYTE.isUsedInNorm, URIRef(iri("norm", norm))) in graph


WAYS_TO_MANAGE = "monitoring-means reporting-means goal-setting-means"
PARTS_OF_WELLBEING = """
    living-conditions employment working-conditions livelihood social-relations self-realisation happiness
    social-capital
"""
BASIC_SERVICES = """
    infrastructure land-use-planning traffic-solution ecec education-service nature-activity sports-service
    culture-service youth-service employment-services
"""
VOLUNTEER_WORK = """
    support-person residents-cottage outreach-work peer-group godparent-activity support-for-culture shared-premises
"""


@pytest.mark.parametrize(
    ("name", "narrower"),
    [
        ("management-tool", WAYS_TO_MANAGE),
        ("wellbeing-component", PARTS_OF_WELLBEING),
        ("municipal-basic-service", BASIC_SERVICES),
        ("participation-volunteer-work", VOLUNTEER_WORK),
    ],
)
def test_a_concept_has_the_narrower_ones_of_the_sources(graph, name, narrower):
    assert terms(graph.objects(term(name), SKOS.narrower)) == set(narrower.split())


def test_the_regional_wellbeing_report_is_in_six_statements(graph):
    found = terms(graph.objects(term("regional-wellbeing-report"), HYTE.isUsedInStatement))
    assert found == {"thl-sv-076", "thl-sv-077", "thl-fi-076", "thl-fi-077", "hb17-sv-005", "hb17-sv-067"}


def test_the_properties_of_the_terminology_are_explained(graph):
    module = URIRef(iri("module", "terminology"))
    found = set(graph.subjects(RDFS.isDefinedBy, module))
    used = {kind for kind in graph.predicates() if str(kind).startswith(str(HYTE))}
    assert used == found
    for node in found:
        assert spoken(graph, node, RDFS.label) == spoken(graph, node, SKOS.definition) == SPOKEN


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_in_canonical_form(name):
    text = (ROOT / "ontology" / name).read_text(encoding="utf-8")
    assert format_turtle(text, name) == text


def test_the_prefix_of_label_things_is_that_of_the_standard():
    assert FOREIGN["skosxl"] == str(XL)
