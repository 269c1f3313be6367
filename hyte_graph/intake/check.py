"""Is the tree of a description sound? Every fault is named with its line or cell; faults are never verdicts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import islice
from typing import Any

from hyte_graph.intake.dates import interval
from hyte_graph.intake.form import Form, Key, description_form
from hyte_graph.intake.places import Place
from hyte_graph.intake.texts import LONGEST, shortened, text_fault
from hyte_graph.intake.tree import Path, Tree
from hyte_graph.languages import Text
from hyte_graph.messages import nearest, say

MOST_FAULTS = 200  # a thousand sentences help nobody, and looking for the nearest word takes time
_LONGEST_NUMBER = 15  # digits
_VERSION = "1.0"
_ONE = "organisation"  # the one part that is no list
_SINGLE = ("id", "class")  # what holds one value and never a list
_REQUIRED = ("schema_version", "organisation")
Fault = tuple[Place, Text]


def faults(tree: Tree, beyond: Collection[str] = ()) -> tuple[Text, ...]:
    """Return one sentence for each fault of a description, in the order of the file.

    Args:
        tree: the description.
        beyond: ids outside the file to which it may refer.
    """
    return tuple(text for _, text in placed_faults(tree, beyond))


def placed_faults(tree: Tree, beyond: Collection[str] = ()) -> tuple[Fault, ...]:
    """Return the faults of a description with their places; arguments as above."""
    if not isinstance(tree.value, dict):
        return ((tree.place(()), say("not-a-mapping", where=tree.place(()).within(tree.name))),)
    found = sorted(islice(_Check(tree, beyond).run(), MOST_FAULTS + 1), key=lambda item: item[0])
    if len(found) > MOST_FAULTS:
        found[-1] = (found[-1][0], say("faults-more", name=tree.name, limit=MOST_FAULTS))
    return tuple(found)


class _Check:
    def __init__(self, tree: Tree, beyond: Collection[str]) -> None:
        self._tree = tree
        self._beyond = beyond
        self._ids = dict(self._find_ids())

    def run(self) -> Iterator[Fault]:
        value = self._tree.value
        for key in _REQUIRED:
            if value.get(key) is None:
                yield self._fault((), "key-missing", key=key)
        if value.get("schema_version") not in (None, _VERSION):
            yield self._fault(("schema_version",), "version-unknown", value=value["schema_version"], known=_VERSION)
        yield from self._part(value, description_form(), ())
        yield from self._repeated_ids()

    def _fault(self, path: Path, sentence: str, /, **values: object) -> Fault:
        place = self._tree.place(path)
        return place, say(sentence, where=place.within(self._tree.name), **values)

    def _find_ids(self) -> Iterator[tuple[str, Path]]:
        for section, items in self._tree.value.items():
            for at, item in enumerate(items if isinstance(items, list) else ()):
                if isinstance(item, dict) and isinstance(item.get("id"), str):
                    yield item["id"], (section, at, "id")

    def _repeated_ids(self) -> Iterator[Fault]:
        for identifier, path in self._find_ids():
            if self._ids[identifier] != path:
                yield self._fault(
                    self._ids[identifier], "id-twice", id=identifier, first=self._tree.place(path).spoken()
                )

    def _part(self, value: dict[str, Any], form: Form, path: Path) -> Iterator[Fault]:
        for word, inner in value.items():
            key = form.keys.get(word)
            if key is None:
                yield self._fault(
                    (*path, word), "key-unknown", key=word, nearest=nearest(word, form.keys.keys() - value.keys())
                )
            elif inner is not None:
                yield from self._value(key, inner, (*path, word))

    def _value(self, key: Key, value: Any, path: Path) -> Iterator[Fault]:
        if key.part is not None and isinstance(path[-1], str) and isinstance(value, list) == (key.name == _ONE):
            yield self._fault(path, "value-not-one" if key.name == _ONE else "value-not-list", key=key.name)
        elif isinstance(value, list) and key.holds in _SINGLE:
            yield self._fault(path, "value-not-single", key=key.name)
        elif isinstance(value, list):
            for at, item in enumerate(value):
                if item is not None:
                    yield from self._value(key, item, (*path, at))
        elif isinstance(value, dict):
            if key.part is None:
                yield self._fault(path, "value-not-plain", key=key.name)
            else:
                yield from self._part(value, key.part, path)
        elif key.part is not None:
            yield self._fault(path, "value-not-part", key=key.name)
        else:
            yield from self._scalar(key, value, path)

    def _scalar(self, key: Key, value: str, path: Path) -> Iterator[Fault]:
        fault = text_fault(value)
        if fault:
            yield self._fault(path, _UNFIT[fault], value=shortened(value), limit=LONGEST)
        elif key.holds in ("code", "class"):
            if value not in key.codes:
                close = nearest(value, key.codes)
                yield self._fault(path, "code-unknown", key=key.name, value=value, nearest=close)
        elif key.holds == "reference":
            if path[0] != "organisation" and value not in self._ids and value not in self._beyond:
                yield self._fault(path, "reference-unknown", key=key.name, value=value)
        elif is_wrong(key.holds, value):
            yield self._fault(path, f"value-not-{key.holds}", key=key.name, value=value)


def is_wrong(holds: str, value: str) -> bool:
    """Return whether a value has not the form of what a key holds; text has any form."""
    wrong = _WRONG.get(holds)
    return wrong is not None and wrong(value)


def _no_address(value: str) -> bool:
    return not value.startswith(("http://", "https://")) or any(mark in value for mark in ' <>"{}|\\^`')


def _no_integer(value: str) -> bool:
    digits = value.removeprefix("-")
    return not (digits.isascii() and digits.isdecimal()) or len(value) > _LONGEST_NUMBER


_UNFIT = {"long": "text-too-long", "control": "text-control"}
_WRONG: dict[str, Callable[[str], bool]] = {
    "boolean": lambda value: value not in ("true", "false"),
    "integer": _no_integer,
    "year": lambda value: interval(value) is None or "-" in value,
    "date": lambda value: interval(value) is None,
    "address": _no_address,
    "id": lambda value: not value.isascii() or not value.replace("-", "").replace("_", "").isalnum(),
    "thing": lambda value: not value.isascii() or not value.replace("-", "").isalnum(),
}
