"""Lists are in the order that Finnish and Swedish readers know, whatever the locale of the machine."""

from __future__ import annotations

from hyte_graph.reports.ordering import alphabetical, letter, natural


def test_letters_with_ring_and_dots_come_last_in_their_order():
    words = ["öppen", "äldre", "åtgärd", "zon", "välfärd", "vård", "Väster", "ålder"]
    assert sorted(words, key=alphabetical) == ["vård", "välfärd", "Väster", "zon", "ålder", "åtgärd", "äldre", "öppen"]


def test_other_accents_are_no_letters_of_their_own():
    assert sorted(["idéer", "idea", "ideologi"], key=alphabetical) == ["idea", "idéer", "ideologi"]
    assert alphabetical("a\N{COMBINING RING ABOVE}lder") == alphabetical("ålder")


def test_a_word_stands_under_its_first_letter():
    assert [letter(word) for word in ("äldre", "Éva", "(ny) lag", "612/2021", "a\N{COMBINING DIAERESIS}")] == [
        "Ä",
        "E",
        "N",
        "0–9",
        "Ä",
    ]


def test_numbers_within_a_text_count_by_their_size():
    assert sorted(["2021-612-10-1", "2021-612-7", "2021-611-12a"], key=natural) == [
        "2021-611-12a",
        "2021-612-7",
        "2021-612-10-1",
    ]
