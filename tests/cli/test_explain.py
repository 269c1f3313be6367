"""hyte explain: the sheet of a norm, in every form and language."""

from __future__ import annotations

import json

import pytest

from hyte_graph.cli.main import main
from hyte_graph.languages import LANGUAGES
from hyte_graph.store.knowledge import Knowledge

NEGOTIATION = "cty-7-4-s4-annual-negotiation"


@pytest.fixture(autouse=True)
def one_knowledge(knowledge, monkeypatch):
    monkeypatch.setattr(Knowledge, "shipped", lambda: knowledge)


def said(capsys, *words: str, code: int = 0) -> str:
    assert main(["explain", *words]) == code
    captured = capsys.readouterr()
    return captured.out if code == 0 else captured.err


def flat(text: str) -> str:
    """Return a text with single spaces, so that where its lines break does not matter."""
    return " ".join(text.split())


def test_sheet_tells_provision_link_bearer_and_days(capsys):
    out = flat(said(capsys, NEGOTIATION, "--lang", "sv"))
    assert "Bestämmelse: 612/2021 7 § 4 mom. 4 meningen [law:2021-612-7-4-s4]" in out
    assert "https://www.finlex.fi/sv/laki/ajantasa/2021/20210612" in out
    assert "Den som normen gäller: välfärdsområde [actor-kind:county]" in out
    assert "Författningen trädde i kraft: 1.1.2023" in out
    assert "Tillämpas från och med: 1.1.2023" in out


def test_exemption_of_helsinki_stands_with_its_citations(capsys):
    out = flat(said(capsys, NEGOTIATION, "--lang", "fi"))
    exemption = out[out.index("Soveltamatta jättäminen: Helsinki") : out.index("Omista velvollisuuksista")]
    assert "Koskee: Helsingin kaupunki [actor-kind:helsinki]" in exemption
    assert "Säännös: 612/2021 1 § 3 mom. [law:2021-612-1-3]" in exemption
    assert "Säännös: 615/2021 2 § 2 mom. [law:2021-615-2-2]" in exemption


@pytest.mark.parametrize(
    ("language", "difference"),
    [
        ("fi", "Kolme aihetta neljästä"),
        ("sv", "teman av fyra (samarbetet saknas)"),
        ("en", "Three themes against four"),
    ],
)
def test_statement_of_the_ministry_stands_with_its_difference(language, difference, capsys):
    out = flat(said(capsys, NEGOTIATION, "--lang", language))
    assert difference in out[out.index("[statement:stm-sv-026]") :][:200]


def test_rows_of_the_crosswalk_lead_to_the_norm(capsys):
    out = said(capsys, NEGOTIATION, "--lang", "en")
    drafts = out[out.index("The drafts of 2017") : out.index("\nTerms\n")]
    assert [row for row in ("2017-20", "2017-27", "2017-53") if f"[crosswalk:{row}]" not in drafts] == []
    assert "[draft-obligation:l17-27]" in drafts


def test_cases_are_sorted_by_what_they_show(capsys):
    value = json.loads(said(capsys, NEGOTIATION, "--format", "json"))
    cases = next(section for section in value["sections"] if section["key"] == "cases")
    passes, fails, both = ({item["name"] for item in group["under"]} for group in cases["entries"])
    assert {"negotiation/passes", "negotiation/answered", "counts-yearly-negotiation"} <= passes
    assert {"negotiation/silent", "negotiation/denied", "near-miss-yearly-negotiation"} <= fails
    assert "negotiation/part-theme-goals" in both


def test_near_miss_tells_why_its_facts_do_not_count(capsys):
    out = flat(said(capsys, NEGOTIATION, "--lang", "en"))
    near_miss = out[out.index("[near-miss-yearly-negotiation]") : out.index("[negotiation/denied]")]
    assert "It is known from an invitation only." in near_miss
    assert "The legal basis is another act." in near_miss


def test_readings_are_kept_apart(capsys):
    out = flat(said(capsys, "mun-6-2-s4-name-responsible-party", "--lang", "en"))
    assert "The Finnish and Swedish texts differ; both readings are checked: - Finnish reading" in out
    assert "Swedish reading: The data do not show a body that answers for hyte." in out


def test_duty_that_no_rule_can_check_says_why(capsys, knowledge):
    norm = next(norm for norm in knowledge.norms.values() if norm.not_checkable)
    out = flat(said(capsys, norm.slug, "--lang", "fi"))
    assert f"Mikään sääntö ei tarkista normia kokonaan: {norm.not_checkable.fi}" in out


@pytest.mark.parametrize("form", ["text", "md"])
@pytest.mark.parametrize(
    ("norm", "language", "told"),
    [
        ("guidance-permanent-body", "fi", "Ohjausta, ei lakia:"),
        ("guidance-permanent-body", "sv", "Vägledning, inte lag:"),
        ("draft-regions-act-35", "en", "Draft, never in force:"),
        ("draft-regions-act-35", "sv", "Utkast, aldrig i kraft:"),
        ("gov-22-national-objectives-old", "en", "No longer in force:"),
    ],
)
def test_first_line_says_what_is_no_law_in_force(form, norm, language, told, capsys):
    first = said(capsys, norm, "--format", form, "--lang", language).splitlines()[0]
    assert first.removeprefix("# ").startswith(told)


def test_law_in_force_has_no_such_first_line(capsys):
    first = said(capsys, NEGOTIATION, "--lang", "en").splitlines()[0]
    assert first == "County's annual hyte negotiation with municipalities and other actors"


@pytest.mark.parametrize("language", LANGUAGES)
def test_guidance_is_not_said_to_be_in_force(language, capsys, knowledge):
    in_force = knowledge.code("norm-status", "in-force").within(language)
    assert f": {in_force} [norm-status" not in said(capsys, "guidance-permanent-body", "--lang", language)


def test_guidance_names_the_norms_of_the_law_beside_it_and_they_name_it(capsys):
    assert "[norm:mun-6-2-s4-name-responsible-party]" in said(capsys, "guidance-permanent-body")
    assert "[norm:guidance-permanent-body]" in said(capsys, "mun-6-2-s4-name-responsible-party")


@pytest.mark.parametrize(
    "name",
    [
        f"norm:{NEGOTIATION}",
        f"https://w3id.org/hyte-graph/id/norm/{NEGOTIATION}",
        f"<https://w3id.org/hyte-graph/id/norm/{NEGOTIATION}>",
        f"rule:{NEGOTIATION}--theme-goals",
    ],
)
def test_norm_is_found_by_iri_prefixed_name_and_rule(name, capsys):
    assert said(capsys, name) == said(capsys, NEGOTIATION)


def test_unknown_norm_is_wrong_usage_with_the_nearest(capsys):
    err = said(capsys, "cty-7-4-s4-anual-negotiation", "--lang", "en", code=2)
    assert err.startswith('There is no norm "cty-7-4-s4-anual-negotiation"; nearest known: ')
    assert NEGOTIATION in err
    assert "cty-7-4-s1a" in said(capsys, "cty-7-4", code=2)
    assert said(capsys, "qqq", "--lang", "sv", code=2).startswith("Det finns ingen norm ”qqq”; ange en IRI")


def test_same_norm_gives_the_same_bytes(capsys):
    for form in ("text", "md", "json"):
        assert said(capsys, NEGOTIATION, "--format", form) == said(capsys, NEGOTIATION, "--format", form)
