"""Health, logs, metrics, limits, origins, settings: what those who run the site rely on."""

from __future__ import annotations

import json
import re

import pytest

from hyte_graph.errors import UsageError
from hyte_web import create_app
from hyte_web.settings import PREFIX, SETTINGS, defaults, from_environment, shown
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def served():
    told = {"RATE_LIMITS": True, "RATE_PAGES": "3 per minute", "LOG_REQUESTS": True, "METRICS": True, "PROXIES": 1}
    return create_app(told)


def test_the_site_is_alive_and_ready(client, app, monkeypatch):
    assert client.get("/healthz").json == {"status": "alive"}
    ready = client.get("/readyz")
    assert ready.json["status"] == "ready"
    assert all(ready.json["parts"].values())
    assert ready.headers["Cache-Control"] == "no-store"
    monkeypatch.setitem(app.extensions["readiness"], "made-up", lambda: False)
    assert client.get("/readyz").status_code == 503


def test_who_asks_too_often_is_told_how_long_to_wait(served):
    client = served.test_client()
    asked = {"X-Forwarded-For": "192.0.2.7"}
    answers = [client.get("/sv/privacy", headers=asked) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "För många förfrågningar" in answers[-1].text
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert "Retry-After" not in answers[0].headers
    problem = client.get("/sv/privacy", headers=asked | {"Accept": "application/problem+json"})
    assert (problem.status_code, problem.json["status"]) == (429, 429)
    assert client.get("/sv/privacy", headers={"X-Forwarded-For": "192.0.2.8"}).status_code == 200
    assert client.get("/data/actor/hus.ttl", headers=asked).status_code == 200
    assert client.get("/healthz", headers=asked).status_code == 200


def test_a_proxy_is_believed_only_where_the_setting_says_so(served, client):
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.9"}
    assert (
        "max-age=31536000" in served.test_client().get("/fi/about", headers=told).headers["Strict-Transport-Security"]
    )
    assert "Strict-Transport-Security" not in client.get("/fi/about", headers=told).headers


def test_a_request_leaves_one_line_without_what_was_asked(served, capsys):
    client = served.test_client()
    answer = client.get(
        "/fi/search?q=secret%0d%0aword", headers={"X-Request-ID": "abcd-1234", "X-Forwarded-For": "192.0.2.1"}
    )
    client.post("/api/v1/check", data=b"secret: [", content_type="application/yaml")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["method"], line["status"]) for line in lines] == [("GET", 200), ("POST", 422)]
    assert lines[0]["request_id"] == answer.headers["X-Request-ID"] == "abcd-1234"
    assert "secret" not in json.dumps(lines)
    assert "192.0.2.1" not in json.dumps(lines)


def test_a_defect_is_logged_with_its_place_and_without_its_message(served, capsys, monkeypatch):
    def broken() -> str:
        raise RuntimeError("a secret detail")

    monkeypatch.setitem(served.view_functions, "operations.alive", broken)
    assert served.test_client().get("/healthz").status_code == 500
    out, err = capsys.readouterr()
    assert '"type": "RuntimeError"' in out
    assert "tests.web.test_operations" in out
    assert "secret" not in out + err


@pytest.mark.parametrize("given", ["x", "a b", "a\\nb", "é" * 10])
def test_a_strange_request_number_is_not_taken_over(client, given):
    told = client.get("/healthz", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{32}", told)


def test_metrics_count_by_route_and_are_off_by_default(served, client):
    other = served.test_client()
    other.get("/fi/norm/none", headers={"X-Forwarded-For": "192.0.2.2"})
    text = other.get("/metrics").text
    assert 'hyte_web_requests_total{method="GET",route="/<any(fi, sv, en):lang>/<kind>/<slug>",status="404"}' in text
    assert "none/" not in text
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize(
    ("headers", "is_refused"),
    [
        ({}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}, False),
        ({"Origin": "http://localhost"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Origin": "https://evil.example"}, True),
        ({"Origin": "null"}, True),
        ({"Origin": "http://localhost.evil.example"}, True),
    ],
)
def test_a_form_of_another_site_cannot_hand_in_anything(client, headers, is_refused):
    answer = client.post("/sv/check", data={}, headers=headers)
    assert (answer.status_code == 403) == is_refused
    if is_refused:
        assert "skickades från en annan webbplats" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_a_packed_body_is_refused(client):
    answer = client.post(
        "/api/v1/check", data=b"x", headers={"Content-Encoding": "gzip"}, content_type="application/yaml"
    )
    assert answer.status_code == 415


def test_settings_come_from_the_environment():
    told = from_environment({"HYTE_WEB_TRUSTED_HOSTS": "a.example, b.example", "HYTE_WEB_PROXIES": "2", "PATH": "x"})
    assert told["TRUSTED_HOSTS"] == ["a.example", "b.example", "127.0.0.1"]
    assert (told["PROXIES"], told["RATE_LIMITS"], told["LOG_REQUESTS"]) == (2, True, True)
    assert from_environment({}, is_public=False) == {}
    assert from_environment({"HYTE_WEB_RATE_LIMITS": "off"})["RATE_LIMITS"] is False
    assert from_environment({"HYTE_WEB_PORT_8000_TCP": "tcp://x", "HYTE_WEB_SERVICE_HOST": "x"})
    assert defaults()["METRICS"] is False


@pytest.mark.parametrize(
    ("name", "value"),
    [("PROXY", "1"), ("PROXIES", "many"), ("PROXIES", "-1"), ("METRICS", "maybe"), ("RATE_PAGES", "often")],
)
def test_a_wrong_setting_is_refused_with_its_name(name, value):
    with pytest.raises(UsageError) as caught:
        from_environment({PREFIX + name: value})
    for text in caught.value.message.as_dict().values():
        assert f"HYTE_WEB_{name}" in text


def test_passwords_are_not_shown():
    told = shown({"HYTE_WEB_RATE_STORAGE": "redis://user:secret@store.example:6379"})
    assert told["HYTE_WEB_RATE_STORAGE"] == "redis://…@store.example:6379"
    assert set(told) == {PREFIX + setting.name for setting in SETTINGS}


def test_the_page_on_running_the_site_tells_every_setting():
    text = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`HYTE_WEB_([A-Z_]+)`", text)) == {setting.name for setting in SETTINGS}


def test_the_examples_of_running_it_name_settings_that_exist_and_run_without_privileges():
    compose = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
    names = set(re.findall(r"HYTE_WEB_([A-Z_]+)", compose))
    assert names
    assert names <= {setting.name for setting in SETTINGS}
    image = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    assert all(f"\n{word} " in image for word in ("USER", "HEALTHCHECK"))
    compile((ROOT / "deploy" / "gunicorn.conf.py").read_text(encoding="utf-8"), "gunicorn.conf.py", "exec")
