"""The same page in other forms: by suffix, and at the same address for whom another form pleases better."""

from __future__ import annotations

import csv
import dataclasses
import io
import json

import openpyxl
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from hyte_graph.vocabulary import full, iri
from hyte_web.forms import OF_LISTS, OF_THINGS, Table, as_csv, as_workbook

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
THINGS = ("/fi/norm/cty-7-3-s2-annual-report", "/sv/actor/hus", "/en/law/2021-612")
LISTS = ("/fi/norm", "/sv/law", "/en/outcome")
CSV, JSON, TTL, LD = "text/csv", "application/json", "text/turtle", "application/ld+json"
NT, XML = "application/n-triples", "application/rdf+xml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HTML, NONE = "text/html", ""
TABLE = {  # Accept -> what a thing and what a list answer with
    BROWSER: (HTML, HTML),
    "*/*": (HTML, HTML),
    "": (HTML, HTML),
    "text/turtle": (TTL, TTL),
    "text/*;q=0.5, text/html;q=0.1": (TTL, CSV),
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"': (LD, LD),
    "application/n-triples, */*;q=0.1": (NT, NT),
    "application/rdf+xml;q=0.9, text/turtle;q=0.8": (XML, XML),
    "application/json": (JSON, JSON),
    "text/html;q=0.3, application/json;q=0.3": (HTML, HTML),
    "text/csv": (NONE, CSV),
    XLSX: (NONE, XLSX),
    "image/png": (NONE, NONE),
    "text/html;q=0, application/*": (LD, XLSX),
    "not a type": (NONE, NONE),
}


@pytest.mark.parametrize("accept", TABLE)
@pytest.mark.parametrize("path", THINGS + LISTS)
def test_a_page_answers_in_the_form_that_the_request_likes_best(client, path, accept):
    answer = client.get(path, headers={"Accept": accept})
    wanted = TABLE[accept][path in LISTS]
    if wanted == NONE:
        assert answer.status_code == 406
        assert all(form.media_type in answer.text for form in (OF_LISTS if path in LISTS else OF_THINGS))
    else:
        assert (answer.status_code, answer.mimetype) == (200, wanted)
    assert "Accept" in answer.headers["Vary"]


@pytest.mark.parametrize("path", THINGS + LISTS)
def test_the_suffix_gives_the_same_bytes_as_the_accept_header(client, path):
    for form in OF_LISTS if path in LISTS else OF_THINGS:
        twin = client.get(f"{path}.{form.suffix}")
        negotiated = client.get(path, headers={"Accept": form.media_type})
        assert (twin.status_code, twin.mimetype) == (200, form.media_type)
        assert twin.data == negotiated.data
        assert negotiated.headers["Content-Location"] == f"{path}.{form.suffix}"
        assert f'<{path}>; rel="alternate"; type="text/html"; hreflang="{path[1:3]}"' in twin.headers.getlist("Link")
        again = client.get(f"{path}.{form.suffix}", headers={"If-None-Match": twin.headers["ETag"]})
        assert again.status_code == 304
        assert client.head(f"{path}.{form.suffix}").data == b""


def test_a_twin_of_a_thing_is_its_data(client):
    for suffix in ("ttl", "jsonld", "nt", "rdf", "json"):
        assert client.get(f"/sv/actor/hus.{suffix}").data == client.get(f"/data/actor/hus.{suffix}").data


def test_json_has_the_form_that_hyte_show_writes(client, capsys):
    from hyte_graph.cli.main import main

    main(["show", "actor:hus", "--format", "json"])
    assert client.get("/fi/actor/hus.json").text == capsys.readouterr().out


def test_a_page_tells_of_its_twins(client):
    links = client.get("/fi/norm?act=2021-612").headers.getlist("Link")
    assert '</fi/norm.csv?act=2021-612>; rel="alternate"; type="text/csv"' in links
    assert f'</fi/norm.xlsx?act=2021-612>; rel="alternate"; type="{XLSX}"' in links


def test_twins_may_be_read_from_pages_of_any_origin_and_pages_may_not(client):
    told = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    assert client.get("/fi/norm.json").headers["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in client.options("/fi/norm.json", headers=told).headers["Access-Control-Allow-Headers"]
    assert client.get("/fi/norm", headers={"Accept": JSON}).headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/fi/norm").headers


def test_a_filter_of_the_page_filters_the_twins(client, app):
    act = [norm for norm in app.extensions["hyte"].norms.values() if norm.provision.act == "2021-612"]
    assert client.get("/fi/norm.json?act=2021-612").json["total"] == len(act) > 10
    rows = list(csv.reader(io.StringIO(client.get("/sv/norm.csv?act=2021-612").data.decode("utf-8-sig"))))
    assert len(rows) == len(act) + 1
    assert rows[0][1:3] == ["Bestämmelse", "Norm"]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/en/norm.xlsx?act=2021-612").data)).active
    assert sheet.max_row == len(act) + 1


def test_no_cell_is_a_formula():
    table = Table("x", ("a",), [["=1+1"], ["@SUM(A1)"], ["plain"]])
    assert as_csv(table).decode("utf-8-sig").splitlines() == ["a", "'=1+1", "'@SUM(A1)", "plain"]
    cells = list(openpyxl.load_workbook(io.BytesIO(as_workbook(table))).active.iter_rows(min_row=2))
    assert {row[0].data_type for row in cells} == {"s"}
    assert as_workbook(table) == as_workbook(table)


def test_the_home_page_and_the_ontology_have_twins(client):
    home = client.get("/fi/index.json").json
    assert home["things"]["norm"] >= 267
    assert client.get("/fi/", headers={"Accept": JSON}).json == home
    assert client.get("/en/ontology.ttl").data == client.get("/ontology.ttl").data


def test_a_page_without_twins_is_there_for_readers_only(client):
    assert client.get("/sv/about", headers={"Accept": BROWSER}).status_code == 200
    answer = client.get("/sv/about", headers={"Accept": JSON})
    assert (answer.status_code, answer.json["choices"]) == (406, [{"href": "/sv/about", "type": HTML}])


@pytest.mark.parametrize("path", ["/fi/norm.foo", "/fi/actor/hus.csv", "/fi/nothing.json", "/fi/norm/none.ttl"])
def test_a_twin_that_does_not_exist_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("accept", [BROWSER, TTL])
def test_what_is_no_longer_in_use_is_gone_and_names_its_successor(app, client, monkeypatch, accept):
    old, new = iri("norm", "old"), iri("norm", "new")
    store = Store()
    store.add(Quad(NamedNode(old), NamedNode(full("owl:deprecated")), Literal(True)))
    store.add(Quad(NamedNode(old), NamedNode(full("dcterms:isReplacedBy")), NamedNode(new)))
    made = dataclasses.replace(app.extensions["hyte"], store=store, subjects=frozenset({old, new}))
    monkeypatch.setitem(app.extensions, "hyte", made)
    for path in ("/id/norm/old", "/sv/norm/old", "/sv/norm/old.json"):
        answer = client.get(path, headers={"Accept": accept})
        assert answer.status_code == 410
        assert new in answer.text
        assert f'<{new}>; rel="successor-version"' in answer.headers.getlist("Link")
    assert json.loads(client.get("/data/norm/old.json").text)["properties"]["owl:deprecated"]
