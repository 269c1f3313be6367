"""hyte show THING: any thing of the graph, in every form."""

from __future__ import annotations

import json

import pytest
import rdflib
from rdflib.compare import isomorphic

from hyte_graph.cli.main import main
from hyte_graph.languages import LANGUAGES
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.store.things import Things
from hyte_graph.store.turtle import format_turtle
from hyte_graph.vocabulary import HYTE, iri

PARSERS = {"ttl": "turtle", "jsonld": "json-ld", "nt": "nt"}
NAMES = (
    "term:interface",
    "statement:stm-sv-026",
    "hyte:Duty",
    "law:2021-612-7-4",
    "rule:fact-negotiation-with-hus",
    "rule:basis-of-hyte",
    "norm:guidance-permanent-body",
)


@pytest.fixture(scope="module")
def loaded(knowledge) -> Things:
    return Things(knowledge)


@pytest.fixture(autouse=True)
def one_load(knowledge, loaded, monkeypatch):
    monkeypatch.setattr(Knowledge, "shipped", lambda: knowledge)
    monkeypatch.setattr("hyte_graph.store.things.Things", lambda _: loaded)


def said(capsys, *words: str, code: int = 0) -> str:
    assert main(["show", *words]) == code
    captured = capsys.readouterr()
    return captured.out if code == 0 else captured.err


@pytest.mark.parametrize("name", ["term:interface", iri("term", "interface"), f"<{iri('term', 'interface')}>"])
def test_prefixed_name_iri_and_slug_show_the_same(name, capsys):
    assert said(capsys, name, "--lang", "sv") == said(capsys, "interface", "--lang", "sv")


def test_kind_and_slug_show_the_same_as_the_prefixed_name(capsys):
    assert said(capsys, "term", "interface") == said(capsys, "term:interface")


def test_act_is_found_by_its_number(capsys):
    assert said(capsys, "612/2021").splitlines()[2].startswith("law:2021-612 · ")


@pytest.mark.parametrize(
    ("language", "title", "definition", "kind"),
    [
        ("fi", "Yhdyspinta", "jolla kahden tai useamman", "- Laji: käsite [skos:Concept]"),
        ("sv", "Kontaktyta", "där två eller flera", "- Slag: begrepp [skos:Concept]"),
        ("en", "Interface", "field where the tasks", "- Kind: concept [skos:Concept]"),
    ],
)
def test_sheet_speaks_the_language_that_is_asked(language, title, definition, kind, capsys):
    out = said(capsys, "term:interface", "--lang", language)
    assert out.startswith(f"{title}\n=")
    assert definition in out
    assert kind in out


def test_sheet_tells_what_points_to_a_thing_with_counts(capsys):
    out = said(capsys, "law:2021-612-7-4", "--lang", "en")
    assert "- Is part of (4):\n  - 612/2021 s. 7(4) sentence 1 [law:2021-612-7-4-s1]" in out


def test_only_the_first_few_that_point_are_shown_unless_all_are_asked_for(capsys):
    few = said(capsys, "law:2021-612", "--lang", "en")
    every = said(capsys, "law:2021-612", "--lang", "en", "--all")
    assert "all with --all" in few
    assert "all with --all" not in every
    assert set(few.splitlines()) - set(every.splitlines()) <= {line for line in few.splitlines() if "--all" in line}
    assert len(every.splitlines()) > len(few.splitlines())


def test_thing_inside_a_list_is_pointed_to_by_the_property_that_holds_the_list(capsys):
    value = json.loads(said(capsys, "law:2021-612", "--format", "json"))
    assert "rule:basis-of-hyte" in {holder["name"] for holder in value["referencedBy"]["sh:in"]}
    assert not {"rdf:first", "rdf:rest"} & value["referencedBy"].keys()


def test_label_as_a_thing_of_its_own_is_told_by_its_form(capsys):
    out = said(capsys, "term:interface", "--lang", "fi")
    assert "  - kontaktyta (sv)\n    - Esiintymismuoto: kontaktytor (sv)" in out


@pytest.mark.parametrize("name", NAMES)
def test_every_format_of_rdf_holds_the_same_triples(name, capsys):
    graphs = [
        rdflib.Graph().parse(data=said(capsys, name, "--format", form), format=parser)
        for form, parser in PARSERS.items()
    ]
    assert len(graphs[0]) > 3
    assert isomorphic(graphs[0], graphs[1])
    assert isomorphic(graphs[0], graphs[2])


