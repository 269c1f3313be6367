"""The pages: what they say, in which language, and that their HTML holds together."""

from __future__ import annotations

import dataclasses
import re

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from hyte_graph.languages import LANGUAGES
from hyte_graph.model import Norm
from hyte_graph.vocabulary import FOREIGN, iri
from tests.web.markup import read

LISTS = ("", "law", "norm", "actor", "rule", "ontology", "outcome", "act-draft", "module", "exception")
SHEETS = (
    "law/2021-612",
    "law/2021-612-7",
    "law/2022-351",
    "act-draft/draft-regions-act",
    "actor/helsinki",
    "actor/hus",
    "actor/yhteistyoalue-1",
    "rule/cty-7-4-s4-annual-negotiation",
    "rule/answer-no",
    "outcome/contested",
    "scheme/outcome",
    "strength/act",
    "none",
)


def norms(app) -> dict[str, Norm]:
    return app.extensions["hyte"].norms


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", LISTS + SHEETS)
def test_the_html_of_a_page_holds_together(client, path, language):
    page = read(client.get(f"/{language}/{path}").text)
    assert page.faults == []
    assert page.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_norm_has_a_sheet_that_says_what_the_graph_says(app, client, language):
    assert len(norms(app)) >= 267
    for slug, norm in norms(app).items():
        answer = client.get(f"/{language}/norm/{slug}")
        assert answer.status_code == 200, slug
        page = read(answer.text)
        assert page.faults == [], slug
        told = {text for text, spoken in page.texts if spoken == language}
        label = norm.label.within(language)
        assert {label[:1].upper() + label[1:], norm.definition.within(language)} <= told, slug
        assert norm.provision.citation.within(language).lower() in " ".join(text.lower() for text, _ in page.texts), (
            slug
        )


def test_a_sheet_tells_who_towards_whom_how_often_since_when_and_on_which_ground(client):
    text = client.get("/en/norm/cty-7-4-s4-annual-negotiation").text
    for part in (
        ">wellbeing services county<",
        ">municipality<",
        ">at least every year<",
        ">1 January 2023<",
        ">612/2021 s. 7(4) sentence 4<",
        'href="https://www.finlex.fi/fi/laki/ajantasa/2021/20210612"',
        "Helsinki: ",
        "The data do not show that municipalities took part.",
        ">verified<",
    ):
        assert part in text, part


def test_a_swedish_reader_is_led_to_the_swedish_act_and_an_english_one_is_told_that_it_is_finnish(client):
    swedish = client.get("/sv/norm/cty-7-3-s2-annual-report").text
    assert 'href="https://www.finlex.fi/sv/laki/ajantasa/2021/20210612"' in swedish
    assert "/fi/laki/ajantasa/2021/20210612" not in swedish
    assert "(in Finnish)" in client.get("/en/norm/cty-7-3-s2-annual-report").text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("DraftNorm", ("ei sido ketään", "binder ingen", "binds nobody")),
        ("GuidanceNorm", ("ei riko lakia", "den som låter bli", "does not break the law")),
    ],
)
def test_drafts_and_guidance_carry_a_banner_on_each_sheet_and_nothing_else_does(app, client, kind, words):
    for slug, norm in norms(app).items():
        for language, word in zip(LANGUAGES, words, strict=True):
            if norm.kind == kind or language == "fi":
                text = client.get(f"/{language}/norm/{slug}").text
                note = re.search(r'<div class="note warning" role="note"><p>(.*?)</p>', text, re.DOTALL)
                assert (note is not None and word in note[1].lower()) == (norm.kind == kind), slug


def test_a_norm_that_is_no_longer_in_force_says_so(app, client):
    repealed = [slug for slug, norm in norms(app).items() if norm.status == "repealed"]
    assert repealed
    for slug in repealed:
        assert "No longer in force" in client.get(f"/en/norm/{slug}").text


@pytest.mark.parametrize(
    "path", ["norm/cty-7-3-s2-annual-report", "norm?act=2021-612&recurs=annual", "law", "", "none"]
)
def test_the_language_switch_keeps_the_page(client, path):
    page = read(client.get(f"/fi/{path}").text)
    switch = {told["hreflang"]: told["href"] for tag, told in page.links if tag == "a" and told.get("lang")}
    assert switch == {language: f"/{language}/{path}" for language in LANGUAGES}


def test_no_text_of_another_language_stands_on_a_page_unmarked(app, client):
    for norm in list(norms(app).values())[::10]:
        page = read(client.get(f"/sv/norm/{norm.slug}").text)
        finnish = {norm.label.fi, norm.definition.fi} - {norm.label.sv, norm.definition.sv}
        assert not [text for text, language in page.texts if text in finnish and language != "fi"]


def test_a_text_that_a_language_lacks_is_shown_in_finnish_and_marked_so(app, client, monkeypatch):
    node = NamedNode(iri("outcome", "trial"))
    store = pyoxigraph.Store()
    store.add(Quad(node, NamedNode(FOREIGN["skos"] + "prefLabel"), Literal("kokeilu", language="fi")))
    store.add(Quad(node, NamedNode(FOREIGN["skos"] + "prefLabel"), Literal("trial", language="en")))
    site = dataclasses.replace(app.extensions["hyte"], store=store, subjects=frozenset({node.value}))
    monkeypatch.setitem(app.extensions, "hyte", site)
    page = read(client.get("/sv/outcome/trial").text)
    assert ("Kokeilu", "fi") in page.texts
    assert ("Trial", "en") in read(client.get("/en/outcome/trial").text).texts


