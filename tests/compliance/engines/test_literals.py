"""Literals: which are well formed, and which of two is less."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyte_graph.compliance.engines.compiled.literals import compare, is_well_formed
from hyte_graph.compliance.engines.compiled.rdflib_terms import of_rdflib, to_rdflib
from hyte_graph.compliance.engines.compiled.terms import literal, parts, text, to_oxigraph
from hyte_graph.vocabulary import FOREIGN

XSD = FOREIGN["xsd"]


def typed(lexical: str, name: str) -> str:
    return literal(lexical, XSD + name)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("integer", "+007 -1 0", "1.0 one 1e3 "),
        ("byte", "127 -128", "128 -129 x"),
        ("positiveInteger", "1", "0 -1"),
        ("decimal", "1 1. .5 -0.50", "1e3 ."),
        ("double", "1 1e3 INF -INF NaN", "e3 infinity nan"),
        ("boolean", "true false 0 1", "TRUE yes"),
        ("date", "2024-02-29 2025-12-31Z 2025-01-01+02:00 -0001-01-01", "2025-02-29 2025-13-01 25-01-01 2025-1-1"),
        (
            "dateTime",
            "2024-02-29T23:59:59.5Z 2024-01-01T24:00:00",
            "2024-02-30T00:00:00 2024-01-01T25:00:00 2024-01-01",
        ),
        ("time", "12:30:00 12:30:00Z", "12:30 24:00:01"),
        ("gYear", "2024 2024Z", "24 20245x"),
        ("gMonthDay", "--02-29", "--02-30"),
        ("duration", "P1Y2M3DT4H5M6.7S -P1D", "P PT 1D P1S"),
        ("hexBinary", "0aF1", "0 xx"),
        ("language", "fi sv-FI", "f_i"),
    ],
)
def test_a_literal_is_well_formed_where_its_datatype_says_so(name, good, bad):
    assert not [lexical for lexical in good.split(" ") if not is_well_formed(typed(lexical, name))]
    assert not [lexical for lexical in bad.split(" ") if is_well_formed(typed(lexical, name))]


def test_a_literal_of_an_unknown_datatype_is_well_formed():
    assert is_well_formed(literal("anything", "http://example.org/type"))


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (typed("9", "integer"), typed("10", "integer")),
        (typed("-1", "byte"), typed("0.5", "decimal")),
        (typed("1", "integer"), typed("1.5e0", "double")),
        (typed("1" + "0" * 30, "decimal"), typed("1" + "0" * 29 + "1", "integer")),
        (typed("-INF", "double"), typed("-1", "integer")),
        (literal("a"), literal("b")),
        (typed("false", "boolean"), typed("1", "boolean")),
        (typed("2024-02-29", "date"), typed("2024-03-01", "date")),
        (typed("-0002-12-31", "date"), typed("0001-01-01", "date")),
        (typed("2024-01-01T24:00:00", "dateTime"), typed("2024-01-02T00:00:00.1", "dateTime")),
        (typed("2024-01-01T00:00:00+02:00", "dateTime"), typed("2024-01-01T00:00:00Z", "dateTime")),
        (typed("P1D", "dayTimeDuration"), typed("PT25H", "dayTimeDuration")),
        (typed("P11M", "yearMonthDuration"), typed("P1Y", "yearMonthDuration")),
    ],
)
def test_one_literal_is_less_than_another(less, more):
    assert compare(less, more) == -1
    assert compare(more, less) == 1
    assert compare(less, less) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("1", "integer"), literal("1")),
        (typed("1", "integer"), typed("one", "integer")),
        (typed("NaN", "double"), typed("1", "integer")),
        (typed("2024-01-01", "date"), typed("2024-01-01T00:00:00", "dateTime")),
        (typed("2024-01-01T00:00:00", "dateTime"), typed("2024-01-01T00:00:00Z", "dateTime")),
        (literal("a", language="fi"), literal("a", language="fi")),
        ("<http://example.org/a>", "<http://example.org/a>"),
        ("_:a", typed("1", "integer")),
    ],
)
def test_what_has_no_order_is_not_compared(one, other):
    assert compare(one, other) is None
    assert compare(other, one) is None


def test_a_plain_text_and_a_string_are_one_term_and_a_tag_is_in_small_letters():
    assert literal("x") == literal("x", XSD + "string") == '"x"'
    assert literal("x", language="sv-FI") == '"x"@sv-fi'


@given(st.text(), st.sampled_from(["", "integer", "string", "anyURI"]), st.booleans())
def test_a_literal_keeps_its_text_on_the_way_through_every_library(lexical, name, has_language):
    term = literal(lexical, language="fi") if has_language else literal(lexical, XSD + (name or "string"))
    assert text(term) == parts(term)[0] == lexical
    assert of_rdflib(to_rdflib(term)) == term
    if "\ud800" <= max(lexical, default="") <= "\udfff":
        return
    assert to_oxigraph(term).value == lexical
