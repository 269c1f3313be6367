"""hyte query --explain: what became of each EXISTS, in three languages, on stderr."""

from __future__ import annotations

import pytest

from hyte_graph.cli.rewritten import explained

TEXT = """SELECT * { ?norm hyte:binds ?who
FILTER NOT EXISTS { ?norm hyte:hasException ?one . ?one hyte:hasWarrant ?law }
FILTER NOT EXISTS { ?norm hyte:recurs ?how } }"""


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("fi", "Rivi 2: NOT EXISTS kysytään kerralla", "Rivi 3: ennallaan"),
        ("sv", "Rad 2: NOT EXISTS frågas på en gång", "Rad 3: oförändrad"),
        ("en", "Line 2: NOT EXISTS is asked all at once", "Line 3: unchanged: its group is a single pattern"),
    ],
)
def test_each_exists_has_a_line_and_the_new_text_stands_below(language: str, first: str, second: str) -> None:
    lines = list(explained(TEXT, {}, language, is_ours=True))
    assert lines[0].startswith(first)
    assert lines[1].startswith(second)
    assert "MINUS { ?norm hyte:hasException ?one" in lines[-1]


def test_what_is_asked_as_it_is_says_so() -> None:
    assert list(explained("ASK {}", {}, "en", is_ours=True)) == ["The query is asked as it is: it has no EXISTS."]
    assert list(explained(TEXT, {}, "en", is_ours=False)) == [
        "The query is asked as it is: it is rewritten for the oxigraph engine only."
    ]
