"""The web: what strangers send in addresses, headers, bodies and files, and what the site never does with it."""

from __future__ import annotations

import io
import json
import re
import socket
import threading
import time
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from waitress import create_server

from hyte_graph.reports.plain import printable
from hyte_web import create_app
from hyte_web.check.runs import Runs
from hyte_web.page import Page
from tests.conftest import EXAMPLES, ROOT
from tests.threats.filings import TURTLE, YAML

threat = pytest.mark.threat
DAY = "2025-12-31"
HOSTILE = '"><script>alert(1)</script>'
TEMPLATES = sorted((ROOT / "web/hyte_web/templates").rglob("*.html")) + sorted((ROOT / "hyte_graph").rglob("*.html"))


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app({"CHECK_WORKERS": 1})


@pytest.fixture
def client(app) -> FlaskClient:
    return app.test_client()


def upload(client: FlaskClient, content: bytes, name: str):
    told = {"file": (io.BytesIO(content), name), "on": DAY}
    return client.post("/en/check", data=told, content_type="multipart/form-data")


@threat("F1")
@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "JaVaScRiPt:x", "file:///etc", "//x.example"]
)
def test_only_addresses_of_the_web_become_links(app, address):
    with app.test_request_context("/fi/"):
        assert Page(app.extensions["hyte"], "fi").external(address).href == ""
    policy = app.test_client().get("/fi/").headers["Content-Security-Policy"]
    assert "script-src" not in policy
    assert "default-src 'self'" in policy


@threat("F2", "F4")
def test_no_template_leaves_an_attribute_unquoted_or_a_value_unescaped():
    allowed = {"{{ picture.svg|safe }}", "{{ picture.table|safe }}"}  # made by us, and tried in the next test
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"{{[^}]*\|\s*safe[^}]*}}", text)) <= allowed, path
        assert "autoescape false" not in text, path
        bare = re.sub(r"=\"[^\"]*\"|='[^']*'", "", re.sub(r"{[{%#].*?[}%#]}", "", text, flags=re.DOTALL))
        assert not re.search(r"<[a-z][^<>]*\s[\w-]+=", bare), path


@threat("F2", "F3", "F4")
def test_hostile_texts_of_a_description_open_no_tag_in_any_report(client):
    name = json.dumps(HOSTILE)
    spoilt = YAML.replace("municipality}", f"municipality, short_name: {name}, name_fi: {name}}}")
    spoilt += f"bodies: [{{id: b1, kind: steering_group, name_fi: {name}, sources: [s1]}}]\n"
    spoilt += f"documents: [{{id: d1, kind: welfare_report, title_fi: {name}, sources: [s1]}}]\n"
    spoilt += f"sources: [{{id: s1, title: {name}}}]\n"
    answer = upload(client, spoilt.encode(), "x<img src=x onerror=alert(1)>.yaml")
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).text
    assert "x&lt;img src=x onerror=alert(1)&gt;.yaml" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


@threat("F3")
def test_no_page_embeds_data_in_a_script():
    for path in TEMPLATES:
        assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", path.read_text(encoding="utf-8")), path


@threat("F5", "F6")
def test_the_name_of_the_site_is_never_taken_from_a_request(client):
    assert client.get("/fi/", headers={"Host": "evil.example"}).status_code == 400
    forwarded = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.1"}
    assert "evil.example" not in client.get("/fi/", headers=forwarded).text


@threat("F7")
@pytest.mark.parametrize("path", ["//evil.example/x/", "/g//x", "///fi/", "/\\evil.example", "/fi//norm", "/id//hus"])
def test_no_redirect_leaves_the_site(client, path):
    answer = client.get(path)
    target = answer.headers.get("Location", "")
    assert not target or re.match(r"(http://localhost)?/(?![/\\])", target), target


@threat("F8")
@pytest.mark.parametrize("name", ["../../etc/passwd", "%2e%2e/x", "..%2f..%2fetc", "%00", "%ff%fe", "x%0d%0aX-Evil:1"])
@pytest.mark.parametrize(
    "place", ["/id/actor/{}", "/data/actor/{}", "/ontology/{}", "/fi/norm/{}", "/static/{}", "/dump/{}"]
)
def test_a_path_names_nothing_but_what_the_site_knows(client, place, name):
    answer = client.get(place.format(name))
    assert answer.status_code in (400, 404, 308)
    assert "X-Evil" not in answer.headers
    assert "root:" not in answer.text


