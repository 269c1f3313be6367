"""Search finds concepts by inflected and compound Finnish forms and by Swedish forms, in any case of the letters."""

from __future__ import annotations

import random
import time

import pytest

from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.search import Hit, Search
from hyte_graph.store.search.corpus import KINDS, entries
from hyte_graph.store.search.lemmas import lemma
from hyte_graph.store.search.words import words_of
from hyte_graph.vocabulary import FOREIGN, iri, slug

FORMS = """
hyvinvointikertomuksen       wellbeing-report           genitive
hyvinvointisuunnitelmissa    wellbeing-plan             inessive plural
toimielimiä                  body                       partitive plural, -in to -ime-
pysyvälle toimielimelle      permanent-body             adjective and noun in the allative
neuvottelujen                negotiation                genitive plural
ehkäisevästä päihdetyöstä    preventive-substance-work  elative, -yö
hyvinvointialueeltaan        wellbeing-services-county  ablative with an owner
kuntien                      municipality               nt to nn and t, genitive plural
kunnallekin                  municipality               allative with a particle
osallisuutta                 inclusion                  partitive, -uus
asukkaiden                   resident                   k to kk, genitive plural
toimenpiteitä                measure                    d to t, partitive plural
kannustimen                  incentive                  genitive, -in
hyte-kertoimella             hyte-coefficient           rr to rt, part of the label
yhdyspinnoilla               interface                  nt to nn, plural in -oi-
palvelustrategiasta          service-strategy           elative
perhekeskuksissa             family-centre              inessive plural, -us
liikuntalähetteitä           exercise-referral          t to tt, partitive plural
lain                         act                        k lost, genitive
laeissa                      act                        k lost, inessive plural
elinoloihin                  living-conditions          label in the plural, illative
tuen tarpeen                 support-need               v to p, two genitives
alueellisten hyvinvointikertomusten regional-wellbeing-report  adjective in -nen, genitive plural
hyviä käytäntöjä             good-practice              nn to nt, partitive plural
lasten ja nuorten hyvinvointisuunnitelmaa child-youth-wellbeing-plan  last word only
hyvinvoinnin ja terveyden edistämisestä hyte            last word only
Länsi-Uudellamaalla          western-uusimaa            name with both halves inflected
THL:lle                      thl                        ending after a colon
maakuntien                   landskap                   compound, genitive plural
päätösten                    decision                   consonant stem, genitive plural
vertaistuella                peer-support               k lost, adessive
hyvinvointialuejohtaja       wellbeing-services-county  longer compound than any label
välfärdsområdets             wellbeing-services-county  definite genitive
VÄLFÄRDSOMRÅDENAS            wellbeing-services-county  plural definite genitive in capitals
välfärdsberättelser          wellbeing-report           plural
förhandlingarna              negotiation                plural definite
kommunernas                  municipality               plural definite genitive
organen                      body                       neuter plural definite
åtgärders                    measure                    plural genitive
delaktigheten                inclusion                  definite
beslutsfattarna              decision-maker             plural definite
landskapens                  landskap                   plural definite genitive
orosanmälningarna            concern-notification       -an to -ning-
tvåspråkiga välfärdsområden  bilingual-county           adjective and noun in the plural
lagstadgade uppgifterna      statutory-task             adjective and noun in the plural
förebyggande rusmedelsarbetet preventive-substance-work definite
konsekvensbedömningar        impact-consideration       alternative label in the plural
HYTE-koefficienten           hyte-coefficient           definite
"""
"""A form, the concept that it must lead to within the first three, and what is done to the label in it."""


def rows() -> list[tuple[str, str]]:
    found = []
    for line in FORMS.strip().splitlines():
        words = line.split()
        at = next(at for at in range(1, len(words)) if words[at] in CONCEPTS)
        found.append((" ".join(words[:at]), words[at]))
    return found


