"""The keyboard: it reaches every control in its order, shows where it is, and is caught nowhere."""

from __future__ import annotations

import pytest

from hyte_graph.languages import LANGUAGES
from tests.browser.pages import HARD, SAMPLES, arrive

MOST = 10_000 if HARD else 24  # stops; of a longer page the beginning and the end are walked through

_CONTROLS = """() => {
  const known = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  const groups = new Set();
  window.controls = [...document.querySelectorAll(known)].filter(one => {
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({ visibilityProperty: true })) return false;
    if (one.type !== "radio") return true;
    const isFirst = !groups.has(one.name);  // a group of radio buttons is one stop: the chosen one, else the first
    groups.add(one.name);
    const chosen = document.querySelector(`input[name="${CSS.escape(one.name)}"]:checked`);
    return chosen ? chosen === one : isFirst;
  });
  const start = document.createElement("span");  // where the walk begins, wherever the page put the focus
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  window.reached = [];
  window.unseen = [];
  addEventListener("focusin", ({ target }) => {
    const look = getComputedStyle(target);
    const isOutlined = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
    const box = target.getBoundingClientRect();
    const isShown = box.bottom > 0 && box.top < innerHeight && box.width > 1 && box.height > 1;
    if (!window.reached.includes(target)) window.reached.push(target);
    if (!(isOutlined || look.boxShadow !== "none") || !isShown) window.unseen.push(target.outerHTML.slice(0, 160));
  });
  return window.controls.length;
}"""
_LEAP = """most => {  // from the beginning of a long page to its end
  const done = window.reached.filter(one => window.controls.includes(one)).length;
  window.controls.splice(done, Math.max(window.controls.length - most - done, 0));
  window.controls[done].focus({ focusVisible: true });
}"""
_MISSED = """() => {
  const reached = window.reached.filter(one => window.controls.includes(one));
  const told = one => (one ? one.outerHTML.slice(0, 160) : "nothing");
  const at = window.controls.findIndex((one, place) => reached[place] !== one);
  return at < 0 ? "" : `${told(window.controls[at])} expected, ${told(reached[at])} reached`;
}"""
_REACHED = "window.controls.filter(one => window.reached.includes(one)).length"
_WHOLE = [sample for sample in SAMPLES if not sample.name.startswith("editor-rich")]  # has a test of its own


_TAKEN = list(enumerate(_WHOLE))[:: 1 if HARD else 3]  # a third of the pages, unless there is time


@pytest.mark.parametrize(("at", "sample"), _TAKEN, ids=lambda told: getattr(told, "name", ""))
def test_tab_reaches_every_control_in_order_and_shows_where_it_is(opened, served, places, at, sample):
    page, watch = opened()
    watch.allowed |= {sample.status}
    arrive(page, sample, served(LANGUAGES[at % 3], sample.path.format(**places)))
    stops = page.evaluate(_CONTROLS)
    _walk(page, min(stops, MOST))
    if stops > MOST:
        page.evaluate(_LEAP, MOST // 2)
        _walk(page, page.evaluate("window.controls.length"))
    assert page.evaluate(_MISSED) == ""
    assert page.evaluate("window.unseen") == []


def _walk(page, wanted):
    """Press Tab until so many controls are reached; what scrolls and the parts of a date are stops between them."""
    for _ in range(3 * wanted + 20):
        if page.evaluate(_REACHED) >= wanted:
            return
        page.keyboard.press("Tab")


def test_the_first_stop_leads_past_the_head_of_the_page(opened, served):
    page, _ = opened()
    page.goto(served("fi", "norm"))
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_errors_of_a_form_take_the_focus(opened, served):
    page, watch = opened()
    watch.allowed |= {422}
    arrive(page, next(sample for sample in SAMPLES if sample.name == "check-refused"), served("sv", "check"))
    assert page.evaluate("document.activeElement.id") == "errors"


@pytest.mark.parametrize("way", ["Escape", "Tab", "Shift+Tab"])
def test_the_rich_editor_lets_the_keyboard_go(opened, served, way):
    page, _ = opened()
    page.goto(served("fi", "sparql"))
    page.locator("#open-rich").focus()
    page.keyboard.press("Enter")
    page.locator("#rich .CodeMirror-focused").wait_for()
    page.keyboard.press(way)
    assert not page.evaluate(
        "document.activeElement.matches('.CodeMirror textarea, .CodeMirror [contenteditable], body')"
    )


def test_the_rich_editor_can_be_walked_through_and_left_in_both_directions(opened, served):
    page, _ = opened()
    page.goto(served("en", "sparql"))
    page.locator("#open-rich").focus()
    page.keyboard.press("Enter")
    page.locator("#rich .CodeMirror-focused").wait_for()
    for key in ("Tab", "Shift+Tab"):
        seen = []
        for _ in range(40):
            page.keyboard.press(key)
            seen.append(page.evaluate("document.activeElement.closest('#rich') !== null"))
            if not seen[-1]:
                break
        assert not seen[-1], key
        page.locator("#rich .CodeMirror textarea, #rich .CodeMirror [contenteditable]").first.focus()