@threat("F9")
@pytest.mark.parametrize("name", ["../../x.yaml", "CON.yaml", "ÄÖ\u202e.yaml", "a" * 500 + ".yaml", "C:\\temp\\x.yaml"])
def test_the_name_of_an_upload_is_shown_and_never_a_path(name, tmp_path):
    runs = Runs(tmp_path / "runs")
    run = runs.add(b"x", name, "{}")
    assert sorted(path.name for path in run.folder.iterdir()) == ["about.json", "input", "result.json"]
    assert run.folder.parent == tmp_path / "runs"
    assert [path.name for path in tmp_path.iterdir()] == ["runs"]


@threat("F10")
@pytest.mark.parametrize(
    "path", ["/fi/norm?x=a%0d%0aX-Evil:1", "/id/actor/hus%0d%0aX-Evil:1", "/en/search?q=%0aX-Evil:1"]
)
def test_no_line_break_reaches_a_header(client, path):
    answer = client.get(path, headers={"X-Request-ID": "abcdefgh"})
    assert answer.status_code < 500
    assert "X-Evil" not in answer.headers


@threat("F11")
def test_a_request_with_line_breaks_leaves_one_line_in_the_log(capsys):
    client = create_app({"LOG_REQUESTS": True}).test_client()
    capsys.readouterr()
    client.get("/fi/norm?x=%0d%0a%1b[31mred", headers={"User-Agent": "x\x1b[31m"})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    assert json.loads(lines[0])["status"] == 200
    assert "\x1b" not in lines[0]


@threat("F12", "F13")
@pytest.mark.parametrize(
    ("path", "size", "headers", "status"),
    [
        ("/api/v1/check?on=2025-12-31", 11_000_000, {"Content-Type": "application/yaml"}, 413),
        ("/sparql", 30_000_000, {"Content-Type": "application/sparql-query"}, 413),
        ("/en/check", 30_000_000, {"Content-Type": "multipart/form-data; boundary=x"}, 413),
        ("/api/v1/check?on=2025-12-31", 10, {"Content-Type": "application/yaml", "Content-Encoding": "gzip"}, 415),
        ("/sparql", 10, {"Content-Type": "application/sparql-query", "Content-Encoding": "deflate"}, 415),
    ],
)
def test_a_body_that_is_too_large_or_packed_is_refused(client, path, size, headers, status):
    assert client.post(path, data=b"x" * size, headers=headers).status_code == status


@threat("F14")
def test_connections_that_say_nothing_keep_nobody_waiting(app):
    server = create_server(app, host="127.0.0.1", port=0, threads=2)
    threading.Thread(target=server.run, daemon=True).start()
    place = ("127.0.0.1", server.effective_port)
    idle = [socket.create_connection(place) for _ in range(60)]
    try:
        for at, one in enumerate(idle):
            one.sendall(
                b"GET / HTTP/1.1\r\nHost: loc" if at % 2 else b"POST /sparql HTTP/1.1\r\nContent-Length: 900\r\n\r\nx"
            )
        begun = time.monotonic()
        with socket.create_connection(place, timeout=20) as asked:
            asked.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert b"200 OK" in asked.recv(4096)
        assert time.monotonic() - begun < 10
    finally:
        for one in idle:
            one.close()
        server.close()


@threat("F15")
@pytest.mark.parametrize(
    ("accept", "statuses"),
    [
        (None, {200}),
        ("*/*", {200}),
        ("text/html;q=0", {200, 406}),
        ("no/such", {406}),
        (";;;,,,q=x", {200, 406}),
        (", ".join(["a/b"] * 20_000), {400, 406, 431}),
    ],
)
def test_every_accept_header_has_a_defined_answer(client, accept, statuses):
    begun = time.process_time()
    answer = client.get("/ontology", headers={"Accept": accept} if accept else {}, follow_redirects=True)
    assert answer.status_code in statuses
    assert time.process_time() - begun < 2


