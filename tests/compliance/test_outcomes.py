"""Twelve outcomes, from the kinds of findings and the circumstances."""

from __future__ import annotations

from itertools import product

import pytest

from hyte_graph.compliance.outcomes import BREACHES, OUTCOMES, Circumstances, outcome, together
from hyte_graph.vocabulary import slug

KINDS = ("silence", "stated-no", "contradiction", "part-missing", "judgement", "untested")


def circumstances(**values):
    return Circumstances(**({"is_open": False, "is_complete": False, "strength": "act"} | values))


@pytest.mark.parametrize(
    ("kinds", "values", "wanted"),
    [
        ((), {}, "fulfilled"),
        (("untested",), {}, "fulfilled"),
        (("silence",), {}, "evidence-missing"),
        (("silence",), {"is_open": True}, "not-yet-due"),
        (("silence",), {"is_complete": True}, "overdue"),
        (("silence",), {"is_open": True, "is_complete": True}, "not-yet-due"),
        (("silence", "stated-no"), {}, "not-fulfilled"),
        (("silence", "stated-no"), {"is_open": True}, "not-yet-due"),
        (("stated-no",), {}, "needs-judgement"),
        (("silence", "contradiction"), {}, "not-fulfilled"),
        (("silence", "contradiction"), {"is_open": True}, "not-yet-due"),
        (("contradiction",), {}, "fulfilled"),
        (("part-missing",), {}, "partly-fulfilled"),
        (("part-missing", "silence"), {}, "evidence-missing"),
        (("part-missing", "judgement"), {}, "partly-fulfilled"),
        (("judgement",), {}, "needs-judgement"),
        (("judgement", "silence"), {}, "evidence-missing"),
        ((), {"judged": "not-fulfilled"}, "not-fulfilled"),
        (("stated-no",), {"judged": "fulfilled"}, "fulfilled"),
        (("silence", "stated-no"), {"strength": "guidance"}, "guidance-gap"),
        (("silence",), {"strength": "local", "is_complete": True}, "guidance-gap"),
        (("silence",), {"strength": "guidance"}, "evidence-missing"),
        (("part-missing",), {"strength": "guidance"}, "partly-fulfilled"),
    ],
)
def test_kinds_and_circumstances_give_one_outcome(kinds, values, wanted):
    assert outcome(kinds, circumstances(**values)) == wanted


def every_case():
    for chosen in product((False, True), repeat=len(KINDS)):
        kinds = frozenset(kind for kind, is_in in zip(KINDS, chosen, strict=True) if is_in)
        for is_open, is_complete, strength in product(
            (False, True), (False, True), ("act", "decree", "guidance", "local")
        ):
            yield kinds, circumstances(is_open=is_open, is_complete=is_complete, strength=strength)


def test_silence_alone_is_never_a_breach_unless_records_are_complete():
    for kinds, given in every_case():
        if not kinds & {"stated-no", "contradiction"} and not given.is_complete:
            assert outcome(kinds, given) not in BREACHES


def test_nothing_is_a_breach_while_the_period_is_open():
    for kinds, given in every_case():
        if given.is_open:
            assert outcome(kinds, given) not in BREACHES


def test_guidance_is_never_a_breach():
    for kinds, given in every_case():
        if given.strength in ("guidance", "local"):
            assert outcome(kinds, given) not in BREACHES


def test_silence_is_never_fulfilled():
    for kinds, given in every_case():
        if "silence" in kinds:
            assert outcome(kinds, given) not in ("fulfilled", "partly-fulfilled")


def test_readings_that_differ_are_contested():
    assert together(["fulfilled", "evidence-missing"]) == "contested"
    assert together(["fulfilled", "fulfilled"]) == "fulfilled"


def test_the_twelve_outcomes_are_those_of_the_scheme(knowledge):
    in_scheme = {
        slug(node)
        for node in knowledge.triples.of_class("http://www.w3.org/2004/02/skos/core#Concept")
        if "/outcome/" in node
    }
    assert in_scheme == set(OUTCOMES)
    assert len(OUTCOMES) == 12
