"""Words are told apart byte by byte, whatever their sums are."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyte_graph.compliance.engines.vectors import words
from hyte_graph.compliance.engines.vectors.words import (
    firsts_of,
    numbered,
    packed,
    sum_of,
    sums_of,
    together,
    with_changes,
    words_of,
)

LONG = b"x" * (8 * words._STEPS)
ODD = [b"", b"a", b"", LONG, LONG + b"1", LONG + b"2", LONG + b"1", b"\0", b"\0\0", b"12345678", b"12345678\0", b"a"]
pieces = st.lists(st.binary(max_size=20) | st.sampled_from(ODD))


def expected(every: list[bytes]) -> list[int]:
    return [every.index(one) for one in every]


@given(pieces)
def test_each_word_finds_the_first_that_is_equal(every: list[bytes]):
    assert firsts_of(words_of(every)).tolist() == expected(every)


@given(pieces)
def test_numbers_follow_the_order_in_which_words_first_come(every: list[bytes]):
    numbers, firsts = numbered(words_of(every))
    distinct = list(dict.fromkeys(every))
    assert [distinct[number] for number in numbers] == every
    assert [every[first] for first in firsts] == distinct


@given(pieces)
def test_the_sum_of_one_word_is_that_of_many(every: list[bytes]):
    assert sums_of(words_of(every)).tolist() == [sum_of(one) for one in every]


@pytest.mark.parametrize("spread", [0, 1 << 63, 1 << 32])
@given(every=pieces)
def test_words_of_one_sum_are_not_taken_for_equal(spread: int, every: list[bytes]):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(words, "_SPREAD", np.uint64(spread))
        assert firsts_of(words_of(every)).tolist() == expected(every)


def test_with_a_weak_sum_words_do_collide(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(words, "_SPREAD", np.uint64(0))
    assert len(set(sums_of(words_of([b"one", b"two", b"six"])).tolist())) == 1


def test_long_words_that_differ_at_the_end_alone_are_told_apart_if_all_sums_are_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(words, "crc32", lambda _: 1)
    every = [LONG + b"1", LONG + b"2", LONG + b"1"]
    assert len(set(sums_of(words_of(every)).tolist())) == 1
    assert firsts_of(words_of(every)).tolist() == [0, 1, 0]


def test_sums_that_meet_in_every_slot_are_sorted_out():
    sums = np.array([high << 60 | low for low, high in product(range(8), (0, 1))] * 3, np.uint64)
    assert words._leads(sums).tolist() == list(range(16)) * 3


@given(pieces, st.randoms(use_true_random=False))
def test_packed_words_are_the_same_words(every: list[bytes], chance):
    places = [at for at in range(len(every)) if chance.random() < 0.5]
    assert packed(words_of(every).at(np.array(places, np.intp))).pieces() == [every[at] for at in places]


@given(st.lists(pieces))
def test_texts_together_have_all_words(lots: list[list[bytes]]):
    assert together([words_of(lot) for lot in lots]).pieces() == [one for lot in lots for one in lot]


@given(pieces, st.dictionaries(st.integers(0, 30), st.binary(max_size=30)))
def test_changed_words_stand_in_the_place_of_the_old(every: list[bytes], changes: dict[int, bytes]):
    ours = {at: changes[at] for at in sorted(changes) if at < len(every)}
    assert with_changes(words_of(every), ours).pieces() == [ours.get(at, one) for at, one in enumerate(every)]
