"""Every format renders every example in three languages, and programs that are not ours read it back."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from xml.etree import ElementTree

import pytest
from icalendar import Calendar
from jsonschema import Draft4Validator
from junitparser import Failure, JUnitXml, Skipped
from markdown_it import MarkdownIt
from python_calamine import CalamineWorkbook

from hyte_graph.compliance.assessment import Assessment, Evidence, Source
from hyte_graph.compliance.outcomes import OUTCOMES
from hyte_graph.compliance.windows import is_open
from hyte_graph.errors import UsageError
from hyte_graph.languages import LANGUAGES, Text
from hyte_graph.messages import say
from hyte_graph.reports import render
from hyte_graph.reports.csv_report import COLUMNS
from hyte_graph.reports.ics_report import due
from hyte_graph.store.knowledge import Knowledge
from hyte_graph.vocabulary import iri
from tests.conftest import EXAMPLES, ROOT

FORMATS = ("md", "csv", "xlsx", "sarif", "junit", "ics")
HOSTILE = (
    "=1+1|cmd\n@x\r\n'\"<script>&amp;&copy;]]> `a` **b** ](javascript:alert(1)) {0} ;,\\"
    "\a\x00\N{RIGHT-TO-LEFT OVERRIDE}"
)
LONG = "Å" * 40_000
SARIF = Draft4Validator(json.loads((ROOT / "tests" / "schemas" / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def examples(check) -> list[Assessment]:
    """Return the assessment of every example."""
    return [check(path.read_text(encoding="utf-8"), name=path.name) for path in sorted(EXAMPLES.glob("*.yaml"))]


@pytest.fixture(scope="module")
def county(examples) -> Assessment:
    return next(made for made in examples if made.actor.slug == "lansi-uusimaa")


@pytest.fixture(scope="module")
def varied(county) -> Assessment:
    """Return the county with each of the twelve outcomes on duties."""
    duties = [verdict for verdict in county.verdicts if verdict.period]
    turned = {id(duty): outcome for duty, outcome in zip(duties, OUTCOMES, strict=False)}
    verdicts = (replace(item, outcome=turned.get(id(item), item.outcome)) for item in county.verdicts)
    return replace(county, verdicts=tuple(verdicts))


@pytest.fixture(scope="module")
def hostile(county) -> Assessment:
    """Return the county with mischief wherever a description can put text."""
    sources = (Source(HOSTILE, "javascript:alert(1)"), Source(LONG, "https://example.org/a"), Source("", ""))
    evidence = Evidence("=d1", "https://example.org/d1", Text.same(HOSTILE), Text.same(LONG), "high", sources, 3)
    at = next(at for at, verdict in enumerate(county.verdicts) if verdict.outcome == "not-yet-due")
    texts = (Text.same(HOSTILE), Text.same(LONG))
    changed = replace(county.verdicts[at], reasons=texts, remarks=texts[:1], evidence=(evidence,), missing=texts)
    verdicts = (*county.verdicts[:at], changed, *county.verdicts[at + 1 :])
    actor = replace(county.actor, label=Text.same(HOSTILE + LONG), is_fictitious=True)
    return replace(county, name=HOSTILE, actor=actor, states_facts=False, verdicts=verdicts)


def shown(form: str, content: str | bytes) -> str:
    """Return all that a report shows, as a reader of the format sees it."""
    if form == "xlsx":
        return "\n".join(str(cell) for rows in sheets(content).values() for row in rows for cell in row)
    return content.replace("\r\n ", "") if form == "ics" else content


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def rows(content: str) -> list[dict[str, str]]:
    assert content.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"), newline=""), strict=True))


@cache
def markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMATS)
def test_every_example_is_rendered_and_says_what_it_rests_on(form, language, examples, knowledge):
    assert len(examples) > 20
    for made in examples:
        content = shown(form, render(form, [made], knowledge, language))
        for told in (made.name, made.digest, *(version for _, version in made.versions)):
            assert told in content, (form, made.name, told)


@pytest.mark.parametrize("form", FORMATS)
def test_every_report_tells_the_three_clocks(form, county, knowledge):
    made = replace(county, on=date(2025, 3, 1), known_on=date(2025, 4, 2))
    content = shown(form, render(form, [made], knowledge, "fi"))
    days = {True: ("2025-03-01", "2025-04-02"), False: ("1.3.2025", "2.4.2025")}[form in ("csv", "sarif", "junit")]
    assert content.count(days[0]) >= 2
    assert days[1] in content


@pytest.mark.parametrize("form", FORMATS)
def test_same_input_gives_the_same_bytes(form, varied, examples, knowledge):
    made = [varied, *examples[:2]]
    assert render(form, made, knowledge, "sv") == render(form, made, Knowledge.shipped(), "sv")


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "ics"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_outcome_has_its_word_from_the_scheme(form, language, varied, knowledge):
    content = shown(form, render(form, [varied], knowledge, language))
    for outcome in OUTCOMES:
        assert knowledge.code("outcome", outcome).within(language) in content, outcome


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "csv"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_report_for_people_says_that_silence_is_no_breach(form, language, county, knowledge):
    content = shown(form, render(form, [county], knowledge, language)).replace("\\,", ",")
    assert say("html-caution").within(language) in content
    assert (say("html-unofficial").en in content) == (language == "en")


@pytest.mark.parametrize("form", FORMATS)
def test_no_control_character_of_a_name_comes_through(form, hostile, knowledge):
    content = shown(form, render(form, [hostile], knowledge, "fi"))
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e]", content)
    assert "\N{REPLACEMENT CHARACTER}" in content


def test_markdown_has_the_tables_and_headings_that_it_means(varied, knowledge):
    tokens = markdown().parse(render("md", [varied], knowledge, "en"))
    assert [token.tag for token in tokens if token.type == "heading_open"].count("h1") == 1
    applying = [verdict for verdict in varied.verdicts if verdict.outcome not in ("not-applicable", "not-in-force")]
    assert [token.tag for token in tokens if token.type == "heading_open"].count("h3") == len(applying)
    assert sum(token.type == "table_open" for token in tokens) >= 3


def test_markdown_of_several_organisations_ends_with_a_comparison(examples, knowledge):
    tokens = markdown().parse(render("md", examples[:3], knowledge, "sv"))
    last = max(at for at, token in enumerate(tokens) if token.type == "table_open")
    heads = [tokens[at + 1].content for at, token in enumerate(tokens) if at > last and token.type == "th_open"]
    assert heads[1:] == [made.actor.label.sv for made in examples[:3]]


def test_markdown_of_hostile_names_has_no_markup_of_theirs(hostile, knowledge):
    tokens = markdown().parse(render("md", [hostile], knowledge, "fi"))
    inner = [child for token in tokens for child in token.children or ()]
    assert not [token for token in (*tokens, *inner) if token.type.startswith("html") or token.type == "strong_open"]
    links = {str(child.attrs["href"]) for child in inner if child.type == "link_open"}
    assert links
    assert all(link.startswith("https://") for link in links)
    text = "".join(child.content for child in inner if child.type == "text")
    assert "<script>&amp;&copy;]]> `a` **b** ](javascript:alert(1)) {0} ;,\\" in text


def test_csv_has_one_row_a_verdict_with_the_words_of_the_language(varied, knowledge):
    for language in LANGUAGES:
        found = rows(render("csv", [varied], knowledge, language))
        assert sorted((row["norm"], row["period"], row["outcome"]) for row in found) == sorted(
            (item.norm.slug, item.period.slug if item.period else "", item.outcome) for item in varied.verdicts
        )
        assert {tuple(row) for row in found} == {COLUMNS}
        for row in found:
            assert row["outcome_name"] == knowledge.code("outcome", row["outcome"]).within(language)
            assert row["citation"] == knowledge.norms[row["norm"]].provision.citation.within(language)


def test_csv_keeps_to_rfc_4180(varied, knowledge):
    content = render("csv", [varied], knowledge, "fi")
    assert content.endswith("\r\n")
    assert content.split("\r\n")[0].removeprefix("\ufeff").split(",") == list(COLUMNS)


def test_csv_cells_are_never_formulas_and_lose_nothing(hostile, knowledge):
    content = render("csv", [hostile], knowledge, "fi")
    cells = [cell for row in rows(content) for cell in row.values()]
    assert not [cell for cell in cells if re.match("[=+@\\-\t\r\n＝＋－＠]", cell)]
    row = next(row for row in rows(content) if LONG in row["evidence"])
    assert row["reasons"] == LONG
    assert row["input"].removeprefix("'").startswith("=1+1|cmd\n@x")
    assert row["evidence"].startswith("'=d1: ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_has_five_sheets_with_all_verdicts(language, varied, knowledge):
    found = sheets(render("xlsx", [varied], knowledge, language))
    summary, verdicts, evidence, gaps, about = found.values()
    assert len(verdicts) == len(varied.verdicts) + 1
    assert len(evidence) - 1 == sum(max(1, len(item.sources)) for each in varied.verdicts for item in each.evidence)
    texts = sum(len(item.missing) + len(item.untested) + len(item.repair) for item in varied.verdicts)
    assert len(gaps) - 1 == texts
    counted = {str(row[0]): row[2] for row in summary if row[2] != ""}
    for outcome, count in varied.summary().items():
        word = knowledge.code("outcome", outcome).within(language)
        assert next(value for label, value in counted.items() if label.partition(" ")[2] == word) == count
    assert varied.digest in {row[2] for row in about}


def test_workbook_compares_several_organisations_side_by_side(examples, knowledge):
    summary = next(iter(sheets(render("xlsx", examples[:3], knowledge, "en")).values()))
    heads = next(row for row in summary if row[2])
    assert heads[2:] == [made.actor.label.en for made in examples[:3]]


def test_workbook_has_no_formula_and_keeps_long_texts_whole(hostile, knowledge):
    content = render("xlsx", [hostile], knowledge, "fi")
    _, verdicts, evidence, gaps, _ = sheets(content).values()
    assert "".join(str(row[6]) for row in gaps if "Å" in str(row[6])) == LONG
    assert "".join(str(cell) for row in verdicts for cell in row[9:12]).count("Å") == len(LONG)
    assert any("javascript:alert(1)" in str(row[-1]) for row in evidence)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            text = parts.read(name).decode()
            assert "<f>" not in text
            assert 'Target="javascript' not in text


def test_workbook_links_the_law_has_a_title_a_language_and_the_day_as_its_date(county, knowledge):
    with zipfile.ZipFile(io.BytesIO(render("xlsx", [county], knowledge, "sv"))) as parts:
        links = parts.read("xl/worksheets/_rels/sheet2.xml.rels").decode()
        assert county.verdicts[0].norm.provision.link.sv in links
        core = parts.read("docProps/core.xml").decode()
        assert county.actor.label.sv in core
        assert "2025-12-31T00:00:00Z" in core
        assert ">sv<" in parts.read("docProps/custom.xml").decode()
        sheet = parts.read("xl/worksheets/sheet2.xml").decode()
        assert "<autoFilter" in sheet
        assert 'state="frozen"' in sheet
        assert "_xlnm.Print_Titles" in parts.read("xl/workbook.xml").decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_sarif_is_valid_for_every_example(language, examples, hostile, varied, knowledge):
    value = json.loads(render("sarif", [*examples[:4], hostile, varied], knowledge, language))
    assert [error.message for error in SARIF.iter_errors(value)] == []
    if language == "fi":
        every = json.loads(render("sarif", examples, knowledge, language))
        assert [error.message for error in SARIF.iter_errors(every)] == []


def test_sarif_kinds_are_those_of_the_scheme_and_only_failures_have_a_level(varied, knowledge):
    run = json.loads(render("sarif", [varied], knowledge, "en"))["runs"][0]
    assert len(run["results"]) == len(varied.verdicts)
    for result in run["results"]:
        kind = knowledge.law.value(iri("outcome", result["properties"]["outcome"]), "mapsToSarif")
        assert result["kind"] == kind
        assert (result["level"] == "none") == (kind != "fail")
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_has_its_norms_in_all_three_languages(county, knowledge):
    run = json.loads(render("sarif", [county], knowledge, "sv"))["runs"][0]
    tools = {tool["language"]: tool["rules"] for tool in (run["tool"]["driver"], *run["translations"])}
    assert set(tools) == set(LANGUAGES)
    for language, rules in tools.items():
        for rule in rules:
            assert rule["shortDescription"]["text"] == knowledge.norms[rule["id"]].label.within(language)
            assert rule.get("helpUri", "") == knowledge.norms[rule["id"]].provision.link.within(language)
    assert all(set(result["properties"]["messages"]) == set(LANGUAGES) for result in run["results"])


def test_sarif_names_the_line_of_each_fact_that_counts(county, knowledge):
    lines = (EXAMPLES / county.name).read_text(encoding="utf-8").splitlines()
    run = json.loads(render("sarif", [county], knowledge, "en"))["runs"][0]
    places = [place for result in run["results"] for place in result.get("relatedLocations", ())]
    assert places
    for place in places:
        line = place["physicalLocation"]["region"]["startLine"]
        assert re.search(rf"id: {place['logicalLocations'][0]['name']}\b", lines[line - 1])


def test_sarif_invents_no_line_for_what_is_missing(county, knowledge):
    run = json.loads(render("sarif", [county], knowledge, "en"))["runs"][0]
    silent = [result for result in run["results"] if result["properties"]["outcome"] == "evidence-missing"]
    assert silent
    assert not [result for result in silent if "region" in result["locations"][0]["physicalLocation"]]


def test_sarif_fingerprints_of_a_duty_outlast_the_day_and_tell_duties_apart(county, check, knowledge):
    later = check((EXAMPLES / county.name).read_text(encoding="utf-8") + "\n# a remark\n", on="2026-03-01")
    found = []
    for made in (county, later):
        results = json.loads(render("sarif", [made], knowledge, "en"))["runs"][0]["results"]
        found.append({result["partialFingerprints"]["hyteDuty/v1"]: result for result in results})
        assert len(found[-1]) == len(results)
    for mark in found[0].keys() & found[1].keys():
        assert found[0][mark]["properties"]["duty"] == found[1][mark]["properties"]["duty"]
    duties = {made["properties"]["duty"] for each in found for made in each.values()} - {None}
    assert len(found[0].keys() & found[1].keys()) > len(duties) // 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_junit_states_are_those_of_the_scheme(language, varied, hostile, knowledge):
    kinds = {Failure: "failure", Skipped: "skipped"}
    for made in (varied, hostile):
        report = JUnitXml.fromstring(render("junit", [made], knowledge, language).encode())
        states = [(kinds[type(case.result[0])] if case.result else "passed") for suite in report for case in suite]
        mapped = [knowledge.law.value(iri("outcome", item.outcome), "mapsToJunit") for item in made.verdicts]
        assert sorted(states) == sorted(mapped)
        assert (report.tests, report.failures, report.skipped) == (
            len(states),
            states.count("failure"),
            states.count("skipped"),
        )


def test_junit_has_a_suite_for_each_act_with_distinct_cases(county, knowledge):
    top = ElementTree.fromstring(render("junit", [county], knowledge, "fi"))  # noqa: S314
    acts = {verdict.norm.provision.act for verdict in county.verdicts}
    assert len(top.findall("testsuite")) == len(acts)
    names = [(case.get("classname"), case.get("name")) for case in top.iter("testcase")]
    assert len(set(names)) == len(names) == len(county.verdicts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_calendar_holds_the_open_duties_and_no_day_that_has_passed(language, examples, knowledge):
    for made in examples:
        wanted = {
            f"{item.norm.slug}--{made.actor.slug}--{item.period.slug}": item.period.closes or item.norm.first_due_by
            for item in made.verdicts
            if item.period and item.outcome == "not-yet-due" and is_open(item.period, item.norm, made.on)
        }
        events = Calendar.from_ical(render("ics", [made], knowledge, language)).walk("VEVENT")
        found = {
            re.search(r"/id/duty/(\S+)", str(event["DESCRIPTION"]))[1]: event.decoded("DTSTART") for event in events
        }
        assert wanted.items() <= found.items()
        assert len(events) == len(found)
        assert all(day > made.on for day in found.values())


def test_calendar_leaves_out_what_is_fulfilled_overdue_or_closed_early(county):
    waiting = next(verdict for verdict in county.verdicts if due(verdict, county.on))
    for outcome in ("fulfilled", "overdue", "not-fulfilled", "evidence-missing", "guidance-gap", "not-applicable"):
        assert due(replace(waiting, outcome=outcome), county.on) is None
    assert due(waiting, due(waiting, county.on)) is None


def test_calendar_events_last_one_day_block_no_time_and_keep_their_identity(county, check, knowledge):
    text = (EXAMPLES / county.name).read_text(encoding="utf-8")
    marks = []
    for made, language in ((county, "fi"), (check(text, on="2026-01-15"), "sv")):
        events = Calendar.from_ical(render("ics", [made], knowledge, language)).walk("VEVENT")
        assert all((event.decoded("DTEND") - event.decoded("DTSTART")).days == 1 for event in events)
        assert {event["TRANSP"] for event in events} == {"TRANSPARENT"}
        assert {event.decoded("DTSTAMP").date() for event in events} == {made.on}
        marks.append({str(event["UID"]) for event in events})
        assert len(marks[-1]) == len(events)
    terms = marks[0] & marks[1]
    assert terms


def test_calendar_lines_are_folded_and_hostile_text_stays_text(hostile, knowledge):
    content = render("ics", [hostile], knowledge, "fi")
    assert content.endswith("END:VCALENDAR\r\n")
    assert "\n" not in content.replace("\r\n", "")
    assert max(len(line.encode()) for line in content.split("\r\n")) <= 75
    events = Calendar.from_ical(content).walk("VEVENT")
    said = "".join(str(event["DESCRIPTION"]) for event in events)
    assert HOSTILE.partition("\a")[0].replace("\r", "") in said
    assert LONG in said


def test_calendar_without_any_day_is_refused(county, knowledge):
    passed = tuple(verdict for verdict in county.verdicts if verdict.outcome == "evidence-missing")
    with pytest.raises(UsageError, match="No unfulfilled duty has a period that ends after the day"):
        render("ics", [replace(county, verdicts=passed)], knowledge, "en")
