"""What a stranger may send, and what never leaves the server."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from hyte_web import create_app
from hyte_web.page import Page
from tests.web.markup import read

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e",
    "%00",
    "%0d%0aX-Evil:%201",
    "%ff%fe",
    "{{7*7}}",
    "hus%20",
    "hus'--",
    "hus>",
    "\u202ehus",
    "a" * 5000,
    "hus.ttl.ttl",
    ".ttl",
    "hus%23x",
)
PATHS = ("/id/actor/{}", "/data/actor/{}", "/fi/actor/{}", "/fi/{}", "/sv/{}/x", "/id/{}/hus", "/ontology.{}", "/{}")


@pytest.mark.parametrize("slug", HOSTILE)
@pytest.mark.parametrize("path", PATHS)
def test_a_hostile_address_is_not_found_and_not_echoed_raw(client, path, slug):
    answer = client.get(path.format(slug), headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "X-Evil" not in answer.headers
    for word in ("<script>", "<img", "49</", "Traceback", "passwd:"):
        assert word not in answer.text
    assert read(answer.text).faults == []


@pytest.mark.parametrize(
    "query",
    [
        "_external=1&_scheme=javascript&_anchor=x",
        'act="><script>alert(1)</script>',
        "on=%22%3E%3Cscript%3E",
        "lang=xx&kind=yy&slug=zz",
        "a=%0d%0aX-Evil:1",
        "\u00e4=\u202e",
    ],
)
def test_a_hostile_query_moves_no_link_and_opens_no_tag(client, query):
    for path in ("/fi/norm", "/fi/actor/hus", "/fi/"):
        page = read(client.get(f"{path}?{query}").text)
        assert page.faults == []
        switch = [told["href"] for tag, told in page.links if tag == "a" and told.get("lang")]
        assert [href.partition("?")[0] for href in switch] == [
            path.replace("fi", lang, 1) for lang in ("fi", "sv", "en")
        ]
        assert not [href for href in switch if set(href) & set("<>\"'\r\n ")]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://example.org/", "//example.org/x"],
)
def test_only_addresses_of_the_web_become_links(app, address):
    with app.test_request_context("/fi/"):
        page = Page(app.extensions["hyte"], "fi")
        assert page.external(address).href == ""
        assert page.external("https://example.org/a").href == "https://example.org/a"


@pytest.mark.parametrize("path", ["/fi/norm/cty-7-3-s2-annual-report", "/sv/law/2021-612", "/en/outcome/contested"])
def test_links_stay_on_the_site_or_lead_to_the_web_without_a_referrer(client, path):
    for tag, told in read(client.get(path).text).links:
        href = told.get("href") or told.get("action") or ""
        assert href.startswith(("/", "#", "https://", "http://")), href
        assert not href.startswith("//")
        if tag == "a" and href.startswith("http"):
            assert "noreferrer" in (told["rel"] or "")


@pytest.mark.parametrize(
    "path", ["/fi/", "/data/actor/hus.ttl", "/id/actor/hus", "/fi/none", "/static/site.css", "/none"]
)
def test_every_answer_carries_the_headers_that_keep_a_browser_safe(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "localhost.example.org", "bad host"])
def test_a_host_that_is_not_ours_is_refused(client, host):
    answer = client.get("/fi/", headers={"Host": host})
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert "X-Content-Type-Options" in answer.headers


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000"])
def test_this_machine_is_served(client, host):
    assert client.get("/fi/", headers={"Host": host}).status_code == 200


def test_a_host_can_be_configured():
    client = create_app({"TRUSTED_HOSTS": ["hyte.example.org"]}).test_client()
    assert client.get("/fi/", headers={"Host": "hyte.example.org"}).status_code == 200
    assert client.get("/fi/", headers={"Host": "localhost"}).status_code == 400


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_written(client, method):
    answer = getattr(client, method)("/fi/norm", data=b"x")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_defect_is_answered_without_its_details(app, client, monkeypatch):
    def broken() -> str:
        raise RuntimeError("a secret detail")

    monkeypatch.setitem(app.view_functions, "browse.home", broken)
    page = client.get("/sv/")
    assert page.status_code == 500
    assert "Något gick fel" in page.text
    program = client.get("/sv/", headers={"Accept": "application/json"})
    assert program.mimetype == "application/problem+json"
    for answer in (page, program):
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text


def test_the_first_requests_of_eight_threads_at_the_same_time_all_succeed():
    app, start = create_app(), Barrier(8)
    paths = (
        "/fi/",
        "/sv/norm",
        "/en/law/2021-612",
        "/fi/actor/lansi-uusimaa",
        "/sv/rule/cty-7-4-s4-annual-negotiation",
        "/data/norm/cty-7-3-s2-annual-report.ttl",
        "/ontology.ttl",
        "/en/ontology",
    )

    def ask(place: int) -> list[int]:
        client = app.test_client()
        start.wait()
        return [client.get(paths[(place + step) % 8]).status_code for step in range(8)]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [[200] * 8] * 8