def test_a_name_that_exists_in_swedish_only_is_marked_as_swedish(client):
    assert ("Ackas", "sv") in read(client.get("/fi/actor/akaa").text).texts


def test_the_table_of_norms_can_be_filtered_by_act_bearer_and_rhythm(app, client):
    def shown(query: str) -> set[str]:
        page = read(client.get(f"/en/norm?{query}").text)
        return {href.rsplit("/", 1)[1] for href in page.anchors if href.startswith("/en/norm/")}

    everything = norms(app)
    assert shown("") == set(everything)
    assert shown("act=2021-612") == {slug for slug, norm in everything.items() if norm.provision.act == "2021-612"}
    assert shown("bearer=hus&recurs=annual") == {
        slug for slug, norm in everything.items() if "hus" in norm.binds and norm.recurrence == "annual"
    }
    assert shown("act=guidance") == {slug for slug, norm in everything.items() if norm.strength == "guidance"}
    assert shown("act=none") == set()


def test_the_chosen_filter_stays_chosen(client):
    assert '<option value="annual" lang="sv" selected>' in client.get("/sv/norm?recurs=annual").text


def test_an_act_shows_its_provisions_in_their_order_with_their_norms(client):
    page = read(client.get("/fi/law/2021-612").text)
    sections = [name for name in page.ids if re.fullmatch(r"2021-612-\d+", name)]
    assert sections == sorted(sections, key=lambda name: int(name.rsplit("-", 1)[1]))
    assert "/fi/norm/cty-7-3-s2-annual-report" in page.anchors
    assert "2021-612-7-3-s2" in page.ids


def test_every_norm_of_an_act_stands_on_the_page_of_the_act(app, client):
    acts = {norm.provision.act for norm in norms(app).values() if norm.kind != "GuidanceNorm"}
    for act in acts:
        kind = "act-draft" if act.startswith("draft-") else "law"
        anchors = read(client.get(f"/fi/{kind}/{act}").text).anchors
        stated = {f"/fi/norm/{norm.slug}" for norm in norms(app).values() if norm.provision.act == act}
        assert stated <= set(anchors), act


def bound(client, actor: str, on: str) -> set[str]:
    text = client.get(f"/en/actor/{actor}?on={on}").text
    page = read(text[: text.find("<details>")] if "<details>" in text else text)
    return {href.rsplit("/", 1)[1] for href in page.anchors if href.startswith("/en/norm/")}


def test_an_organisation_is_bound_by_what_applied_on_the_day(client):
    assert "cty-7-3-s2-annual-report" not in bound(client, "lansi-uusimaa", "2022-12-31")
    assert "cty-7-3-s2-annual-report" in bound(client, "lansi-uusimaa", "2023-01-01")
    assert "cty-7-3-s2-annual-report" not in bound(client, "helsinki", "2025-12-31")
    assert "hus-8-3-s2-annual-report" in bound(client, "hus", "2025-12-31")
    assert not any(slug.startswith("draft-") for slug in bound(client, "lansi-uusimaa", "2025-12-31"))


def test_what_is_set_aside_for_helsinki_is_shown_with_its_ground(client):
    text = client.get("/en/actor/helsinki?on=2025-12-31").text
    aside = text[text.find("<details>") :]
    assert "/en/norm/cty-7-3-s2-annual-report" in aside
    assert "615/2021 s. 2(2)" in aside


def test_no_norm_binds_a_municipality_of_aland(client):
    assert bound(client, "maarianhamina", "2025-12-31") == set()
    assert "None of the norms" in client.get("/en/actor/maarianhamina?on=2025-12-31").text


@pytest.mark.parametrize("on", ["2025-02-30", "yesterday", "20250101", "2025-W01-1", "<b>", "0000-00-00", "٢٠٢٥-01-01"])
def test_what_is_no_day_is_refused_with_a_sentence(client, on):
    answer = client.get("/en/actor/hus", query_string={"on": on})
    assert answer.status_code == 400
    assert "That is no day." in answer.text
    assert read(answer.text).faults == []


def test_a_rule_shows_its_message_what_it_finds_and_its_shape(client):
    text = client.get("/sv/rule/cty-7-4-s4-annual-negotiation").text
    assert "Av uppgifterna framgår inte att välfärdsområdet under året har förhandlat" in text
    assert "/sv/finding-kind/silence" in text
    shape = re.search(r"<pre[^>]*><code>(.*?)</code></pre>", text, re.DOTALL)[1]
    assert "a sh:PropertyShape ;" in shape
    assert "rule:fact-yearly-negotiation\n    a sh:NodeShape ;" in shape


def test_the_home_page_counts_what_there_is(app, client):
    law = [norm for norm in norms(app).values() if norm.kind not in ("GuidanceNorm", "DraftNorm")]
    text = client.get("/en/").text
    assert f"<strong>{len(law)}</strong> norms from {len({norm.provision.act for norm in law})} acts" in text
    assert "<strong>21</strong> wellbeing services counties, 308 municipalities" in text
