"""Saved questions: found, filled in, answered, shown and handed out."""

from __future__ import annotations

import csv
import io
import json

import pytest
import rdflib
from openpyxl import load_workbook

from tests.web.markup import read

PLAIN = "aims-lacking-in-the-2017-draft"
TITLES = {"fi": "Kysymykset", "sv": "Frågor", "en": "Questions"}


@pytest.mark.parametrize("language", TITLES)
def test_the_catalogue_lists_every_question_by_who_asks(client, app, language):
    answer = client.get(f"/{language}/query")
    page = read(answer.text)
    assert (answer.status_code, page.faults) == (200, [])
    assert f"<h1>{TITLES[language]}</h1>" in answer.text
    known = app.extensions["hyte"].library.questions
    links = {href for href in page.anchors if href.startswith(f"/{language}/query/")}
    assert links == {f"/{language}/query/{slug}" for slug in known}


def test_the_catalogue_is_narrowed_by_words_topic_and_who_asks(client, app):
    total = len(app.extensions["hyte"].library.questions)
    for query in ("q=2017+draft", "topic=difference", "for=auditor", "q=draft&for=legal-expert&topic=difference"):
        text = client.get(f"/en/query?{query}").text
        count = int(text.split(f" of {total} questions")[0].rsplit(">", 1)[1])
        assert 0 < count < total
        assert text.count('<ul class="questions">') in (1, 2, 3)
    assert "No question fits" in client.get("/en/query?q=xyzzy").text


@pytest.mark.parametrize("language", TITLES)
def test_a_question_without_parameters_is_answered_at_once(client, app, language):
    answer = client.get(f"/{language}/query/{PLAIN}")
    page = read(answer.text)
    assert (answer.status_code, page.faults) == (200, [])
    label = app.extensions["hyte"].library.questions[PLAIN].label.within(language)
    assert f'<caption id="rows-caption"><span lang="{language}">{label}</span></caption>' in answer.text
    expected = list(csv.reader(io.StringIO(client.get(f"/{language}/query/{PLAIN}.csv").text)))
    assert answer.text.count("<tr>") == len(expected)
    assert {label for _, label, _ in expected[1:]} <= {text for text, told in page.texts if told == language}
    assert f'href="/{language}/sparql?query=PREFIX' in answer.text


def test_a_question_with_a_parameter_waits_for_it_and_then_answers(client):
    slug = "citation-of-a-norm"
    empty = client.get(f"/sv/query/{slug}")
    assert (empty.status_code, read(empty.text).faults) == (200, [])
    assert "<table" not in empty.text
    full = client.get(f"/sv/query/{slug}?norm=cty-7-3-s2-annual-report")
    assert (full.status_code, read(full.text).faults) == (200, [])
    assert "<table" in full.text
    assert 'value="cty-7-3-s2-annual-report" selected' in full.text
    assert f"/sv/query/{slug}.xlsx?norm=cty-7-3-s2-annual-report" in full.text


@pytest.mark.parametrize(
    ("query", "fault"), [("norm=none", "“none”"), ("norm=", "Give a value"), ("norm=" + "x" * 600, "500")]
)
def test_a_value_that_does_not_fit_is_named_at_its_field(client, query, fault):
    answer = client.get(f"/en/query/citation-of-a-norm?{query}")
    assert (answer.status_code, read(answer.text).faults) == (400, [])
    assert 'href="#p-norm"' in answer.text
    assert 'aria-invalid="true" aria-describedby="w-norm"' in answer.text
    assert fault in answer.text


@pytest.mark.parametrize("suffix", ["csv", "json", "tsv", "xml", "xlsx"])
def test_the_answer_is_handed_out_in_every_form(client, suffix):
    answer = client.get(f"/fi/query/{PLAIN}.{suffix}")
    rows = len(json.loads(client.get(f"/fi/query/{PLAIN}.json").data)["results"]["bindings"])
    counts = {
        "csv": lambda data: len(data.decode().splitlines()) - 1,
        "tsv": lambda data: len(data.decode().splitlines()) - 1,
        "json": lambda data: len(json.loads(data)["results"]["bindings"]),
        "xml": lambda data: data.count(b"<result>"),
        "xlsx": lambda data: load_workbook(io.BytesIO(data)).active.max_row - 1,
    }
    assert (answer.status_code, counts[suffix](answer.data)) == (200, rows)
    assert rows > 0
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_question_itself_is_data_and_a_query_that_runs(client):
    turtle = rdflib.Graph().parse(data=client.get(f"/fi/query/{PLAIN}.ttl").data, format="turtle")
    assert rdflib.URIRef(f"https://w3id.org/hyte-graph/id/question/{PLAIN}") in set(turtle.subjects())
    text = client.get(f"/fi/query/{PLAIN}.rq").text
    assert text.startswith("PREFIX hyte: <https://w3id.org/hyte-graph/ontology#>\n")
    asked = client.get("/sparql", query_string={"query": text}, headers={"Accept": "text/csv"})
    assert asked.data == client.get(f"/fi/query/{PLAIN}.csv").data


def test_the_list_is_data_too(client, app):
    known = app.extensions["hyte"].library.questions
    assert {one["slug"] for one in client.get("/fi/query.json").json} == set(known)
    turtle = rdflib.Graph().parse(data=client.get("/fi/query.ttl").data, format="turtle")
    assert len({item for item in turtle.subjects() if "/id/question/" in str(item)}) == len(known)


@pytest.mark.parametrize("path", ["/fi/query/none", "/fi/query/none.csv", f"/fi/query/{PLAIN}.pdf"])
def test_what_does_not_exist_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_question_about_organisations_asks_for_an_example_and_answers_about_it(client, app):
    known = app.extensions["hyte"].library.questions
    slug = next(one.slug for one in known.values() if one.needs_description and len(one.parameters) <= 1)
    empty = client.get(f"/en/query/{slug}")
    assert (empty.status_code, read(empty.text).faults) == (200, [])
    assert 'name="about" value="vantaa-kerava"' in empty.text
    full = client.get(f"/en/query/{slug}?about=vantaa-kerava&on=2025-12-31")
    assert (full.status_code, read(full.text).faults) == (200, [])
    assert 'role="status"' in full.text
    assert client.get(f"/en/query/{slug}.csv?about=vantaa-kerava&on=2025-12-31").status_code == 200
    assert client.get(f"/en/query/{slug}?about=none").status_code == 400
    assert client.get(f"/en/query/{slug}.csv").status_code == 400


def test_the_web_gives_the_rows_of_the_library(client, app):
    library = app.extensions["hyte"].library
    slug = "citation-of-a-norm"
    here = library.query(slug, language="sv", norm="cty-7-3-s2-annual-report").written("csv")
    assert client.get(f"/sv/query/{slug}.csv?norm=cty-7-3-s2-annual-report").data == here