@pytest.mark.parametrize("name", NAMES)
def test_turtle_is_in_the_canonical_form(name, capsys):
    text = said(capsys, name, "--format", "ttl")
    assert format_turtle(text) == text


def test_json_ld_is_compact_and_names_only_the_prefixes_that_it_uses(capsys):
    text = said(capsys, "rule:basis-of-hyte", "--format", "jsonld")
    value = json.loads(text)
    assert value["@id"] == "rule:basis-of-hyte"
    assert value["@type"] == "sh:NodeShape"
    assert {"law", "rule", "sh"} <= set(value["@context"])
    assert not {prefix for prefix in value["@context"] if f'"{prefix}:' not in text}
    assert '"@list": [' in text
    assert '"@id": "law:2021-612"' in text


def test_json_has_types_labels_properties_and_what_points(capsys):
    value = json.loads(said(capsys, "statement:stm-sv-026", "--format", "json"))
    assert list(value) == ["iri", "name", "types", "label", "properties", "referencedBy"]
    assert value["types"] == ["hyte:Statement"]
    assert value["label"] == {"fi": "STM 26", "sv": "SHM 26", "en": "Ministry 26"}
    assert value["properties"]["hyte:hasLine"] == [{"value": "25", "datatype": "xsd:integer"}]
    assert {"value": "järjestää", "language": "fi"} in value["properties"]["hyte:tellsAction"]
    reconciliation = value["referencedBy"]["hyte:reconciles"][0]
    assert reconciliation["name"] == "statement:stm-sv-026--reconciliation"
    assert reconciliation["label"]["sv"] == "SHM 26 jämförd med lagen"


@pytest.mark.parametrize("form", ["json", "ttl", "jsonld", "nt"])
def test_kinds_that_have_a_short_sheet_have_the_other_forms_too(form, capsys):
    norm, prefixed = "cty-7-3-s6-publish", "norm:cty-7-3-s6-publish"
    assert said(capsys, "norm", norm, "--format", form) == said(capsys, prefixed, "--format", form)
    assert said(capsys, "actor", "Kotka", "--format", form) == said(capsys, "actor:kotka", "--format", form)
    assert said(capsys, "act", "612/2021", "--format", form) == said(capsys, "law:2021-612", "--format", form)


@pytest.mark.parametrize("words", [("coverage",), ("duty", "x--y--z"), ("duty:x--y--z",)])
def test_what_is_no_thing_of_the_graph_has_text_only(words, capsys):
    err = said(capsys, *words, "--format", "json", "--lang", "en", code=2)
    assert err.endswith("has a form as text only; leave out --format.\n")


def test_duty_is_shown_by_its_prefixed_name_too(capsys):
    duty = "cty-7-3-s2-annual-report--kainuu--2024"
    assert said(capsys, f"duty:{duty}") == said(capsys, "duty", duty)


def test_slug_that_several_kinds_share_lists_them(capsys):
    err = said(capsys, "monitoring", "--lang", "en", code=2)
    assert err.startswith('Several things share the name "monitoring"; say which: ')
    assert "subject:monitoring" in err
    assert "term:monitoring" in err


def test_slug_that_a_norm_shares_with_its_rule_means_the_norm(capsys):
    assert "norm:cty-7-3-s6-publish · " in said(capsys, "cty-7-3-s6-publish")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("term:interfaces", "term:interface"),
        ("interfaces", "interface"),
        ("hyte:duty", "hyte:Duty"),
        (f"{HYTE}Dutyy", "hyte:Duty"),
        (iri("statement", "stm-sv-26"), "statement:stm-sv-026"),
    ],
)
def test_unknown_name_is_wrong_usage_with_the_nearest(name, nearest, capsys):
    err = said(capsys, name, "--lang", "en", code=2)
    assert err.startswith(f'"{name}" is no name in the graph; nearest known: ')
    assert nearest in err


@pytest.mark.parametrize("language", LANGUAGES)
def test_name_like_nothing_says_how_to_name_things(language, capsys):
    assert "norm:…" in said(capsys, "qqqqqq", "--lang", language, code=2)