CONCEPTS = frozenset(
    slug(node)
    for node in Knowledge.shipped().triples.of_class(FOREIGN["skos"] + "Concept")
    if node.startswith(iri("term", ""))
)


@pytest.fixture(scope="module")
def search(knowledge) -> Search:
    return Search.of(knowledge)


def found(hits: tuple[Hit, ...]) -> list[str]:
    return [slug(hit.iri) for hit in hits]


@pytest.mark.parametrize(("form", "concept"), rows())
def test_a_form_leads_to_its_concept_within_the_first_three(form, concept, search):
    assert concept in found(search.find(form, limit=3))


def test_hyte_leads_to_the_concept_and_is_not_drowned_by_the_coefficient(search):
    for form in ("HYTE", "hyte", "Hyte", "hyten"):
        assert found(search.find(form))[0] == "hyte", form
    for form in ("HYTE-koefficient", "hyte-koefficient", "HYTE-kerroin", "hyte kerroin", "HYTE coefficient"):
        assert found(search.find(form))[0] == "hyte-coefficient", form


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_concept_is_found_by_its_label_in_capitals(language, search, knowledge):
    assert len(CONCEPTS) == 409
    for name in sorted(CONCEPTS):
        label = knowledge.label(iri("term", name)).within(language)
        hits = search.find(label.upper(), kinds=("concept",), limit=3)
        assert name in found(hits), label
        assert hits[0].how == "label", label


def test_every_finnish_genitive_that_simplemma_confirms_leads_to_its_concept(search, knowledge):
    """The genitive is made by adding -n, -en or -uksen, kept if simplemma knows it as a form of the label."""
    tried = 0
    for name in sorted(CONCEPTS):
        label = knowledge.label(iri("term", name)).fi
        for form in _genitives(label):
            tried += 1
            assert name in found(search.find(form, limit=3)), form
    assert tried > 100


def _genitives(label: str) -> list[str]:
    if len(words_of(label)) > 1 or not label.islower():
        return []
    made = [label + "n", label[:-1] + "ksen", label[:-3] + "sen", label[:-1] + "den"]
    return [form for form in made if lemma(form, "fi") == label != form]


def test_every_swedish_genitive_that_simplemma_confirms_leads_to_its_concept(search, knowledge):
    tried = 0
    for name in sorted(CONCEPTS):
        label = knowledge.label(iri("term", name)).sv
        forms = [label + ending for ending in ("ens", "ets", "ns", "arnas", "ernas", "nas")]
        if " " not in label and "-" not in label:
            for form in (form for form in forms if lemma(form, "sv") == label.casefold()):
                tried += 1
                assert name in found(search.find(form, limit=3)), form
    assert tried > 100


def test_random_case_of_letters_changes_nothing(search, knowledge):
    chance = random.Random(20251231)  # noqa: S311
    for name in chance.sample(sorted(CONCEPTS), 60):
        label = knowledge.label(iri("term", name)).sv
        mixed = "".join(chance.choice((letter.upper(), letter.lower())) for letter in label)
        assert search.find(mixed) == search.find(label), mixed


def test_exact_comes_before_inflected_before_part_before_texts(search):
    hits = search.find("osallisuuden", limit=1000)
    order = ["label", "inflected", "part", "similar", "definition", "gloss"]
    assert [order.index(hit.how) for hit in hits] == sorted(order.index(hit.how) for hit in hits)
    assert {"inflected", "part", "definition", "gloss"} == {hit.how for hit in hits}
    assert search.find("osallisuus")[0].how == "label"
    assert search.find("osallisuus")[0].score > search.find("osallisuuden")[0].score


def test_a_part_of_a_compound_finds_the_compound(search):
    assert {"evaluation-report", "wellbeing-report"} <= set(found(search.find("kertomuksia", kinds=("concept",))))
    assert "wellbeing-services-county" in found(search.find("OMRÅDE", kinds=("concept",), limit=60))


