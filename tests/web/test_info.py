"""The pages on the site itself, the feed of changes, and what crawlers look for."""

from __future__ import annotations

from datetime import date

import pytest
from defusedxml import ElementTree

from hyte_graph.languages import LANGUAGES
from hyte_web.info.law_days import amendments, law_days
from hyte_web.info.releases import releases
from tests.web.markup import read

PAGES = ("help", "about", "privacy", "accessibility", "changes")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_on_the_site_holds_together_and_stands_in_the_foot(client, name, language):
    page = read(client.get(f"/{language}/{name}").text)
    assert page.faults == []
    assert page.language == language
    assert {f"/{language}/{other}" for other in PAGES} <= set(page.anchors)


def test_the_help_explains_every_outcome(client, app):
    text = client.get("/sv/help").text
    assert len(app.extensions["hyte"].things["outcome"]) == 12
    for address in app.extensions["hyte"].things["outcome"]:
        assert f'href="/sv/outcome/{address.rsplit("/", 1)[-1]}"' in text


def test_the_statement_is_marked_where_it_must_be_completed(client, app, monkeypatch):
    assert client.get("/en/accessibility").text.count("To be completed by whoever runs the site") == 3
    told = {"OPERATOR": "An <authority>", "CONTACT": "https://example.org/c", "STATEMENT_DATE": "2026-11-01"}
    for name, value in told.items():
        monkeypatch.setitem(app.config, name, value)
    text = client.get("/en/accessibility").text
    assert "To be completed" not in text
    for part in ("An &lt;authority&gt;", 'href="https://example.org/c"', "1 November 2026", "Traficom"):
        assert part in text
    monkeypatch.setitem(app.config, "CONTACT", "javascript:alert(1)")
    assert 'href="javascript' not in client.get("/en/about").text


def test_the_days_of_the_law_are_those_of_the_graph(app):
    days = {(one.day, one.kind, one.act.rsplit("/", 1)[-1]): one.count for one in law_days(app.extensions["hyte"])}
    assert (date(2023, 1, 1), "enters", "2021-612") in days
    assert days[date(2023, 1, 1), "begins", "2021-612"] > 40
    assert sorted({kind for _, kind, _ in days}) == ["begins", "ends", "enters"]
    assert list(days) == sorted(days, key=lambda key: key[0], reverse=True)
    assert any(one.by for one in amendments(app.extensions["hyte"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_is_atom_in_the_language_of_its_address(client, language):
    lead = client.get("/changes.atom", headers={"Accept-Language": language})
    answer = client.get(lead.headers["Location"])
    feed = ElementTree.fromstring(answer.data)
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert answer.mimetype == "application/atom+xml"
    assert len(ids) == len(set(ids)) > 40
    assert all(entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry"))


def test_the_releases_are_those_of_the_changelog(client):
    assert releases()[-1].version == "0.1.0"
    assert all(release.items for release in releases())
    assert releases()[0].version in client.get("/fi/changes").text


def test_the_sitemap_leads_to_pages_that_exist(client):
    index = ElementTree.fromstring(client.get("/sitemap.xml").data)
    places = [node.text for node in index.iter() if node.tag.endswith("loc")]
    assert len(places) == 3
    pages = ElementTree.fromstring(client.get(places[1].removeprefix("http://localhost")).data)
    paths = [node.text.removeprefix("http://localhost") for node in pages.iter() if node.tag.endswith("loc")]
    assert len(paths) == len(set(paths)) > 1500
    assert {client.get(path).status_code for path in paths[:8] + paths[::400]} == {200}
    assert "Sitemap: http://localhost/sitemap.xml" in client.get("/robots.txt").text


def test_a_contact_for_weaknesses_is_told_where_there_is_one(client, app, monkeypatch):
    assert client.get("/.well-known/security.txt").status_code == 404
    monkeypatch.setitem(app.config, "SECURITY_CONTACT", "https://example.org/security")
    text = client.get("/.well-known/security.txt").text
    assert text.startswith("Contact: https://example.org/security\nExpires: 20")
