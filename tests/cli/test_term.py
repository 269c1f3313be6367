"""hyte term: the concept sheet, and what is said where none fits."""

from __future__ import annotations

import json

import pytest

from hyte_graph.cli.main import main


@pytest.fixture(autouse=True)
def english(monkeypatch):
    monkeypatch.setenv("HYTE_LANG", "en")


def said(capsys, *words: str, code: int = 0) -> str:
    assert main(["term", *words]) == code
    captured = capsys.readouterr()
    return captured.out if code == 0 else captured.err


def asked(capsys, *words: str) -> dict:
    return json.loads(said(capsys, *words, "--json"))


def section(found: dict, key: str) -> dict:
    return next(part for part in found["sheet"]["sections"] if part["key"] == key)


def names(found: dict, key: str) -> set[str]:
    return {entry["name"] for entry in section(found, key)["entries"]}


def test_a_clear_hit_is_one_sheet_with_three_labels_and_their_status(capsys):
    out = said(capsys, "hyvinvointialueilla")
    assert out.startswith("Wellbeing services county\n=====")
    assert "term:wellbeing-services-county · https://w3id.org/hyte-graph/id/term/wellbeing-services-county" in out
    assert "- In Finnish: hyvinvointialue\n  - attested in a source document:" in out
    assert "- In Swedish: välfärdsområde\n  - attested in another form:" in out
    assert "- In English: wellbeing services county\n  - translation seen on an official site:" in out
    assert "Further candidates" not in out


def test_the_sheet_says_where_the_term_is_used(capsys):
    found = asked(capsys, "kontaktyta")
    statements = {f"thl-{language}-{number}" for language in ("fi", "sv") for number in ("038", "047", "087")}
    assert names(found, "statements") == {f"statement:{item}" for item in {*statements, "stm-sv-044"}}
    found = asked(capsys, "välfärdsområdets")
    assert names(found, "classes") == {"hyte:WellbeingServicesCounty"}
    assert "norm:cty-7-3-s2-annual-report" in names(found, "norms")
    assert "law:2021-612-7-1-s2" in names(asked(capsys, "hyte"), "provisions")


def test_relations_and_divergence_are_told_in_each_language(capsys):
    found = asked(capsys, "landskap")
    assert "term:wellbeing-services-county" in names(found, "related")
    for language, words in (("fi", "Kieliversioiden ero"), ("sv", "Skillnad mellan språken"), ("en", "How the lang")):
        assert words in said(capsys, "vastuutahon", "--lang", language)


def test_several_hits_are_the_best_sheet_and_then_the_others(capsys):
    out = said(capsys, "gemenskap", "--lang", "sv")
    others = out.split("Andra kandidater:\n")[1].splitlines()
    assert others[0] == "- gemenskap (grupp av människor) [term:community]"
    assert out.startswith("Gemenskap\n")


def test_the_limit_counts_the_best_too(capsys):
    assert len(asked(capsys, "suunnitelma", "--limit", "4")["hits"]) == 4
    assert said(capsys, "suunnitelma", "--limit", "4").split("Further candidates:\n")[1].count("\n") == 3
    assert said(capsys, "hyte", "--limit", "0", code=2) == "--limit 0: give at least 1.\n"


def test_several_words_need_no_quotes(capsys):
    assert asked(capsys, "ehkäisevästä", "päihdetyöstä") == asked(capsys, "ehkäisevästä päihdetyöstä")


def test_json_has_the_hits_in_their_order_and_the_sheet_of_the_first(capsys):
    found = asked(capsys, "HYTE")
    assert found["query"] == "HYTE"
    assert set(found["hits"][0]) == {"iri", "kind", "label", "matched", "language", "how", "score"}
    assert found["sheet"]["name"] == "term:hyte"
    assert found["hits"][0]["label"]["sv"] == "främjande av hälsa och välfärd"
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert found == asked(capsys, "HYTE", "--lang", "fi")


def test_words_that_only_definitions_have_give_a_list_and_no_sheet(capsys):
    out = said(capsys, "itsehallinnollinen")
    assert out.startswith('No label fits "itsehallinnollinen"; its words are in the definitions of these concepts:\n- ')
    assert "[term:wellbeing-services-county]" in out
    assert asked(capsys, "itsehallinnollinen")["sheet"] is None


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fi", "Hakua ”hyvinvontikertomus” vastaavaa käsitettä ei ole; lähin nimitys on ”hyvinvointikertomus”"),
        ("sv", "Det finns inget begrepp för ”hyvinvontikertomus”; den närmaste benämningen är ”hyvinvointikertomus”"),
        ("en", 'No concept for "hyvinvontikertomus"; the nearest label is "hyvinvointikertomus"'),
    ],
)
def test_where_nothing_fits_the_nearest_label_is_named(language, sentence, capsys):
    assert said(capsys, "hyvinvontikertomus", "--lang", language, code=2).startswith(sentence)


def test_a_search_without_a_word_is_wrong_usage(capsys):
    assert "has no word in it" in said(capsys, "?", code=2)
