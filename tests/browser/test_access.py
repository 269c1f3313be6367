"""Every kind of page in a browser: nothing that axe finds, nothing in the console, nothing beyond the window."""

from __future__ import annotations

import pytest

from tests.browser.audit import violations
from tests.browser.pages import LOOKS, NO_PAGES, SAMPLES, arrive, cases, kinds_of, page_kinds
from tests.browser.watching import overflow


@pytest.mark.parametrize(("sample", "looks"), cases(), ids=lambda told: getattr(told, "name", None) or str(told[0]))
def test_axe_finds_nothing_on_a_page_and_it_fits_its_window(opened, served, places, sample, looks):
    page, watch = opened()
    watch.allowed |= {sample.status}
    arrive(page, sample, served(looks[0].language, sample.path.format(**places)))
    assert (watch.document.status, sample.shows or served.shown[-1]) == (sample.status, served.shown[-1])
    for look in looks:
        page.emulate_media(color_scheme=look.theme)
        page.set_viewport_size({"width": look.width, "height": 900})
        assert violations(page) == [], look
        assert overflow(page) <= 0, look


def test_every_kind_of_page_has_a_sample(served):
    app = served.app
    kinds = page_kinds(app)
    assert kinds - {kind for sample in SAMPLES for kind in kinds_of(app, sample)} == set()
    assert {rule.endpoint for rule in app.url_map.iter_rules()} >= NO_PAGES


def test_every_template_is_that_of_a_sample(served, places):
    client = served.app.test_client()
    begun = len(served.shown)
    for sample in SAMPLES:
        if not sample.shows:
            client.get(f"/fi/{sample.path.format(**places)}")
    shown = {*served.shown[begun:], *(sample.shows for sample in SAMPLES)}
    assert {name for name in served.app.jinja_env.list_templates() if extends(served.app, name)} - shown == set()


def extends(app, name: str) -> bool:
    """Return whether a template makes a page; the form's frame makes none by itself."""
    source = app.jinja_env.loader.get_source(app.jinja_env, name)[0]
    return source.startswith("{% extends") and name != "check/form_base.html"


def test_each_look_comes_up():
    assert {look for _, looks in cases() for look in looks} == set(LOOKS)