@threat("F16", "F17")
def test_a_cache_between_us_never_hands_out_the_wrong_representation(client):
    kept: dict[tuple, bytes] = {}
    choices = [
        ("text/html", "fi"),
        ("text/html", "sv"),
        ("text/turtle", "fi"),
        ("application/ld+json", "en"),
        ("*/*", "sv"),
    ]
    for path in ("/id/actor/espoo", "/ontology", "/sv/norm"):
        for accept, language in choices * 2:
            told = {"Accept": accept, "Accept-Language": language}
            answer = client.get(path, headers=told)
            vary = [name.strip() for name in answer.headers.get("Vary", "").split(",") if name.strip()]
            key = (path, *(told.get(name) for name in vary))
            seen = answer.data + answer.headers.get("Location", "").encode()
            assert kept.setdefault(key, seen) == seen
    page = client.get("/fi/norm", headers={"Accept-Language": "fi"})
    tag = page.headers["ETag"]
    assert client.get("/fi/norm", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/sv/norm", headers={"If-None-Match": tag}).status_code == 200
    assert client.get("/fi/norm", headers={"Range": "bytes=0-9"}).status_code == 200


@threat("F18")
@pytest.mark.parametrize(
    "told", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
def test_a_form_of_another_site_is_refused_and_no_cookie_is_set(client, told):
    answer = client.post("/en/check", data={}, headers=told)
    assert answer.status_code == 403
    assert "Set-Cookie" not in client.get("/en/check").headers


@threat("F19")
def test_no_other_site_can_frame_a_page(client):
    headers = client.get("/fi/").headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]


@threat("F20")
def test_other_sites_may_read_data_but_never_with_credentials(client):
    answer = client.get("/sparql?query=ASK%20%7B%7D", headers={"Origin": "https://other.example"})
    assert answer.headers.get("Access-Control-Allow-Origin") == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "Access-Control-Allow-Origin" not in client.get("/en/check", headers={"Origin": "https://x.example"}).headers


@threat("F21")
@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "BREW", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/fi/", "/id/actor/espoo", "/ontology", "/sparql"])
def test_a_method_that_is_not_meant_is_refused_with_those_that_are(client, method, path):
    answer = client.open(path, method=method)
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


@threat("F22")
def test_no_setting_of_the_environment_shows_strangers_where_a_defect_is(monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")
    made = create_app()
    assert not made.debug

    def fails() -> str:
        raise ZeroDivisionError("secret")

    made.add_url_rule("/defect", view_func=fails)
    answer = made.test_client().get("/defect")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert made.test_client().get("/console").status_code == 404


@threat("F23", "F24", "F25")
def test_what_somebody_handed_in_is_found_by_its_own_address_alone_and_changed_by_nobody(client, app):
    content = (EXAMPLES / "espoo.yaml").read_bytes()
    first, second = (upload(client, content, "a.yaml").headers["Location"] for _ in range(2))
    assert first != second  # sent twice: two private results, and no history that could count it twice
    name = re.search(r"[0-9a-f]{32}", first)[0]
    guesses = [name[:-1] + ("0" if name[-1] != "0" else "1"), name[:16] * 2, "0" * 32, name.upper(), name[:31]]
    assert [client.get(first.replace(name, guess)).status_code for guess in guesses] == [404] * len(guesses)
    assert "no-store" in client.get(first).headers["Cache-Control"]
    for method in ("PUT", "PATCH"):
        assert client.open(first, method=method).status_code == 405
    assert name not in client.get("/en/check").text + client.get("/sitemap.xml").text


@threat("F12")
@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (TURTLE + "<b1> a <x:y> .", "text/turtle", "relative-iri"),
        ("a: &a [*a]", "application/yaml", "alias-not-allowed"),
        ("<!DOCTYPE r []><r/>", "application/rdf+xml", "dtd-not-allowed"),
        ("", "application/yaml", "empty"),
    ],
)
def test_a_refusal_is_a_problem_document_with_its_code_and_the_number_of_the_request(client, content, kind, code):
    answer = client.post("/api/v1/check?on=2025-12-31", data=content.encode(), content_type=kind)
    told = answer.get_json(force=True)
    assert answer.mimetype == "application/problem+json"
    assert answer.status_code in (400, 422)
    assert told["code"] == code
    assert told["detail"]
    assert told["requestId"] == answer.headers["X-Request-ID"]
    assert str(Path.cwd()) not in answer.text
    assert printable(told["detail"]) == told["detail"]
