"""A value behaves as a frozen dataclass of the same fields."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyte_graph.values import frozen_value


class Above:
    note: str = ""
    more = "more"


@frozen_value
class Ours(Above):
    """A value."""

    first: int
    second: str = "2"
    kind = "no field"

    @cached_property
    def double(self) -> int:
        return 2 * self.first


@dataclass(frozen=True)
class Usual(Above):
    """A dataclass."""

    first: int
    second: str = "2"
    kind = "no field"


@frozen_value
class OursBelow(Ours):
    """A value that inherits."""

    more: str


@dataclass(frozen=True)
class UsualBelow(Usual):
    """A dataclass that inherits."""

    more: str


def made(kind: Any, given: list[object], named: dict[str, object]) -> object:
    try:
        found = kind(*given, **named)
    except TypeError:
        return TypeError
    return {name: getattr(found, name) for name in ("first", "second", "kind", "more")}


names = st.sampled_from(["first", "second", "more", "other"])


@given(st.lists(st.integers(), max_size=4), st.dictionaries(names, st.integers()))
def test_a_value_takes_what_a_dataclass_takes(given: list[object], named: dict[str, object]):
    assert made(Ours, given, named) == made(Usual, given, named)
    assert made(OursBelow, given, named) == made(UsualBelow, given, named)


def test_values_are_equal_if_class_and_fields_are():
    assert Ours(1) == Ours(1, "2") != Ours(2)
    assert hash(Ours(1)) == hash(Ours(first=1, second="2"))
    assert Ours(1, "2") != OursBelow(1, "2", "")
    assert Ours(1) != (1, "2")


def test_a_value_is_shown_with_its_fields():
    assert repr(Ours(1)) == "Ours(first=1, second='2')"


@pytest.mark.parametrize("change", [lambda one: setattr(one, "first", 2), lambda one: delattr(one, "first")])
def test_a_value_cannot_be_changed(change: Any):
    with pytest.raises(AttributeError, match=r"Ours\.first"):
        change(Ours(1))


def test_a_value_can_be_kept_copied_and_remember_what_it_made():
    found = Ours(1)
    assert found.double == 2
    assert pickle.loads(pickle.dumps(found)) == copy.copy(found) == found  # noqa: S301 - made here
