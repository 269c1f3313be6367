"""The static site tells everything in each language once, links to nothing that is not there, and needs no network."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from itertools import pairwise
from urllib.parse import unquote

import pytest

from hyte_graph.compliance.catalogue import read_catalogue
from hyte_graph.languages import LANGUAGES
from hyte_graph.reports.site import pages, paths
from hyte_graph.reports.templating import initial
from hyte_graph.vocabulary import FOREIGN, HYTE, iri, slug
from tests.web.markup import Markup, read

NAMES = ("index", "terms", "ontology", "codes", "norms", "rules")
PATHS = [f"{language}/{name}.html" for language in LANGUAGES for name in NAMES]
SKOS = FOREIGN["skos"]
EMPTY = re.compile(r"<(a|code|dd|dl|dt|h\d|li|p|q|section|span|strong|summary|title|ul)\b[^>]*>\s*</\1>")
LABELS = ("skos:prefLabel", "skos:altLabel", "rdfs:label", "skos:definition", "dcterms:title", "hasAttestedForm")


@pytest.fixture(scope="module")
def made(knowledge) -> dict[str, str]:
    return pages(knowledge)


@pytest.fixture(scope="module")
def parsed(made) -> dict[str, Markup]:
    return {path: read(text) for path, text in made.items()}


@pytest.fixture(scope="module")
def things(knowledge) -> dict[str, set[str]]:
    """Return the anchors that each page must have, read off the graph by another way than the site takes."""
    graph, codes = knowledge.triples, set()
    concepts = set()
    for node in graph.of_class(SKOS + "Concept"):
        if graph.values(node, "skos:inScheme") == [iri("scheme", "terminology")]:
            concepts.add(slug(node))
        else:
            codes.add("/".join(node.rsplit("/", 2)[1:]))
    kinds = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
    own = {slug(node) for kind in kinds for node in graph.of_class(FOREIGN["owl"] + kind) if node.startswith(HYTE)}
    schemes = {f"scheme/{slug(node)}" for node in graph.of_class(SKOS + "ConceptScheme")} - {"scheme/terminology"}
    return {
        "terms": concepts,
        "ontology": own,
        "codes": codes | schemes,
        "norms": {slug(node) for node in graph.having("hasNormStatus")},
        "rules": {slug(node) for node in knowledge.shape_index.having("checks")},
    }


def test_the_pages_are_those_that_the_site_knows_as_its_own(made):
    assert set(made) == paths() == {"index.html", *PATHS}


@pytest.mark.parametrize("path", ["index.html", *PATHS])
def test_the_html_of_a_page_holds_together(parsed, path):
    assert parsed[path].faults == ["style in the page"]  # the style sheet stands in the page, so that it stands alone


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_empty_or_only_a_placeholder(made, parsed, path):
    assert [found[0] for found in EMPTY.finditer(made[path])] == []
    told = [text for text, _ in parsed[path].texts if not text.startswith(":root")]
    assert [text for text in told if text in ("None", "()", "[]") or "{" in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES[1:])
def test_everything_in_the_graph_has_its_place_once(parsed, things, language, name):
    counted = Counter(parsed[f"{language}/{name}.html"].ids)
    assert len(things[name]) > 200
    assert {anchor: counted[anchor] for anchor in things[name]} == dict.fromkeys(things[name], 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_term_list_has_the_concepts_and_nothing_else(parsed, things, language):
    ids = [name for name in parsed[f"{language}/terms.html"].ids if "/" not in name]
    assert len(ids) == len(things["terms"]) == 409
    assert set(ids) == things["terms"]
    assert any("409" in text for text, _ in parsed[f"{language}/index.html"].texts)


def test_every_link_leads_somewhere(parsed):
    ids = {path: set(page.ids) for path, page in parsed.items()}
    lost = []
    for path, page in parsed.items():
        for _, told in page.links:
            href = told["href"] or ""
            if href.startswith(("https://", "http://")):
                continue
            target, _, fragment = unquote(href).partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) if target else path
            if target not in ids or (fragment and fragment not in ids[target]):
                lost.append((path, href))
    assert lost == []


@pytest.mark.parametrize("path", PATHS)
def test_a_page_names_itself_in_each_language_and_switches_to_the_same_page(parsed, path):
    page, (language, name) = parsed[path], path.split("/")
    assert page.language == language
    alternates = {told["hreflang"]: told["href"] for tag, told in page.links if tag == "link"}
    others = {one: f"../{one}/{name}" for one in LANGUAGES}
    assert others.items() <= alternates.items()
    switched = {
        told["lang"]: told["href"] for tag, told in page.links if tag == "a" and told.get("aria-current") == "true"
    }
    assert switched == {language: others[language]}


@pytest.mark.parametrize("path", [path for path in PATHS if "index" not in path])
def test_the_switch_of_each_thing_keeps_its_anchor(parsed, things, path):
    language, name = path.removesuffix(".html").split("/")
    hrefs = set(parsed[path].anchors)
    others = [one for one in LANGUAGES if one != language]
    missing = [(one, item) for one in others for item in things[name] if f"../{one}/{name}.html#{item}" not in hrefs]
    assert missing == []


@pytest.mark.parametrize("path", PATHS)
def test_no_literal_stands_under_another_language(knowledge, parsed, path):
    spoken = _spoken(knowledge)
    wrong = [
        (text, language)
        for text, language in parsed[path].texts
        if spoken.get(text.lower()) and language not in spoken[text.lower()]
    ]
    assert wrong == []


def _spoken(knowledge) -> dict[str, set[str]]:
    """Return each label and definition of the graph with the languages in which it reads so."""
    found: dict[str, set[str]] = {}
    for predicate in LABELS:
        for node in knowledge.triples.having(predicate):
            for language, text in knowledge.triples.spoken(node, predicate):
                found.setdefault(text.lower(), set()).add(language)
    return {text: languages for text, languages in found.items() if "" not in languages}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_concept_stands_in_all_its_languages_with_the_status_of_each_label(knowledge, parsed, language):
    graph, told = knowledge.triples, set(parsed[f"{language}/terms.html"].texts)
    statuses = Counter(text for text, _ in parsed[f"{language}/terms.html"].texts)
    counted: Counter[str] = Counter()
    for node in (node for node in graph.of_class(SKOS + "Concept") if "/id/term/" in node):
        for predicate in ("skos:prefLabel", "skos:altLabel", "skos:definition"):
            assert {(text, tag) for tag, text in graph.spoken(node, predicate)} <= told, node
        for kind in ("prefLabel", "altLabel"):
            for holder in graph.values(node, f"skosxl:{kind}"):
                status = knowledge.label(graph.value(holder, "hasLabelStatus") or "").within(language)
                counted[status] += 1
    assert sum(counted.values()) > 1600
    assert {status: statuses[status] for status in counted} == counted


@pytest.mark.parametrize("language", LANGUAGES)
def test_hidden_labels_are_not_shown(knowledge, parsed, language):
    shown = {text for text, _ in parsed[f"{language}/terms.html"].texts}
    graph = knowledge.triples
    hidden = {text for node in graph.having("skos:hiddenLabel") for _, text in graph.spoken(node, "skos:hiddenLabel")}
    assert hidden
    assert not hidden & shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_on_diverging_meaning_is_shown(knowledge, parsed, language):
    nodes = knowledge.triples.having("divergenceNote")
    notes = {knowledge.triples.text(node, "divergenceNote").within(language) for node in nodes}
    assert len(notes) == len(nodes) > 20
    assert notes <= {text for text, _ in parsed[f"{language}/terms.html"].texts}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_norm_is_told_with_its_citation_and_its_exceptions(knowledge, parsed, language):
    told = {text for text, _ in parsed[f"{language}/norms.html"].texts}
    together = "\n".join(sorted(told))
    for norm in knowledge.norms.values():
        assert {initial(norm.label.within(language)), norm.definition.within(language)} <= told, norm.slug
        assert {item.text.within(language) for item in norm.conditions} <= told, norm.slug
        assert all(item.text.within(language) in together for item in norm.exceptions), norm.slug
        assert norm.note is None or norm.note.within(language) in told, norm.slug
        assert norm.provision.citation.within(language).lower() in together.lower(), norm.slug


@pytest.mark.parametrize("language", LANGUAGES)
def test_guidance_and_drafts_stand_after_the_law_under_their_own_warning(knowledge, made, language):
    page = made[f"{language}/norms.html"]
    law, _, rest = page.partition('<h2 id="page/guidance">')
    guidance, _, drafts = rest.partition('<h2 id="page/drafts">')
    for norm in knowledge.norms.values():
        part = {"GuidanceNorm": guidance, "DraftNorm": drafts}.get(norm.kind, law)
        assert f'id="{norm.slug}"' in part, norm.slug
    assert all(
        part.lstrip().partition("\n")[2].lstrip().startswith('<div class="note warning"') for part in (guidance, drafts)
    )


def test_an_act_is_called_by_its_number_and_never_by_its_title_alone(knowledge, made):
    headings = re.findall(r'<h[23] id="act/[^"]*">([^<]*)<', made["fi/norms.html"])
    assert len(headings) == len({norm.provision.act for norm in knowledge.norms.values()} - {""}) > 25
    assert [heading for heading in headings if not re.search(r"\d+/(19|20)\d\d", heading)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_a_rule_is_in_the_rule_book(knowledge, parsed, language):
    told = {text for text, _ in parsed[f"{language}/rules.html"].texts}
    catalogue = read_catalogue(knowledge.shape_index)
    assert {text.within(language) for text in catalogue.messages.values()} <= told
    assert {rule.message.within(language) for rule in catalogue.rules.values()} <= told


@pytest.mark.parametrize("path", PATHS)
def test_headings_do_not_skip_a_level(made, path):
    levels = [int(level) for level in re.findall(r"<h(\d)", made[path])]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", ["index.html", *PATHS])
def test_a_page_fetches_nothing(made, parsed, path):
    assert not {"audio", "base", "embed", "form", "iframe", "img", "object", "script", "source"} & set(
        parsed[path].tags
    )
    assert all(told["rel"] == "alternate" for tag, told in parsed[path].links if tag == "link")
    assert "url(" not in made[path]
    assert "@import" not in made[path]


@pytest.mark.parametrize(("language", "last"), [("fi", "Y"), ("sv", "Ä"), ("en", "Y")])
def test_the_letters_are_in_the_order_of_the_alphabet(parsed, language, last):
    letters = [
        name.removeprefix("letter/") for name in parsed[f"{language}/terms.html"].ids if name.startswith("letter/")
    ]
    assert letters == sorted(letters, key=lambda sign: "0ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ".index(sign[0]))
    assert letters[-1] == last


def test_the_site_of_one_language_does_not_lead_to_the_others(knowledge):
    found = pages(knowledge, ["sv"])
    assert set(found) == {"index.html", *(f"sv/{name}.html" for name in NAMES)}
    assert not any(re.search(r'href="\.\./(fi|en)/', text) for text in found.values())
