"""The JSON interface: what it answers, that it is as its description says, and clear refusals."""

from __future__ import annotations

import jsonschema
import pytest
from openapi_spec_validator import validate

from hyte_graph.languages import LANGUAGES
from hyte_web.api.described import operations
from hyte_web.api.part import _EXAMPLES
from tests.conftest import ROOT
from tests.web.markup import read

API = "/api/v1"
MODELS = {item.name: item.answer for item in operations()}
YAML = (ROOT / "examples" / "lansi-uusimaa.yaml").read_bytes()


@pytest.fixture(scope="module")
def result(app):
    answer = app.test_client().post(f"{API}/check?on=2025-12-31", data=YAML, content_type="application/yaml")
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_description_is_valid_openapi_in_each_language(client, language):
    told = client.get(f"{API}/openapi.json?lang={language}").json
    validate(told)
    assert told["openapi"] == "3.1.0"
    assert len(told["paths"]) == len(operations()) == 12


@pytest.mark.parametrize("name", _EXAMPLES)
def test_an_answer_has_the_form_that_the_description_tells(client, name):
    answer = client.get(API + _EXAMPLES[name])
    assert answer.status_code == 200
    MODELS[name].model_validate_json(answer.data)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get(API + _EXAMPLES[name], headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_search_finds_inflected_words(client):
    first = client.get(f"{API}/search?q=hyvinvointikertomuksen&lang=sv&limit=3").json["items"][0]
    assert first["page"].startswith("/sv/")
    assert "hyvinvointikertomus" in first["label"]["fi"]


def test_the_norms_of_an_actor_are_those_that_the_library_names(app, client):
    from datetime import date

    told = client.get(f"{API}/norms?actor=lansi-uusimaa&on=2025-12-31").json
    known = app.extensions["hyte"].library.norms(actor="lansi-uusimaa", on=date(2025, 12, 31))
    assert [item["slug"] for item in told["items"]] == [norm.slug for norm in known]
    assert {item["act"] for item in client.get(f"{API}/norms?act=2021-612").json["items"]} == {"2021-612"}


def test_a_saved_question_is_answered_as_the_library_answers_it(app, client):
    told = client.get(f"{API}/query/norms-of-an-act?act=2021-612&lang=fi").json
    rows = app.extensions["hyte"].library.query("norms-of-an-act", act="2021-612", language="fi")
    assert told["variables"] == list(rows.variables)
    assert told["total"] == len(told["rows"]) == len(rows) > 10
    MODELS["query"].model_validate(told)


def test_a_question_that_lacks_a_parameter_or_a_description_says_so(client):
    answers = [client.get(f"{API}/query/{name}") for name in ("norms-of-an-act", "why-a-verdict")]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert answers[0].json["detail"] == "Parametri act puuttuu."
    assert client.get(f"{API}/query/norms-of-an-act?act=2021-612&x=1").status_code == 400


def test_a_check_gives_the_documented_result_and_nothing_is_kept(client, result):
    import json

    jsonschema.validate(result.json, json.loads((ROOT / "docs" / "result.schema.json").read_text()))
    assert result.headers["Cache-Control"] == "no-store"
    assert result.headers["X-Robots-Tag"] == "noindex"
    assert "Access-Control-Allow-Origin" not in result.headers
    assert client.get("/schema/hyte.result-1.json").data == (ROOT / "docs" / "result.schema.json").read_bytes()


def test_results_are_put_side_by_side(client, result):
    answer = client.post(f"{API}/compare", json=[result.json, result.json])
    MODELS["compare"].model_validate_json(answer.data)
    assert answer.json["organisations"] == ["lansi-uusimaa"] * 2
    assert not any(row["differs"] for row in answer.json["rows"])
    assert client.post(f"{API}/compare", json=[result.json]).status_code == 422


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/yaml", b"a: [", 422),
        ("application/json", b"{}", 422),
        ("text/turtle", b"<a", 422),
        ("application/yaml", b"\xff\xfe\x00", 422),
        ("text/plain", b"x", 415),
        ("application/yaml", b" " * (10 * 1024 * 1024 + 1), 413),
    ],
)
def test_a_body_that_is_no_description_is_refused_with_a_problem_document(client, kind, body, status):
    answer = client.post(f"{API}/check", data=body, content_type=kind)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json["status"] == status
    assert answer.json["detail"]


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("/search", 400, "Parametern q saknas."),
        ("/search?q=a&x=1", 400, "Operationen har ingen parameter x."),
        ("/search?q=a&q=b", 400, "Parametern q har angetts mer än en gång."),
        ("/norms?on=2025-13-01", 400, "Värdet för parametern on duger inte. Dagen som saken bedöms efter"),
        ("/norms?actor=none", 404, "Finns inte"),
        ("/search?q=a&limit=0", 400, "Värdet för parametern limit duger inte. Högsta antal träffar."),
        ("/thing/law/none", 404, "På den här adressen finns ingenting."),
        ("/nothing", 404, "På den här adressen finns ingenting."),
    ],
)
def test_a_wrong_request_is_refused_in_the_language_of_the_reader(client, path, status, detail):
    answer = client.get(API + path, headers={"Accept-Language": "sv", "Accept": "*/*"})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json["detail"].startswith(detail)
    assert answer.headers["Content-Language"] == "sv"


def test_a_method_that_does_not_exist_is_refused_with_those_that_do(client):
    answer = client.delete(f"{API}/norms")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    preflight = client.options(f"{API}/norms", headers={"Origin": "https://example.org"})
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_on_the_interface_names_every_operation(client, language):
    answer = client.get(f"/{language}/api")
    assert read(answer.text).faults == []
    for item in operations():
        assert f'id="{item.name}"' in answer.text
        assert item.text.within(language) in answer.text
    assert client.get("/api/docs", headers={"Accept-Language": language}).headers["Location"] == f"/{language}/api"