def test_a_hidden_label_finds_but_ranks_below_a_preferred_one(search):
    hit = search.find("välfärdsregion")[0]
    assert (slug(hit.iri), hit.matched, hit.score) == ("wellbeing-services-county", "välfärdsregion", 0.96)


def test_a_qualifier_in_brackets_need_not_be_typed(search):
    assert set(found(search.find("gemenskap"))[:2]) == {"community", "community-spirit"}


def test_county_of_2017_and_county_of_today_are_found_apart(search):
    assert found(search.find("landskap"))[0] == "landskap"
    assert "wellbeing-services-county" not in found(search.find("landskap", kinds=("concept",), limit=5))


def test_norms_and_statements_are_found_by_what_they_say(search):
    norms = search.find("hyvinvointikertomuksen julkaiseminen", kinds=("norm",))
    assert {"cty-7-3-s6-publish", "mun-6-3-s4b-publish"} <= set(found(norms))
    statements = search.find("kontaktytor", kinds=("statement",))
    assert "thl-sv-038" in found(statements)
    assert {hit.how for hit in statements} == {"gloss"}


def test_the_language_and_the_kinds_can_be_chosen(search):
    assert {hit.language for hit in search.find("organ", language="sv", limit=50)} == {"sv"}
    assert search.find("välfärdsområde", language="fi", kinds=("norm",)) == ()
    assert {hit.kind for hit in search.find("hyte", limit=1000)} == set(KINDS)
    assert len(search.find("hyte", limit=3)) == 3


def test_a_word_that_only_simplemma_knows_is_found_by_its_dictionary_form(search):
    assert lemma("lasten", "fi") == "lapsi"
    assert "child-youth-wellbeing-plan" in found(search.find("lapsi", kinds=("concept",), limit=3))


def test_a_keyboard_without_nordic_letters_and_a_slip_still_lead_near(search):
    assert search.find("valfardsomrade")[0].how == "similar"
    assert found(search.find("valfardsomrade"))[0] == "wellbeing-services-county"
    assert slug(search.nearest("hyvinvontikertomus").iri) == "wellbeing-report"


def test_nothing_is_found_for_nothing(search):
    for text in ("", "  ", "?!", '"', "ja och and zzqx"):
        assert search.find(text) == (), text
    assert search.nearest("") is None


def test_signs_of_the_query_language_of_sqlite_are_only_letters(search):
    for text in ('hyte" OR "x', "hyte AND NOT", "hyte*", "(hyte", "text:hyte", "hyte'; DROP TABLE texts"):
        assert isinstance(search.find(text), tuple), text
    assert found(search.find('"hyte"'))[0] == "hyte"


def test_a_text_of_any_length_is_answered(search):
    assert found(search.find("kunta " * 2000))[0] == "municipality"
    assert isinstance(search.find(" ".join(f"kunta{number}" for number in range(2000))), tuple)
    assert isinstance(search.find("kunta" * 1000), tuple)


def test_each_thing_is_listed_once_and_the_order_is_the_same_each_time(knowledge):
    one, other = Search.of(knowledge), Search.of(knowledge)
    for text in ("suunnitelma", "förhandling", "report", "kunnan hyvinvointi"):
        hits = one.find(text, limit=1000)
        assert hits == other.find(text, limit=1000)
        assert len(set(found(hits))) == len(hits)


def test_every_concept_norm_and_statement_can_be_found(knowledge):
    counted = {kind: {entry.thing.iri for entry in entries(knowledge) if entry.thing.kind == kind} for kind in KINDS}
    assert {kind: len(things) for kind, things in counted.items()} == {
        "concept": 409,
        "norm": len(knowledge.norms),
        "statement": 437,
    }


def test_the_index_is_built_and_answers_quickly(knowledge):
    assert knowledge.triples
    began = time.process_time()
    assert Search.of(knowledge).find("hyvinvointikertomuksen")
    assert time.process_time() - began < 1.5  # 0.2 s on a quiet machine
