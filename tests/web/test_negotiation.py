"""The best of what is offered, by RFC 9110: the most specific range sets the quality, the offer breaks ties."""

from __future__ import annotations

import pytest
from flask import Flask

from hyte_web.negotiation import best_language, best_type

OFFERS = ("text/html", "text/turtle", "application/ld+json")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "text/html"),
        ("", "text/html"),
        ("*/*", "text/html"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "text/html"),
        ("text/turtle", "text/turtle"),
        ("TEXT/TURTLE", "text/turtle"),
        ("text/turtle;charset=utf-8", "text/turtle"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"', "application/ld+json"),
        ("text/html;q=0.2, text/turtle", "text/turtle"),
        ("text/html;q=0, */*;q=0.1", "text/turtle"),
        ("text/html;q=0.1, */*;q=0.9", "text/turtle"),
        ("text/*;q=0.5, application/ld+json;q=0.4", "text/html"),
        ("application/*", "application/ld+json"),
        ("text/turtle;q=0", None),
        ("application/json", None),
        ("nonsense", None),
    ],
)
def test_the_best_media_type_is_chosen(accept, expected):
    headers = {} if accept is None else {"Accept": accept}
    with Flask(__name__).test_request_context(headers=headers):
        assert best_type(OFFERS) == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "fi"),
        ("sv-FI,sv;q=0.9,en;q=0.1", "sv"),
        ("en-GB", "en"),
        ("de, en;q=0.3", "en"),
        ("de", "fi"),
        ("*", "fi"),
        ("fi;q=0.1, *;q=0.9", "sv"),
        ("fi;q=0, sv;q=0", "fi"),
        (";;;,,,", "fi"),
    ],
)
def test_the_best_language_is_chosen_and_finnish_when_none_fits(accept, expected):
    headers = {} if accept is None else {"Accept-Language": accept}
    with Flask(__name__).test_request_context(headers=headers):
        assert best_language() == expected
