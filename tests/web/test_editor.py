"""The query editor works without script, names faults at their line, and makes links that last."""

from __future__ import annotations

import re

import pytest

from hyte_web.editor import EXAMPLES
from hyte_web.editor.links import LONGEST
from tests.web.markup import read

QUERY = "SELECT ?label WHERE { term:interface skos:prefLabel ?label } ORDER BY ?label"
TITLES = {"fi": "SPARQL-kysely", "sv": "SPARQL-fråga", "en": "SPARQL query"}


def run(client, query, language="en", **more):
    return client.get(f"/{language}/sparql", query_string={"query": query, "run": "1", **more})


@pytest.mark.parametrize("language", TITLES)
def test_the_editor_offers_a_query_that_runs_and_examples(client, app, language):
    answer = client.get(f"/{language}/sparql")
    page = read(answer.text)
    assert (answer.status_code, page.faults) == (200, [])
    assert f"<h1>{TITLES[language]}</h1>" in answer.text
    assert f"LANG(?normLabel) = &#34;{language}&#34;" in answer.text
    known = app.extensions["hyte"].library.questions
    assert all(known[slug].label.within(language) in answer.text for slug in EXAMPLES)


def test_every_example_of_the_editor_has_rows(client):
    page = read(client.get("/en/sparql").text)
    examples = [href for href in page.anchors if href.startswith("/en/sparql?query=")]
    assert len(examples) == len(EXAMPLES)
    for href in examples:
        assert '<table class="rows">' in client.get(href).text


@pytest.mark.parametrize("language", TITLES)
def test_rows_stand_in_a_table_with_their_languages_and_downloads(client, language):
    answer = run(client, QUERY, language)
    page = read(answer.text)
    assert (answer.status_code, page.faults) == (200, [])
    assert ("yhdyspinta", "fi") in page.texts
    assert ("kontaktyta", "sv") in page.texts
    download = next(href for href in page.anchors if href.endswith("format=csv"))
    assert client.get(download).mimetype == "text/csv"


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("ASK { term:interface a skos:Concept }", ">yes<"),
        ("DESCRIBE term:interface", ">predicate<"),
        ("SELECT * { term:interface hyte:none ?x }", "The query has no answer"),
        ("SELECT (1/0 AS ?x) {}", "1 row"),
    ],
)
def test_other_answers_are_shown_too(client, query, shown):
    answer = run(client, query)
    assert (answer.status_code, read(answer.text).faults) == (200, [])
    assert shown in answer.text


def test_a_fault_names_its_line_and_keeps_the_query(client):
    answer = run(client, "SELECT *\nWHERE {\n  ?s ?p }", "sv")
    assert (answer.status_code, read(answer.text).faults) == (400, [])
    assert "Rad 3, tecken" in answer.text
    assert "<code>?s ?p }</code>" in answer.text
    assert "  ?s ?p }</textarea>" in answer.text


@pytest.mark.parametrize(
    "query", ["CLEAR ALL", "SELECT * { SERVICE <http://127.0.0.1:9/> {} }", "SELECT * FROM <urn:none> {}"]
)
def test_what_nobody_may_do_is_refused_on_the_page(client, query):
    answer = run(client, query, "fi")
    assert (answer.status_code, read(answer.text).faults) == (400, [])
    assert 'role="alert"' in answer.text


def test_another_format_leads_to_the_endpoint(client):
    answer = run(client, QUERY, format="tsv")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sparql?query=")
    assert client.get(answer.headers["Location"]).mimetype == "text/tab-separated-values"


def test_only_the_page_of_the_editor_allows_styles_in_elements(client):
    with_styles = "style-src 'self' 'unsafe-inline'"
    assert with_styles in client.get("/fi/sparql").headers["Content-Security-Policy"]
    assert "script-src" not in client.get("/fi/sparql").headers["Content-Security-Policy"]
    for path in ("/fi/", "/fi/query", "/fi/norm", "/sparql", "/fi/query/aims-lacking-in-the-2017-draft"):
        assert "unsafe" not in client.get(path).headers["Content-Security-Policy"]


def test_a_short_link_is_the_same_for_the_same_query_and_leads_to_it(client):
    made = [client.post("/q", data={"query": QUERY, "lang": "sv"}) for _ in range(2)]
    assert {answer.status_code for answer in made} == {303}
    assert len({answer.headers["Location"] for answer in made}) == 1
    name = re.search(r"link=([a-z2-7]{10})$", made[0].headers["Location"])[1]
    shown = client.get(made[0].headers["Location"])
    assert (shown.status_code, read(shown.text).faults) == (200, [])
    assert f"http://localhost/q/{name}" in shown.text
    assert "term:interface skos:prefLabel" in shown.text
    led = client.get(f"/q/{name}", headers={"Accept-Language": "en"})
    assert (led.status_code, led.headers["Location"]) == (303, f"/en/sparql?link={name}")
    twin = client.get(f"/q/{name}.rq")
    assert (twin.text, twin.mimetype) == (f"{QUERY}\n", "application/sparql-query")
    assert "immutable" in twin.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/q/none", "/q/none.rq", "/fi/sparql?link=none"])
def test_a_link_that_nobody_made_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_query_too_long_for_a_link_is_refused_and_a_foreign_page_makes_none(client):
    assert client.post("/q", data={"query": "x" * (LONGEST + 1)}).status_code in (400, 413)
    stranger = {"Origin": "https://example.org", "Sec-Fetch-Site": "cross-site"}
    assert client.post("/q", data={"query": QUERY}, headers=stranger).status_code == 403
