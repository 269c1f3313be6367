"""What is answered from memory is what would be answered without it."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from hyte_web import create_app, kept

OWN = ("Date", "X-Request-ID")  # of each answer


@pytest.fixture(scope="module")
def without() -> Flask:
    return create_app({"KEPT_MEMORY": 0})


@pytest.fixture
def memory(app, monkeypatch) -> kept.Kept:
    """The memory of the site, empty."""
    found: kept.Kept = app.extensions["hyte-kept"]
    found._answers.clear()
    found._varied.clear()
    found._size = 0
    return found


def seen(answer) -> tuple:
    return answer.status, answer.data, [pair for pair in answer.headers if pair[0] not in OWN]


@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "application/ld+json", "*/*", "image/png"])
@pytest.mark.parametrize(
    "path", ["/en/", "/sv/norm", "/fi/norm/cty-7-3-s6-publish", "/en/ontology", "/data/norm/cty-7-3-s6-publish.ttl"]
)
def test_the_second_answer_is_the_first_and_that_of_a_site_without_memory(client, memory, without, path, accept):
    headers = {"Accept": accept, "Accept-Language": "sv"}
    first, second = (client.get(path, headers=headers) for _ in range(2))
    plain = without.test_client().get(path, headers=headers)
    assert seen(first) == seen(second) == seen(plain)
    head = client.head(path, headers=headers)
    assert (head.status, head.data, head.headers.get("ETag")) == (first.status, b"", first.headers.get("ETag"))


def test_what_is_kept_is_not_made_again(client, app, memory, monkeypatch):
    client.get("/en/norm/cty-7-3-s6-publish")
    count = len(memory)
    monkeypatch.setattr("hyte_web.browse.norms.sheet", lambda *_: pytest.fail("made again"))
    assert client.get("/en/norm/cty-7-3-s6-publish").status_code == 200
    assert len(memory) == count == 1


def test_a_conditional_request_is_answered_from_memory_as_without(client, memory):
    tag = client.get("/en/norm").headers["ETag"]
    assert client.get("/en/norm", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/en/norm", headers={"If-None-Match": '"other"'}).status_code == 200


def test_each_language_path_and_name_of_the_site_has_an_answer_of_its_own(client, memory):
    pages = {
        client.get(path, base_url=base).data for path in ("/fi/norm", "/sv/norm") for base in ("http://localhost",)
    }
    under = client.get("/fi/norm", base_url="http://localhost/hyte").data
    assert len(pages | {under}) == 3


def test_another_day_another_answer(client, memory, monkeypatch):
    client.get("/en/actor/espoo")
    count = len(memory)
    monkeypatch.setattr(kept, "today", lambda: date(2031, 1, 1))
    client.get("/en/actor/espoo")
    assert len(memory) == count + 1


def test_questions_refusals_and_endless_headers_are_not_kept(client, memory):
    client.get("/en/norm?act=2021-612")
    client.get("/en/norm/there-is-none")
    client.get("/id/norm/cty-7-3-s6-publish")
    client.get("/en/norm", headers={"Accept": "text/html" + ", text/x" * 100})
    assert len(memory) == 0


def test_the_memory_never_holds_more_than_it_may(app):
    small = kept.Kept(30_000)
    for number in range(20):
        with app.test_request_context(f"/en/norm/{number}"):
            small.put(app.make_response("x" * 9_000))
            assert small.get() is not None
    assert len(small) == 3
    with app.test_request_context("/en/large"):
        small.put(app.make_response("x" * 30_001))
        assert small.get() is None
