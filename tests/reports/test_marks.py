"""No report of a what-if, of another day's law or with findings of persons can be taken for an ordinary one."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date

import pikepdf
import pytest

from hyte_graph.compliance.assess import assess
from hyte_graph.compliance.engines import engine
from hyte_graph.compliance.what_if import assess_what_if
from hyte_graph.intake.overlay import assume, with_judgements
from hyte_graph.intake.reader import read_description
from hyte_graph.languages import LANGUAGES
from hyte_graph.reports import render
from hyte_graph.reports.difference import difference
from hyte_graph.reports.json_report import as_value
from hyte_graph.reports.stored import read_results
from tests.compliance.test_what_if import BASE, HELD, JUDGED, NEGOTIATION, PROMOTE

WHAT_IF = {"fi": "MITÄ JOS", "sv": "TÄNK OM", "en": "WHAT IF"}
SPOKEN = ("text", "md", "html", "sarif", "junit", "oscal", "ics")
LAW = date(2025, 6, 1)


@pytest.fixture(scope="module")
def made(knowledge):
    base = read_description(BASE.encode(), "base.yaml", knowledge)
    judged = with_judgements(base, [(JUDGED.encode(), "findings.yaml")], knowledge)
    assumed = assume(judged, [(HELD.encode(), "facts.yaml")], knowledge)
    days = {"on": date(2025, 12, 31), "law_on": LAW, "known_on": date(2026, 1, 15)}
    return assess_what_if(judged, assumed, knowledge, checker=engine("shacl"), **days)


@pytest.fixture(scope="module")
def ordinary(knowledge):
    base = read_description(BASE.encode(), "base.yaml", knowledge)
    return assess(base, knowledge, on=date(2025, 12, 31), checker=engine("shacl"))


def parts(content):
    """Return the text of a packed document."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(archive.read(name).decode(errors="replace") for name in archive.namelist() if "xml" in name)


def unfolded(text):
    return text.replace("\r\n ", "").replace("\\,", ",")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", SPOKEN)
def test_every_report_says_in_its_language_that_it_is_a_what_if_and_by_whose_finding(form, language, made, knowledge):
    text = unfolded(render(form, [made], knowledge, language))
    assert WHAT_IF[language] in text
    assert "facts.yaml" in text
    assert made.assumed[0].digest in text
    assert form == "ics" or "county auditor" in text
    assert LAW.isoformat() in text or {"en": "1 June 2025"}.get(language, "1.6.2025") in text


@pytest.mark.parametrize("form", SPOKEN)
def test_an_ordinary_report_says_nothing_of_the_kind(form, ordinary, knowledge):
    assert "WHAT IF" not in render(form, [ordinary], knowledge, "en")


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_documents_and_workbooks_say_so_too(form, made, knowledge):
    text = parts(render(form, [made], knowledge, "en"))
    assert "WHAT IF" in text
    assert made.assumed[0].digest in text
    assert "Findings of auditors" in text
    assert "county auditor" in text


def test_the_pdf_has_a_bookmark_for_what_persons_found(made, knowledge):
    with pikepdf.open(io.BytesIO(render("pdf", [made], knowledge, "en"))) as book, book.open_outline() as outline:
        assert "Findings of auditors" in [item.title for item in outline.root]


def test_rows_of_a_table_tell_what_settles_them_and_what_they_were(made, knowledge):
    found = list(csv.DictReader(io.StringIO(render("csv", [made], knowledge, "en").removeprefix("\ufeff"))))
    assert {row["what_if"] for row in found} == {"true"}
    by_norm = {(row["norm"], row["period"]): row for row in found}
    assert by_norm[NEGOTIATION, "2024"]["changed_from"] == "overdue"
    assert by_norm[PROMOTE, "standing"]["settled_by"] == "judgement"
    assert {row["settled_by"] for row in found} == {"judgement", "law", "rules"}
    assert {(row["law_as_of"], row["facts_as_of"], row["known_as_of"]) for row in found} == {
        ("2025-06-01", "2025-12-31", "2026-01-15")
    }


def test_rdf_tells_the_clocks_the_assumption_and_that_a_person_judged(made, knowledge):
    text = render("turtle", [made], knowledge, "en")
    for word in ("hyte:appliesLawOf", "hyte:isKnownAsOf", "hyte:assumes", "hyte:hearsJudgementsOf", "earl:manual"):
        assert word in text
    assert "hyte:wouldHaveOutcome outcome:overdue" in text


def test_a_stored_what_if_comes_back_with_every_mark(made, knowledge):
    value = as_value(made)
    (stored,) = read_results(json.dumps(value).encode(), "r.json", knowledge).assessments
    assert as_value(stored) == value
    assert render("text", [stored], knowledge, "fi") == render("text", [made], knowledge, "fi")


def test_an_older_result_without_the_new_keys_is_read_as_before(ordinary, knowledge):
    value = as_value(ordinary)
    for key in ("lawOn", "whatIf", "assumed", "judged"):
        del value[key]
    for verdict in value["verdicts"]:
        del verdict["settledBy"], verdict["judgements"]
    (stored,) = read_results(json.dumps(value).encode(), "r.json", knowledge).assessments
    assert (stored.law_on, stored.is_what_if) == (ordinary.on, False)


def test_a_difference_names_the_law_the_assumption_and_the_findings_as_causes(made, ordinary):
    causes = difference(as_value(ordinary), as_value(made)).causes
    assert set(causes) == {"law-day", "known", "assumed", "judged"}
